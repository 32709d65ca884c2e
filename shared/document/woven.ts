import { type Beginnings, sameFrom } from './beginnings.ts'
import type { LetterId, Match, Piece, Text } from './removed.ts'
import { recognised } from './returning.ts'

/** Threads are tried the other way round in so many places at most, and so many letters back. */
const [mostTried, mostBack] = [400, 40]

interface Thread {
  piece: Piece
  /** Where in the text and in the piece it begins. */
  at: number
  from: number
  size: number
}

/**
 * The parts of a text that are removed pieces. Where several people had written in a line its letters are pieces that are
 * woven into each other: each goes on where it was left. Promises all of the text from `least` letters on, or parts of it
 * that are long enough to be no chance.
 */
export function matched(text: Text, pieces: Beginnings, least: number): Match[] {
  const whole = text.map(({ str }) => str).join('')
  if (pieces.isEmpty || whole.length < least) return []
  const letters = text.flatMap(({ id, str }) =>
    Array.from({ length: str.length }, (_, at) => ({ client: id.client, clock: id.clock + at })),
  )
  const found: Match[] = []
  for (let at = 0; at < whole.length;) {
    const threads = wovenFrom(whole, at, pieces, at === 0 ? least : recognised)
    for (const thread of threads) found.push(...matchesOf(thread, letters))
    for (const { piece, from, size } of threads) {
      piece.used = from + size
      pieces.note(piece, piece.used)
    }
    const last = threads.at(-1)
    at = last ? last.at + last.size : at + 1
  }
  return found
}

/** The threads of the longest stretch from a place on that is woven of pieces, and sure to be. */
function wovenFrom(whole: string, start: number, pieces: Beginnings, least: number): Thread[] {
  const used = new Map<Piece, number>()
  const from = (piece: Piece) => used.get(piece) ?? piece.used
  if (!pieces.best(whole, start, least, from)) return []
  const threads: Thread[] = []
  let best: Thread[] = []
  let tried = 0

  /** Whether this is as good as it gets. */
  function weave(at: number): boolean {
    const isWhole = start === 0 && at === whole.length
    if (at > endOf(best) && isSure(isWhole)) best = [...threads]
    if (at === whole.length) return endOf(best) === at
    for (const { piece, size: most } of candidates(at)) {
      for (let size = most; size > 0 && most - size < mostBack; size--) {
        if (size < most && !goesOn(at + size, piece)) continue
        if (++tried > mostTried) return true
        const before = from(piece)
        threads.push({ piece, at, from: before, size })
        used.set(piece, before + size)
        if (weave(at + size)) return true
        threads.pop()
        used.set(piece, before)
      }
    }
    return false
  }

  function candidates(at: number): { piece: Piece; size: number }[] {
    const found = [...used.keys()].flatMap(piece => {
      const size = sameFrom(piece, from(piece), whole, at)
      return size > 0 ? [{ piece, size }] : []
    })
    const other = pieces.best(whole, at, 1, from)
    if (other && !found.some(({ piece }) => piece === other.piece)) found.push(other)
    return found.toSorted((a, b) => b.size - a.size)
  }

  const goesOn = (at: number, last: Piece) => candidates(at).some(({ piece }) => piece !== last)

  /** Nothing of the pieces is left over, or so much stands in one thread that it is no chance, and the last is none. */
  function isSure(isWhole: boolean): boolean {
    const isUsedUp = (piece: Piece) => from(piece) === piece.str.length
    if (isWhole && [...used.keys()].every(isUsedUp)) return true
    const last = threads.at(-1)
    if (!last || (last.size < recognised && !isUsedUp(last.piece))) return false
    return threads.some(({ size }) => size >= recognised)
  }

  weave(start)
  return best
}

const endOf = (threads: readonly Thread[]) => {
  const last = threads.at(-1)
  return last ? last.at + last.size : 0
}

/** The letters of a text are not always one run of ids. */
function matchesOf({ piece, at, from, size }: Thread, letters: readonly LetterId[]): Match[] {
  const found: Match[] = []
  for (let next = 0; next < size;) {
    const id = letters[at + next]
    if (!id) break
    let length = 1
    while (next + length < size && letters[at + next + length]?.clock === id.clock + length) length++
    const origin = { client: piece.id.client, clock: piece.id.clock + from + next }
    found.push({ id, size: length, origin, piece })
    next += length
  }
  return found
}
