import type { Person } from '../../../shared/accounts/contract.ts'
import { emptyDocument } from '../../../shared/document/schema.ts'
import { mayRestore } from '../../../shared/pages/may.ts'
import type { UnpublishedWords } from '../../../shared/revisions/takebacks.ts'
import type { Reader } from '../../db/index.ts'
import type { Page } from '../../pages/index.ts'
import { NothingChanged, NoText, RevisionActRefused, RevisionNotFound, TextHidden } from '../errors.ts'
import type { Ground } from '../ground.ts'
import { contentOf } from '../record.ts'
import type { Note } from '../service.ts'
import * as store from '../store.ts'
import { type TakebackAhead, aheadOf } from './ahead.ts'
import { HeadMoved } from './errors.ts'
import { headOf } from './plan.ts'
import { publishTarget } from './target.ts'

export interface Restoration extends Note {
  unpublished?: UnpublishedWords | undefined
  /** The newest revision that the asker has seen. */
  head?: number | undefined
}

/**
 * Publishes exactly the content of a revision again, on a deleted page too. The draft becomes a merge: words that nobody
 * has published yet stay where that content keeps their block, unless they shall all go; what goes is kept for whoever
 * wrote it.
 */
export function restoring(ground: Ground) {
  const { db, pages, drafts, contents } = ground

  async function planned(from: Reader, by: Person, page: Page, number: number) {
    if (!mayRestore(by, page)) throw new RevisionActRefused('restore')
    const wanted = await store.hashAt(from, page.id, number)
    if (!wanted) throw new RevisionNotFound(number)
    if (wanted.text_hidden === 1) throw new TextHidden(number)
    if (!wanted.content_hash) throw new NoText(number)
    const now = await headOf(ground, from, page)
    if (page.head && now?.hash === wanted.content_hash) throw new NothingChanged(page)
    const target = contentOf(await contents.read(from, wanted.content_hash))
    return { sourceId: wanted.id, head: now?.document ?? emptyDocument(), target }
  }

  return {
    restore: (
      by: Person,
      pageId: string,
      number: number,
      { unpublished, head, ...note }: Restoration,
    ): Promise<string> =>
      db.write(async tx => {
        const page = await pages.requireHistory(by, pageId, tx)
        const plan = await planned(tx, by, page, number)
        if (head !== undefined && head !== page.newest) throw new HeadMoved(page)
        const draft = await drafts.load(tx, pageId)
        return publishTarget(ground, tx, { ...plan, by, page, kind: 'restore', note, draft, unpublished })
      }),

    /** What that would change. Changes nothing. */
    async previewRestore(
      by: Person,
      pageId: string,
      number: number,
      { unpublished }: Pick<Restoration, 'unpublished'>,
    ): Promise<TakebackAhead> {
      const page = await pages.requireHistory(by, pageId)
      const { head, target } = await planned(db.read, by, page, number)
      const draft = await drafts.load(db.read, pageId)
      const ahead = await aheadOf(ground, page, { head, target, draft, unpublished })
      // What readers saw last of a deleted page may be suppressed by now.
      const isHidden = !page.head && (await store.newestText(db.read, page.id))?.text_hidden === 1
      return isHidden ? { ...ahead, before: emptyDocument() } : ahead
    },
  }
}
