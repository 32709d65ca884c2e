/**
 * A draft that is written anew, as a squash of its past does, has other atoms, and its log says nothing of the hands that
 * changed it before. What was known of them is told by the atoms that it has now.
 */
import * as Y from 'yjs'
import { align } from './align.ts'
import { type AtomId, type AtomRun, addRun, idsOf, liveAtoms, sizeOf, unknown } from './draft-changes-atoms.ts'
import { anyName, type Earlier, knownEarlier, Told } from './draft-changes-earlier.ts'
import { elementsOf, formatsOf } from './draft-changes-formats.ts'
import { membersOf } from './live.ts'
import { isElement } from './live-types.ts'
import type { Hand, Witness } from './selecting-parts.ts'
import { words } from './words.ts'

/** A draft that goes on in another, and what is known of it. */
export interface Ended {
  fragment: Y.XmlFragment
  witness: Witness
  /** The identities of the atoms of the head. */
  base: readonly AtomRun[]
  earlier: readonly Earlier[]
  /** Everyone who wrote in it since the head. */
  hands: readonly Hand[]
}

/**
 * What the draft that goes on has to know: where the atoms of the head are in it, and whose hands changed it so far.
 * `placeOf` tells which atom of it an atom of the ended one is.
 */
export function carriedOver(
  { fragment, witness, base, earlier, hands }: Ended,
  next: readonly AtomRun[],
  placeOf: (atom: number) => number | undefined,
): { atoms: AtomRun[]; earlier: Earlier[] } {
  const [idWas, idOf] = [idsOf(base), idsOf(next)]
  const told = new Told()
  const idNow = (atom: number | undefined): AtomId => {
    const place = atom === undefined ? undefined : placeOf(atom)
    return place === undefined ? undefined : idOf(place)
  }
  for (const hand of hands) told.came(hand)

  const atoms: AtomRun[] = []
  for (let atom = 0, end = sizeOf(base); atom < end; atom++) {
    const now = witness.atomNow(atom)
    // What is gone keeps the name that it had.
    const id = idNow(now) ?? idWas(atom)
    addRun(atoms, { client: id?.client ?? unknown, clock: id?.clock ?? 0, size: 1 })
    if (now !== undefined) continue
    told.took(id, witness.took(atom), idNow(witness.stoodBefore(atom)))
    told.copied(idNow(witness.copyNow(atom)), id)
  }

  const { names } = knownEarlier(earlier)
  const [elements, formatAt] = [elementsOf(fragment), formatsOf(fragment)]
  for (let atom = 0, end = sizeOf(liveAtoms(fragment)); atom < end; atom++) {
    const id = idNow(atom)
    if (!witness.isOld(atom)) told.wrote(id, witness.wrote(atom))
    const element = elements.get(atom)
    if (element)
      for (const name of new Set([...element._map.keys(), ...names])) named(name, id, witness.set(atom, name))
    else {
      const { open } = formatAt(atom)
      for (const name of new Set([...open.keys(), ...names])) named(name, id, witness.marked(atom, [name]))
      named(anyName, id, witness.marked(atom, []))
    }
  }
  return { atoms, earlier: told.all }

  function named(name: string, id: AtomId, hand: Hand) {
    if (hand !== witness.somebody) told.named(name, id, hand)
  }
}

/** Tells which atom of a draft one of another draft is that says nearly the same: by blocks and words in their order. */
export function placesAfter(was: Y.XmlFragment, is: Y.XmlFragment): (atom: number) => number | undefined {
  const [before, after] = [piecesIn(was), piecesIn(is)]
  const keys = (pieces: readonly Piece[]) => pieces.map(({ key }) => key)
  const places = new Map<number, number>()
  for (const [a, b] of align(keys(before), keys(after), at => before[at]?.size ?? 1)) {
    const [from, to] = [before[a], after[b]]
    for (let next = 0; from && to && next < from.size; next++) places.set(from.at + next, to.at + next)
  }
  return atom => places.get(atom)
}

interface Piece {
  key: string
  at: number
  size: number
}

function piecesIn(fragment: Y.XmlFragment): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const add = (key: string, size: number) => pieces.push({ key, at: (at += size) - size, size })
  const visit = (parent: Y.XmlFragment) => {
    for (const member of membersOf(parent)) {
      if (isElement(member)) {
        add(`<${member.nodeName}>`, 1)
        visit(member)
      } else if (member instanceof Y.XmlText)
        for (const { insert } of member.toDelta() as { insert: unknown }[])
          if (typeof insert === 'string') for (const word of words(insert)) add(word, word.length)
    }
  }
  visit(fragment)
  return pieces
}
