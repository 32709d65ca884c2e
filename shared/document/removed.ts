import type { Runs } from './runs.ts'

/** One letter, as Yjs knows it. */
export type LetterId = { client: number; clock: number }

/** What a letter says, as far as that is known from elsewhere. */
export type Known = (client: number, clock: number) => string | undefined

/** A text that was written, string by string; `right` is the letter that stood behind one when it was written. */
export type Text = { id: LetterId; str: string; right: LetterId | null }[]

/** A removed run of letters, and how many of them were found again. */
export interface Piece {
  id: LetterId
  str: string
  used: number
}

export function removedPieces(
  clients: ReadonlyMap<number, readonly { clock: number; len: number }[]>,
  removed: Runs<true>,
  letterAt: Known,
): Piece[] {
  const pieces: Piece[] = []
  for (const [client, ranges] of clients)
    for (const { clock: from, len } of ranges) {
      let open: Piece | undefined
      for (let clock = from; clock < from + len; clock++) {
        // Whoever comes back tells of everything that was ever removed.
        const letter = removed.at(client, clock) ? undefined : letterAt(client, clock)
        if (letter === undefined) open = undefined
        else if (open) open.str += letter
        else pieces.push((open = { id: { client, clock }, str: letter, used: 0 }))
      }
      removed.add(client, from, len, true)
    }
  return pieces
}

export interface Match {
  id: LetterId
  size: number
  origin: LetterId
  piece: Piece
}

/**
 * A text that an undo brought back: Yjs writes each letter anew just before the one that was removed. The same word
 * typed elsewhere, or by chance, is another.
 */
export function undone(text: Text, pieces: readonly Piece[]): Match[] {
  const found: Match[] = []
  const used = new Map<Piece, number>()
  for (const { id, str, right } of text) {
    const isBack = (one: Piece, from: number) =>
      right?.client === one.id.client && right.clock === one.id.clock + from && one.str.startsWith(str, from)
    const piece = pieces.find(one => isBack(one, used.get(one) ?? one.used))
    if (!piece || !right) return []
    found.push({ id, size: str.length, origin: right, piece })
    used.set(piece, (used.get(piece) ?? piece.used) + str.length)
  }
  for (const [piece, size] of used) piece.used = size
  return found
}
