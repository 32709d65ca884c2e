import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import type { View } from '../../shared/document/plain.ts'
import { unitsParted } from '../../shared/document/parted.ts'
import type { Edit } from './edit.ts'
import { movedAway } from './hearing-moved.ts'

export type Deletes = Edit['deletes']

/** Where an epoch ended. */
export interface Ending {
  vector: ReadonlyMap<number, number>
  deletes: Deletes
}

export const endingOf = (ydoc: Y.Doc): Ending => ({
  vector: Y.decodeStateVector(Y.encodeStateVector(ydoc)),
  deletes: Y.createDeleteSetFromStructStore(ydoc.store),
})

/** An old draft with what one person brought, everything deleted that anybody deleted. */
export const withAll = ({ ending, isOwn }: Pick<Brought, 'ending' | 'isOwn'>): View => ({
  shows: (item, id) => !item.deleted && (isKnown(ending, id) || isOwn(id)),
  holds: () => false,
})

export interface Brought {
  ydoc: Y.Doc
  ending: Ending
  isOwn: (id: Y.ID) => boolean
  /** Everything that the client knows to be deleted, by whomever. */
  deletes: Deletes
}

/**
 * A restored draft with what one person brought. Deletions have no author, and must not blank again what was restored, so
 * they count only for words that came after the end, and for those that the person put elsewhere.
 */
export function withOwn({ ydoc, ending, isOwn, deletes }: Brought): View {
  const isEnding = (id: Y.ID) => isKnown(ending, id)
  const isLeft = (id: Y.ID) => isEnding(id) && !Y.isDeleted(ending.deletes, id)
  const isGone = (id: Y.ID) => Y.isDeleted(deletes, id)
  const view = (isMoved: (id: Y.ID) => boolean): View => ({
    shows(item, id) {
      if (!isEnding(id)) return isOwn(id) && !isGone(id)
      if (!isLeft(id) || isMoved(id)) return false
      // A block that some of its words have left stays for the others only.
      return !(item.content instanceof Y.ContentType && isGone(id) && hasLetter(item, isMoved))
    },
    holds: ({ id }) => (isEnding(id) ? isLeft(id) && isGone(id) : !isGone(id)),
  })

  const restored = view(() => false)
  if (deletes.clients.size === 0) return restored
  const was: Pick<View, 'shows'> = { shows: (_item, id) => isLeft(id) }
  const is: Pick<View, 'shows'> = { shows: (item, id) => !isGone(id) && restored.shows(item, id) }
  const moved = new Map<number, Set<number>>()
  for (const { id } of movedAway(unitsParted(fragmentOf(ydoc), was, is))) {
    const clocks = moved.get(id.client) ?? new Set()
    moved.set(id.client, clocks.add(id.clock))
  }
  return moved.size === 0 ? restored : view(({ client, clock }) => moved.get(client)?.has(clock) ?? false)
}

const isKnown = ({ vector }: Ending, { client, clock }: Y.ID) => clock < (vector.get(client) ?? 0)

function hasLetter({ content, id, length }: Y.Item, isMeant: (id: Y.ID) => boolean): boolean {
  if (content instanceof Y.ContentType) {
    for (let item = content.type._start; item; item = item.right) if (hasLetter(item, isMeant)) return true
    return false
  }
  if (!(content instanceof Y.ContentString)) return false
  for (let at = 0; at < length; at++) if (isMeant(Y.createID(id.client, id.clock + at))) return true
  return false
}
