import type * as Y from 'yjs'
import { type Origins, traced } from './copies.ts'
import { addRun, type AtomId, type AtomRun, idsOf, liveAtoms, placesIn, sizeOf } from './draft-changes-atoms.ts'
import { anyName, type Earlier, knownEarlier } from './draft-changes-earlier.ts'
import type { Deeds } from './draft-changes-rows.ts'
import { gravesIn } from './draft-changes-graves.ts'
import { elementsOf, formatsOf } from './draft-changes-formats.ts'
import type { Hand, Witness } from './selecting-parts.ts'

export interface LiveDraft {
  fragment: Y.XmlFragment
  ownerOf(client: number): string | null | undefined
  /** The identities of the atoms of the head. */
  base: readonly AtomRun[]
  deeds: Deeds
  /** What is known from before the log that is at hand begins. */
  earlier?: readonly Earlier[]
}

/** What a live draft and its log know of whose hands changed it since the head. */
export function witnessOf({ fragment, ownerOf, base, deeds, earlier = [] }: LiveDraft): Witness {
  const live = liveAtoms(fragment)
  const [inHead, inDraft] = [idsOf(base), idsOf(live)]
  const [placeInHead, placeInDraft] = [placesIn(base), placesIn(live)]
  const old = (id: AtomId) => id !== undefined && placeInHead(id) !== undefined
  const { somebody } = deeds
  const known = knownEarlier(earlier)
  let graves: ReturnType<typeof gravesIn> | undefined
  let elements: ReturnType<typeof elementsOf> | undefined
  let formats: ReturnType<typeof formatsOf> | undefined

  let copies: Map<number, number> | undefined

  const writer = (id: AtomId): Hand => {
    if (!id) return somebody
    const origin = deeds.origins(id.client, id.clock, 1)
    // What the head had was put there by whoever put it there; of all else the first hand counts.
    const from = old(origin) ? id : origin
    return deeds.wrote(from) ?? { person: ownerOf(from.client) ?? null, at: deeds.put(from)?.at ?? null }
  }

  /** For atoms of the head that are gone the first of the draft that is a copy of them. */
  function copiesNow(): Map<number, number> {
    const found = new Map<number, number>()
    let atom = 0
    for (const { client, clock, origin } of traced(live, deeds.origins)) {
      const isCopy = origin.client !== client || origin.clock !== clock
      for (let next = 0; isCopy && next < origin.size; next++) {
        const was = placeInHead({ client: origin.client, clock: origin.clock + next })
        if (was !== undefined && !found.has(was)) found.set(was, atom + next)
      }
      atom += origin.size
    }
    return found
  }

  const atomNow = (atom: number) => {
    const id = inHead(atom)
    return id && placeInDraft(id)
  }

  return {
    somebody,
    wrote: atom => writer(inDraft(atom)),
    isOld: atom => old(inDraft(atom)),
    atomNow,
    copyNow: atom => atomNow(atom) ?? (copies ??= copiesNow()).get(atom),
    stoodBefore(atom) {
      const before = known.stoodBefore(inHead(atom))
      if (before === null) return sizeOf(live)
      graves ??= gravesIn(fragment)
      return before ? (placeInDraft(before) ?? graves(before)) : graves(inHead(atom))
    },
    took: atom => deeds.took(inHead(atom)) ?? somebody,
    set(atom, name) {
      const element = (elements ??= elementsOf(fragment)).get(atom)
      const item = element?._map.get(name)
      const hand = item?.deleted ? deeds.took(item.id) : item && deeds.put(item.lastId) && writer(item.lastId)
      // What was set before the head was published may mean something only now.
      return hand ?? known.named(inDraft(atom), name) ?? somebody
    },
    marked(atom, names) {
      const { open, gone } = (formats ??= formatsOf(fragment))(atom)
      for (const name of names) {
        for (const id of open.get(name) ?? []) {
          const hand = deeds.put(id)
          if (hand) return { person: ownerOf(id.client) ?? null, at: hand.at }
        }
        const hand = known.named(inDraft(atom), name)
        if (hand) return hand
      }
      for (const id of gone) {
        const hand = old(id) ? undefined : deeds.took(id)
        if (hand) return hand
      }
      return known.named(inDraft(atom), anyName) ?? somebody
    },
  }
}

/** The atoms of a live draft by what they were first: letters that were put elsewhere keep the names that they had. */
export function firstAtoms(fragment: Y.XmlFragment, origins: Origins): AtomRun[] {
  const found: AtomRun[] = []
  for (const { origin } of traced(liveAtoms(fragment), origins)) addRun(found, origin)
  return found
}
