import type { Person } from '../../shared/accounts/contract.ts'
import { maySuppress } from '../../shared/pages/may.ts'
import { type Suppressible, suppressible } from '../../shared/revisions/contract.ts'
import type { SuppressionJson } from '../../shared/revisions/suppression.ts'
import { newId } from '../db/index.ts'
import { type Page, summaryFrom } from '../pages/index.ts'
import { HeadText, NoText, RevisionActRefused, RevisionNotFound, SuppressionUnexplained } from './errors.ts'
import type { Ground } from './ground.ts'
import * as past from './past-store.ts'
import { hiddenOf } from './signed.ts'
import * as store from './store.ts'
import * as suppressions from './suppression-store.ts'
import { creditFor } from './credits.ts'

export interface Suppression {
  /** All that is hidden from now on; what is not named is shown again. */
  hidden: readonly Suppressible[]
  reason: string
}

/**
 * Hiding what a revision says, who wrote it or its summary, from everybody and in every view, until it is lifted. A text
 * is hidden in every revision of the page that says the same. What readers see now must be taken back first.
 */
export function suppressing({ db, events, pages, people }: Ground) {
  return {
    suppress: (by: Person, pageId: string, number: number, { hidden, reason: given }: Suppression): Promise<string> =>
      db.write(async tx => {
        const page = await pages.requireHistory(by, pageId, tx)
        if (!maySuppress(by, page)) throw new RevisionActRefused('suppress')
        const row = await store.byNumber(tx, pageId, number)
        if (!row) throw new RevisionNotFound(number)
        const wanted = suppressible.filter(part => hidden.includes(part))
        const reason = summaryFrom(given)
        if (reason === '') throw new SuppressionUnexplained()
        const before = hiddenOf(row)
        if (wanted.join() === before.join()) return row.id

        const isTextHidden = wanted.includes('text')
        if (isTextHidden !== before.includes('text')) {
          const head = page.head && (await store.hashAt(tx, pageId, page.head.number))
          if (row.content_hash === null) throw new NoText(number)
          if (isTextHidden && head?.content_hash === row.content_hash) throw new HeadText(number)
          await suppressions.hideText(tx, pageId, row.content_hash, bit(isTextHidden))
        }
        await suppressions.hide(tx, row.id, {
          author_hidden: bit(wanted.includes('author')),
          summary_hidden: bit(wanted.includes('summary')),
        })
        const [revision_id, at] = [row.id, Date.now()]
        const act = { id: newId(), page_id: pageId, revision_id, person_id: by.id, hidden: wanted.join(), reason, at }
        await suppressions.insert(tx, act)
        await past.change(tx, pageId, at)
        await events.announce(tx, 'revision suppressed', { pageId, revisionId: row.id, number, personId: by.id })
        return row.id
      }),

    /** What was hidden of a revision or shown again, newest first. For moderators. */
    async suppressions(by: Person, page: Page, revisionId: string): Promise<SuppressionJson[]> {
      if (!maySuppress(by, page)) throw new RevisionActRefused('suppress')
      const rows = await suppressions.ofRevision(db.read, revisionId)
      const names = await people.byIds(rows.map(row => row.person_id))
      return rows.map(({ id, person_id, at, hidden, reason }) => ({
        id,
        by: creditFor(names, person_id),
        at,
        hidden: suppressible.filter(part => hidden.split(',').includes(part)),
        reason,
      }))
    },
  }
}

const bit = (is: boolean): 0 | 1 => (is ? 1 : 0)
