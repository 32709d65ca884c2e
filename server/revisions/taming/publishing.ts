import type { Person } from '../../../shared/accounts/contract.ts'
import { select } from '../../../shared/document/draft-changes.ts'
import { composedAtoms, lettersOf, liveAtoms } from '../../../shared/document/draft-changes-atoms.ts'
import type { ChangePicks } from '../../../shared/drafts/taming.ts'
import { mayPublish } from '../../../shared/pages/may.ts'
import { summaryFrom } from '../../pages/index.ts'
import { NothingChanged, RevisionActRefused } from '../errors.ts'
import type { Ground } from '../ground.ts'
import { contentOf, record } from '../record.ts'
import type { Note } from '../service.ts'
import { baseOf } from './base.ts'
import { keepBase } from './keeping.ts'
import { unpublishedIn } from './changes.ts'
import { chosenFrom, oldestOf } from './chosen.ts'

/**
 * Publishes the head with some of what the draft changes, and nothing else: the draft itself stays as it is, and whoever
 * is in the middle of a sentence goes on with it. Promises the id of the revision.
 */
export const publishingSome =
  (ground: Ground) =>
  (by: Person, pageId: string, picks: ChangePicks, note: Note): Promise<string> =>
    ground.db.write(async tx => {
      const { pages, drafts } = ground
      const page = await pages.require(by, pageId, tx)
      if (!mayPublish(by, page)) throw new RevisionActRefused('publish')
      const draft = await drafts.load(tx, pageId)
      const { changes, head, firsts } = await unpublishedIn(ground, tx, draft)
      const chosen = await chosenFrom(ground, tx, changes, picks, { asker: by, act: 'publish' })
      if (chosen.size === 0) throw new NothingChanged(page)
      const { document, runs } = select(changes, change => chosen.has(change), 'head')
      const content = contentOf(document)
      if (content.hash === head?.hash) throw new NothingChanged(page)

      const base = await baseOf(tx, pageId)
      const letters = lettersOf(document, composedAtoms(runs, base.atoms, liveAtoms(draft.fragment)))
      const at = Date.now()
      const id = await record(ground, tx, {
        page,
        content,
        kind: 'edit',
        publisher: by.id,
        summary: summaryFrom(note.summary ?? ''),
        minor: note.minor ?? false,
        consentAt: at,
        at,
        sourceId: null,
        draft,
        letters,
      })
      const rest = changes.list.filter(change => !chosen.has(change))
      const since = oldestOf(rest)
      const made = { head: content.document, before: head?.document, runs, firsts: firsts() }
      await keepBase(ground, tx, draft, { ...made, since })
      return id
    })
