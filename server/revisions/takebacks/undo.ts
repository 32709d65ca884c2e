import type { Person } from '../../../shared/accounts/contract.ts'
import type { TakebackConflict } from '../../../shared/revisions/takebacks.ts'
import { mayUndo } from '../../../shared/pages/may.ts'
import { RevisionActRefused, RevisionNotFound } from '../errors.ts'
import type { Ground } from '../ground.ts'
import { markReverted } from '../reverted.ts'
import type { Note } from '../service.ts'
import * as store from '../store.ts'
import { type TakebackAhead, aheadOf } from './ahead.ts'
import { HeadMoved, NothingToUndo, TakebackConflicts } from './errors.ts'
import { type Choices, conflictsIn, planned } from './plan.ts'
import { publishTarget } from './target.ts'

export interface Undo extends Note {
  revision: number
  choices?: Choices | undefined
  /** The newest revision that the asker has seen. */
  head?: number | undefined
}

export interface UndoAhead extends TakebackAhead {
  revisions: number[]
  conflicts: TakebackConflict[]
}

/** Takes one revision back wherever it stands in the history, and keeps what came after it. */
export function undoing(ground: Ground) {
  const { db, pages, drafts } = ground

  return {
    undo: (by: Person, pageId: string, { revision, choices = [], head, ...note }: Undo): Promise<string> =>
      db.write(async tx => {
        const page = await pages.require(by, pageId, tx)
        if (!mayUndo(by, page)) throw new RevisionActRefused('undo')
        const run = { first: revision, last: revision }
        const plan = await planned(ground, tx, page, run, choices)
        if (head !== undefined && head !== page.newest) throw new HeadMoved(page)
        if (plan.isOpen) throw new TakebackConflicts(conflictsIn(plan.clashes))
        if (plan.target.hash === plan.head.hash) throw new NothingToUndo(revision)

        const source = await store.hashAt(tx, pageId, revision)
        if (!source) throw new RevisionNotFound(revision)
        const draft = await drafts.load(tx, pageId)
        const target = { head: plan.head.document, target: plan.target, draft, sourceId: source.id }
        const id = await publishTarget(ground, tx, { ...target, by, page, kind: 'undo', note })
        if (plan.clashes.every(({ choice }) => choice === 'theirs'))
          await markReverted(tx, { ...run, pageId, byId: id, at: Date.now() })
        return id
      }),

    /** What that would change, and where a choice is needed. Changes nothing. */
    async previewUndo(
      by: Person,
      pageId: string,
      { revision, choices = [] }: Pick<Undo, 'revision' | 'choices'>,
    ): Promise<UndoAhead> {
      const page = await pages.require(by, pageId)
      if (!mayUndo(by, page)) throw new RevisionActRefused('undo')
      const { head, target, clashes } = await planned(
        ground,
        db.read,
        page,
        { first: revision, last: revision },
        choices,
      )
      if (clashes.length === 0 && target.hash === head.hash) throw new NothingToUndo(revision)
      const draft = await drafts.load(db.read, pageId)
      const ahead = await aheadOf(ground, page, { head: head.document, target, draft })
      return { ...ahead, revisions: [revision], conflicts: conflictsIn(clashes) }
    },
  }
}
