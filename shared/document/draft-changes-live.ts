import type * as Y from 'yjs'
import { type AtomId, type AtomRun, idsOf, liveAtoms, placesIn } from './draft-changes-atoms.ts'
import type { Deeds } from './draft-changes-rows.ts'
import { gravesIn } from './draft-changes-graves.ts'
import { elementsOf, formatsOf } from './draft-changes-formats.ts'
import type { Hand, Witness } from './selecting-parts.ts'

/** Who took so many atoms of the head away before the log that is at hand begins. */
export interface Taken extends Hand {
  from: number
  size: number
}

export interface LiveDraft {
  fragment: Y.XmlFragment
  ownerOf(client: number): string | null | undefined
  /** The identities of the atoms of the head. */
  base: readonly AtomRun[]
  taken: readonly Taken[]
  deeds: Deeds
}

/** What a live draft and its log know of whose hands changed it since the head. */
export function witnessOf({ fragment, ownerOf, base, taken, deeds }: LiveDraft): Witness {
  const live = liveAtoms(fragment)
  const [inHead, inDraft] = [idsOf(base), idsOf(live)]
  const [placeInHead, placeInDraft] = [placesIn(base), placesIn(live)]
  const old = (id: AtomId) => id !== undefined && placeInHead(id) !== undefined
  const { somebody } = deeds
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
    stoodBefore: atom => (graves ??= gravesIn(fragment))(inHead(atom)),
    took: atom => deeds.took(inHead(atom)) ?? takenAt(taken, atom) ?? somebody,
    set(atom, name) {
      const element = (elements ??= elementsOf(fragment)).get(atom)
      const item = element?._map.get(name)
      if (!item) return somebody
      return item.deleted ? (deeds.took(item.id) ?? somebody) : writer(item.lastId)
    },
    marked(atom, names) {
      const { open, gone } = (formats ??= formatsOf(fragment))(atom)
      for (const name of names)
        for (const id of open.get(name) ?? []) {
          const hand = deeds.put(id)
          if (hand) return { person: ownerOf(id.client) ?? null, at: hand.at }
        }
      for (const id of gone) {
        const hand = old(id) ? undefined : deeds.took(id)
        if (hand) return hand
      }
      return somebody
    },
  }
}

/** Who took an atom of the head away before the log that is at hand begins. */
export const takenAt = (taken: readonly Taken[], atom: number) =>
  taken.find(({ from, size }) => from <= atom && atom < from + size)
