import type { Node } from 'prosemirror-model'
import { normalise } from '../../../shared/document/canonical.ts'
import {
  type AtomRun,
  composedAtoms,
  decodeAtoms,
  encodeAtoms,
  liveAtoms,
} from '../../../shared/document/draft-changes-atoms.ts'
import { type Taken, witnessOf } from '../../../shared/document/draft-changes-live.ts'
import { deedsIn } from '../../../shared/document/draft-changes-rows.ts'
import { draftChanges, select, unwitnessed } from '../../../shared/document/draft-changes.ts'
import type { Run } from '../../../shared/document/selecting-atoms.ts'
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
  { head, before, runs }: { head: Node; before: Node | undefined; runs?: readonly Run[] },
) {
  const { pageId, fragment } = draft
  const written = normalise(draft.document())
  const live = liveAtoms(fragment)
  if (written.eq(head)) {
    await put(tx, pageId, { ...placeOf(draft), atoms: live, taken: [] })
    return drafts.markUnpublished(tx, pageId, null)
  }
  const base = await baseOf(tx, pageId)
  const known = runs ? composedAtoms(runs, base.atoms, live) : throughBoth(head, before, written, base, live)
  // What was done before and is not published yet must still be found.
  const place = base.epoch > 0 ? { epoch: base.epoch, seq: base.seq } : placeOf(draft)
  await put(tx, pageId, { ...place, atoms: known, taken: [] })
}

/** Follows the draft into another epoch, where its atoms have other names. */
export async function carryBase({ drafts, contents }: Ground, tx: Writer, pageId: string) {
  const base = await baseOf(tx, pageId)
  if (base.epoch === 0) return
  const { content_hash: hash } = (await store.headOf(tx, pageId)) ?? {}
  if (!hash) return
  const head = await contents.read(tx, hash)
  const draft = await drafts.load(tx, pageId)
  const deeds = deedsIn((await drafts.rowsBehind(tx, pageId, base)).map(row => ({ ...row, person: row.person_id })))
  const before = witnessOf({ fragment: draft.fragment, ownerOf: draft.ownerOf, base: base.atoms, taken: base.taken, deeds })
  const kept = select(draftChanges(head, normalise(draft.document()), unwitnessed), () => false).runs
  const taken: Taken[] = []
  let at = 0
  for (const { side, size } of kept) {
    for (let atom = at; side === 'head' && atom < at + size; atom++) {
      const hand = before.took(atom)
      const last = taken.at(-1)
      if (last && last.from + last.size === atom && last.person === hand.person && last.at === hand.at) last.size++
      else taken.push({ from: atom, size: 1, ...hand })
    }
    at += size
  }
  await put(tx, pageId, { ...placeOf(draft), atoms: composedAtoms(kept, [], liveAtoms(draft.fragment)), taken })
}

const placeOf = ({ epoch, seq }: Draft) => ({ epoch, seq })

/** Atoms of the head that the draft has are the draft's; others are those of the head before, where it had them. */
function throughBoth(head: Node, before: Node | undefined, written: Node, base: Base, live: readonly AtomRun[]) {
  const inDraft = select(draftChanges(head, written, unwitnessed), () => false).runs
  const inOld = before ? select(draftChanges(head, before, unwitnessed), () => false).runs : []
  return composedAtoms(inDraft, composedAtoms(inOld, [], base.atoms), live)
}
