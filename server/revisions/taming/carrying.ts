import type { Node } from 'prosemirror-model'
import { lettersSaid, liveAtoms, sizeOf } from '../../../shared/document/draft-changes-atoms.ts'
import { carriedOver, placesAfter } from '../../../shared/document/draft-changes-carry.ts'
import { firstAtoms, witnessOf } from '../../../shared/document/draft-changes-live.ts'
import { deedsIn } from '../../../shared/document/draft-changes-rows.ts'
import type { Draft, Drafts } from '../../drafts/index.ts'
import type { Base } from './base.ts'

export type LogRow = Awaited<ReturnType<Drafts['rowsBehind']>>[number]

/** What was done to a draft since its head, as its log and its base tell. `rows` are those behind the base. */
export const deedsBehind = ({ atoms, earlier }: Base, head: Node | undefined, rows: readonly LogRow[]) =>
  deedsIn(
    rows.map(({ person_id: person, at, payload, isAnew }) => ({ person, at, payload, isAnew })),
    head ? lettersSaid(head, atoms) : () => undefined,
    earlier,
  )

/** Whose hands that was. */
export function handsIn({ fragment, ownerOf }: Draft, head: Node | undefined, base: Base, rows: readonly LogRow[]) {
  const { atoms, earlier } = base
  const deeds = deedsBehind(base, head, rows)
  const witness = witnessOf({ fragment, ownerOf, base: atoms, deeds, earlier })
  return { witness, hands: deeds.hands, firsts: () => firstAtoms(fragment, deeds.origins) }
}

/** The base of a draft that goes on in another epoch, where its atoms have other names than they had before. */
export function carried(
  base: Base,
  head: Node | undefined,
  rows: readonly LogRow[],
  [ended, next]: readonly [Draft, Draft],
): Base {
  const { fragment } = ended
  const [was, is] = [liveAtoms(fragment), liveAtoms(next.fragment)]
  // Where the schema changed there are other atoms, and only a comparison tells which are which.
  const placeOf = sizeOf(was) === sizeOf(is) ? (atom: number) => atom : placesAfter(fragment, next.fragment)
  const known = { fragment, base: base.atoms, earlier: base.earlier, ...handsIn(ended, head, base, rows) }
  return { epoch: next.epoch, seq: next.seq, ...carriedOver(known, is, placeOf) }
}
