import type * as Y from 'yjs'
import { type AtomId, type AtomRun, idsOf, liveAtoms, placesIn, sizeOf } from './draft-changes-atoms.ts'
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

  const writer = (id: AtomId): Hand => {
    if (!id) return somebody
    return deeds.carried(id) ?? { person: ownerOf(id.client) ?? null, at: deeds.put(id)?.at ?? null }
  }

  return {
    somebody,
    wrote: atom => writer(inDraft(atom)),
    isOld: atom => old(inDraft(atom)),
    atomNow(atom) {
      const id = inHead(atom)
      return id && placeInDraft(id)
    },
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
