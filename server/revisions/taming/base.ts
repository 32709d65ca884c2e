import type { Node } from 'prosemirror-model'
import { normalise } from '../../../shared/document/canonical.ts'
import {
  addRun,
  type AtomRun,
  composedAtoms,
  decodeAtoms,
  encodeAtoms,
  idsOf,
  liveAtoms,
  placesIn,
  unknown,
} from '../../../shared/document/draft-changes-atoms.ts'
import type { Earlier } from '../../../shared/document/draft-changes-earlier.ts'
import { draftChanges, select, unwitnessed } from '../../../shared/document/draft-changes.ts'
import { atomsIn, type Run } from '../../../shared/document/selecting-atoms.ts'
import type { Reader, Writer } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import * as store from './store.ts'

/** Where the head stands in the live draft: behind which row of its log, and as which of its atoms. */
export interface Base {
  epoch: number
  seq: number
  atoms: readonly AtomRun[]
  /** What is known from epochs before. */
  earlier: readonly Earlier[]
}

/** Where nothing is published, everything in a draft is new. */
export const beginning: Base = { epoch: 0, seq: 0, atoms: [], earlier: [] }

/** The base of a draft, as far as one was kept. */
export async function baseOf(db: Reader, pageId: string): Promise<Base> {
  return (await keptBase(db, pageId)) ?? beginning
}

export async function keptBase(db: Reader, pageId: string): Promise<Base | undefined> {
  const row = await store.baseOf(db, pageId)
  if (!row) return undefined
  const { epoch, seq, atoms, taken } = row
  return { epoch, seq, atoms: decodeAtoms(atoms), earlier: JSON.parse(taken) as Earlier[] }
}

export const putBase = (tx: Writer, pageId: string, { epoch, seq, atoms, earlier }: Base) =>
  store.putBase(tx, { page_id: pageId, epoch, seq, atoms: encodeAtoms(atoms), taken: JSON.stringify(earlier) })

/** What became the head, and what it was made of. */
export interface Published {
  head: Node
  /** The head before it. */
  before: Node | undefined
  /** Where its atoms come from, where it was chosen from the head before and the draft; else both are compared. */
  runs?: readonly Run[] | undefined
  /** The atoms of the draft by what they were first, where that is known. */
  firsts?: readonly AtomRun[] | undefined
}

/** The base of a draft that says what the head says. */
export const baseAt = (draft: Draft, head: Node): Base | undefined =>
  normalise(draft.document()).eq(normalise(head)) ? wholeOf(draft) : undefined

/** The base of a draft that says all that the head says. */
export const wholeOf = (draft: Draft): Base => ({ ...placeOf(draft), atoms: liveAtoms(draft.fragment), earlier: [] })

/** The base of a draft that says something else than the new head: what was done before is still to be found. */
export function baseBehind(base: Base, draft: Draft, { head, before, runs, firsts }: Published): Base {
  const live = liveAtoms(draft.fragment)
  const atoms = runs
    ? composedAtoms(runs, base.atoms, firsts ?? live)
    : throughBoth(head, before, normalise(draft.document()), base, live)
  return { ...(base.epoch > 0 ? base : { ...placeOf(draft), earlier: [] }), atoms }
}

const placeOf = ({ epoch, seq }: Draft) => ({ epoch, seq })

/**
 * Where the atoms of a new head are: what the head before had and the draft still has stays what it was; of the others a
 * comparison with the draft tells which they are, and those that the draft lacks are what they were in the head before.
 */
function throughBoth(head: Node, before: Node | undefined, written: Node, base: Base, live: readonly AtomRun[]) {
  const inDraft = composedAtoms(select(draftChanges(head, written, unwitnessed), () => false).runs, [], live)
  const inOld = before ? select(draftChanges(head, before, unwitnessed), () => false).runs : []
  const [now, then] = [idsOf(inDraft), idsOf(composedAtoms(inOld, [], base.atoms))]
  const [isThere, isOld] = [placesIn(live), placesIn(base.atoms)]
  const found: AtomRun[] = []
  for (let atom = 0; atom < atomsIn(head); atom++) {
    const [old, fresh] = [then(atom), now(atom)]
    const isTaken = fresh !== undefined && isOld(fresh) !== undefined
    const id = old && (isThere(old) !== undefined || isTaken) ? old : (fresh ?? old)
    addRun(found, { client: id?.client ?? unknown, clock: id?.clock ?? 0, size: 1 })
  }
  return found
}
