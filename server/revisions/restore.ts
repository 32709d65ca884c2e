import type { Person } from '../../shared/accounts/contract.ts'
import { merge } from '../../shared/document/merge.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { mayRestore } from '../../shared/pages/may.ts'
import { summaryFrom } from '../pages/index.ts'
import { displacedFrom } from './authors.ts'
import { NothingChanged, NoText, RevisionActRefused, RevisionNotFound, TextHidden } from './errors.ts'
import type { Ground } from './ground.ts'
import { contentOf, record } from './record.ts'
import type { Note } from './service.ts'
import * as store from './store.ts'

/**
 * Publishes exactly the content of revision `number` again, on a deleted page too. The draft becomes a merge: words that
 * nobody has published yet stay where that content keeps their block, the others are rescued for whoever wrote them.
 */
export const restoring =
  (ground: Ground) =>
  (by: Person, pageId: string, number: number, note: Note): Promise<string> =>
    ground.db.write(async tx => {
      const { pages, drafts, contents } = ground
      const page = await pages.requireHistory(by, pageId, tx)
      if (!mayRestore(by, page)) throw new RevisionActRefused('restore')
      const wanted = await store.hashAt(tx, pageId, number)
      if (!wanted) throw new RevisionNotFound(number)
      if (wanted.text_hidden === 1) throw new TextHidden(number)
      if (!wanted.content_hash) throw new NoText(number)
      const newest = await store.newestText(tx, pageId)
      if (page.head && newest?.content_hash === wanted.content_hash) throw new NothingChanged(page)

      const target = await contents.read(tx, wanted.content_hash)
      const head = newest?.content_hash ? await contents.read(tx, newest.content_hash) : emptyDocument()
      const draft = await drafts.load(tx, pageId)
      const merged = merge(head, draft.document(), target, 'theirs')
      for (const passage of displacedFrom(draft, head, merged.document))
        await drafts.rescue(tx, { ...passage, pageId, cause: 'restore' })
      await drafts.change(tx, draft, { by: by.id, kind: 'restore', target: merged.document })

      const at = Date.now()
      return record(ground, tx, {
        page,
        content: contentOf(target),
        kind: 'restore',
        publisher: by.id,
        authors: [by.id],
        summary: summaryFrom(note.summary ?? ''),
        minor: note.minor ?? false,
        consentAt: at,
        at,
        sourceId: wanted.id,
      })
    })
