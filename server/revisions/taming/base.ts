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
import { type Taken, takenAt } from '../../../shared/document/draft-changes-live.ts'
import { deedsIn } from '../../../shared/document/draft-changes-rows.ts'
import { draftChanges, select, unwitnessed } from '../../../shared/document/draft-changes.ts'
import { atomsIn, type Run } from '../../../shared/document/selecting-atoms.ts'
import type { Reader, Writer } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import type { Ground } from '../ground.ts'
import * as store from './store.ts'

/** Where the head stands in the live draft: behind which row of its log, and as which of its atoms. */
export interface Base {
  epoch: number
  seq: number
  atoms: readonly AtomRun[]
  taken: readonly Taken[]
}

const beginning: Base = { epoch: 0, seq: 0, atoms: [], taken: [] }

/** The base of a draft; before anything was published, everything in it is new. */
export async function baseOf(db: Reader, pageId: string): Promise<Base> {
  const row = await store.baseOf(db, pageId)
  if (!row) return beginning
  const { epoch, seq, atoms, taken } = row
  return { epoch, seq, atoms: decodeAtoms(atoms), taken: JSON.parse(taken) as Taken[] }
}

const put = (tx: Writer, pageId: string, { epoch, seq, atoms, taken }: Base) =>
  store.putBase(tx, { page_id: pageId, epoch, seq, atoms: encodeAtoms(atoms), taken: JSON.stringify(taken) })

/**
 * Keeps where a new head stands in a draft, so that later the hands are known that changed it. `runs` tell where the atoms
 * of the head come from, where that was chosen from the head before and the draft; else both are compared.
 */
export async function keepBase(
  { drafts }: Pick<Ground, 'drafts'>,
  tx: Writer,
  draft: Draft,
  { head, before, runs, since }: { head: Node; before: Node | undefined; runs?: readonly Run[]; since?: number | null },
) {
  const { pageId, fragment } = draft
  const written = normalise(draft.document())
  const live = liveAtoms(fragment)
  if (written.eq(normalise(head))) {
    await put(tx, pageId, { ...placeOf(draft), atoms: live, taken: [] })
    return drafts.markUnpublished(tx, pageId, null)
  }
  const base = await baseOf(tx, pageId)
  const known = runs ? composedAtoms(runs, base.atoms, live) : throughBoth(head, before, written, base, live)
  // What was done before and is not published yet must still be found.
  const place = base.epoch > 0 ? { epoch: base.epoch, seq: base.seq } : placeOf(draft)
  await put(tx, pageId, { ...place, atoms: known, taken: [] })
  if (since !== undefined) await drafts.markUnpublished(tx, pageId, since ?? Date.now())
}

/** Follows the draft into another epoch, where its atoms have other names than they had before. */
export async function carryBase({ drafts }: Ground, tx: Writer, pageId: string, epoch: number) {
  const base = await baseOf(tx, pageId)
  if (base.epoch === 0) return
  const ended = await drafts.before(tx, pageId, epoch)
  if (!ended) return
  const before = liveAtoms(ended.fragment)
  const draft = await drafts.load(tx, pageId)
  const rows = await drafts.rowsBehind(tx, pageId, base)
  const deeds = deedsIn(rows.map(({ person_id: person, at, payload, isAnew }) => ({ person, at, payload, isAnew })))
  const live = liveAtoms(draft.fragment)
  const places = placesIn(before)
  const runs: Run[] = []
  const taken: Taken[] = []
  let atom = 0
  for (const { client, clock, size } of base.atoms)
    for (let next = 0; next < size; next++, atom++) {
      const place = places({ client, clock: clock + next })
      const last = runs.at(-1)
      const side = place === undefined ? undefined : 'draft'
      if (last && last.side === side && (!side || last.from + last.size === place)) last.size++
      else runs.push({ side, from: place ?? 0, size: 1 })
      const hand = side ? undefined : (deeds.took({ client, clock: clock + next }) ?? takenAt(base.taken, atom))
      const previous = taken.at(-1)
      if (!hand) continue
      if (previous && previous.from + previous.size === atom && previous.person === hand.person) previous.size++
      else taken.push({ from: atom, size: 1, person: hand.person, at: hand.at })
    }
  // Where the schema changed there are other atoms, and only a comparison tells which are which.
  const isSame = sizeOf(before) === sizeOf(live)
  if (isSame) await put(tx, pageId, { ...placeOf(draft), atoms: composedAtoms(runs, [], live), taken })
}

const sizeOf = (runs: readonly AtomRun[]) => runs.reduce((sum, { size }) => sum + size, 0)

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
