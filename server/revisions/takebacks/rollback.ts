import type { Person } from '../../../shared/accounts/contract.ts'
import { mayRollBack } from '../../../shared/pages/may.ts'
import { emptyDocument } from '../../../shared/document/schema.ts'
import type { Reader } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import type { Page } from '../../pages/index.ts'
import { RevisionActRefused } from '../errors.ts'
import type { Ground } from '../ground.ts'
import { contentOf } from '../record.ts'
import { markReverted } from '../reverted.ts'
import type { Credit, Note } from '../service.ts'
import * as revisions from '../store.ts'
import { withoutChangesOf } from '../taming/index.ts'
import { aheadOf } from './ahead.ts'
import { HeadMoved, NothingToRollBack, TakebackConflicts } from './errors.ts'
import { type Choices, conflictsIn, headOf, type Plan, planned } from './plan.ts'
import { newestRun } from './store.ts'
import { follow, publishTarget } from './target.ts'
import type { UndoAhead } from './undo.ts'

export interface Rollback extends Note {
  /** An id or a handle. */
  person: string
  choices?: Choices | undefined
  /** The newest revision that the asker has seen. */
  head?: number | undefined
}

export interface RollbackAhead extends UndoAhead {
  person: Credit
  /** Whether the live draft holds something that only they changed. */
  unpublished: boolean
}

/**
 * Takes back everything one person did to a page since others last touched it: their newest uninterrupted run of
 * revisions, merged out of the head as if it were one, and what they alone changed in the live draft.
 */
export function rollingBack(ground: Ground) {
  const { db, pages, drafts, people } = ground

  async function personNamed(name: string, from: Reader): Promise<Credit> {
    const found = (await people.byIds([name], from)).get(name) ?? (await people.byHandle(name, from))
    if (!found) throw new NothingToRollBack(name)
    return { id: found.id, handle: found.handle, name: found.name }
  }

  /** What is to be done to the head, if anything, and to the draft, if anything. */
  async function plannedFor(from: Reader, page: Page, person: Credit, draft: Draft, choices: Choices) {
    const run = page.head ? await newestRun(from, page.id, person.id) : undefined
    const plan = run && (await planned(ground, from, page, run, choices))
    const published = plan && (plan.clashes.length > 0 || plan.target.hash !== plan.head.hash) ? plan : undefined
    const written = await withoutChangesOf(ground, from, draft, person.id)
    if (!published && !written) throw new NothingToRollBack(person.name)
    return { published, written }
  }

  const allowed = async (by: Person, pageId: string, from: Reader) => {
    const page = await pages.require(by, pageId, from)
    if (!mayRollBack(by, page)) throw new RevisionActRefused('roll-back')
    return page
  }

  return {
    /** Promises the id of the revision that readers see then; null where there is none. */
    rollBack: (by: Person, pageId: string, { person: name, choices = [], head, ...note }: Rollback) =>
      db.write(async (tx): Promise<string | null> => {
        const page = await allowed(by, pageId, tx)
        const person = await personNamed(name, tx)
        const draft = await drafts.load(tx, pageId)
        const { published, written } = await plannedFor(tx, page, person, draft, choices)
        if (head !== undefined && head !== page.newest) throw new HeadMoved(page)
        const clashes = published?.clashes ?? []
        if (published?.isOpen) throw new TakebackConflicts(conflictsIn(clashes))

        const act = { by, page, kind: 'rollback', draft } as const
        if (!published || published.target.hash === published.head.hash) {
          if (!written) throw new NothingToRollBack(person.name)
          const stands = (await headOf(ground, tx, page))?.document ?? emptyDocument()
          await follow(ground, tx, { ...act, head: stands }, written)
          return page.head?.id ?? null
        }
        const id = await publishTarget(ground, tx, {
          ...act,
          note,
          head: published.head.document,
          target: published.target,
          sourceId: await idAt(tx, page, published),
          ...(written && { written }),
        })
        if (clashes.every(({ choice }) => choice === 'theirs'))
          await markReverted(tx, { first: published.first, last: published.last, pageId, byId: id, at: Date.now() })
        return id
      }),

    /** What that would change, and where a choice is needed. Changes nothing. */
    async previewRollback(
      by: Person,
      pageId: string,
      { person: name, choices = [] }: Pick<Rollback, 'person' | 'choices'>,
    ): Promise<RollbackAhead> {
      const page = await allowed(by, pageId, db.read)
      const person = await personNamed(name, db.read)
      const draft = await drafts.load(db.read, pageId)
      const { published, written } = await plannedFor(db.read, page, person, draft, choices)
      const stands = published?.head ?? (await headOf(ground, db.read, page)) ?? contentOf(emptyDocument())
      const target = published?.target ?? stands
      const ahead = await aheadOf(ground, page, {
        head: stands.document,
        target,
        draft,
        ...(written && { written }),
      })
      return {
        ...ahead,
        person,
        unpublished: written !== undefined,
        revisions: published ? numbersOf(published) : [],
        conflicts: conflictsIn(published?.clashes ?? []),
      }
    },
  }
}

const numbersOf = ({ first, last }: Plan) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

async function idAt(db: Reader, page: Page, { last }: Plan): Promise<string> {
  const row = await revisions.hashAt(db, page.id, last)
  if (!row) throw new Error(`revision ${last} of ${page.id} went while it was taken back`)
  return row.id
}
