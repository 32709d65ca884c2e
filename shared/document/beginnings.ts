import type { LetterId, Match, Piece, Text } from './removed.ts'
import { recognised } from './returning.ts'

/** Pieces that begin alike are looked at one by one, and more of them than this say the same. */
const alike = 32

/** Removed pieces by how what is left of each begins: an edit of a whole book removes tens of thousands. */
export class Beginnings {
  readonly #pieces: readonly Piece[]
  #found: Map<string, Piece[]> | undefined

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0
  }

  /** The piece that says most of a text from a place on, where that is `least` letters; `from` is where its rest begins. */
  best(text: string, at: number, least: number, from: (piece: Piece) => number) {
    const found = (this.#found ??= this.#all())
    for (let size = Math.min(recognised, text.length - at); size >= least; size--) {
      const beginning = text.slice(at, at + size)
      const isFound = (piece: Piece) =>
        !piece.str.startsWith(beginning, piece.used) && !piece.str.startsWith(beginning, from(piece))
      const pieces = found.get(beginning)
      // What was found again is never looked at any more.
      while (pieces?.[0] && isFound(pieces[0])) pieces.shift()
      let best: { piece: Piece; size: number } | undefined
      let looked = 0
      for (const piece of pieces ?? []) {
        const same = sameFrom(piece, from(piece), text, at)
        if (same >= size && same > (best?.size ?? 0)) best = { piece, size: same }
        if (same >= size && ++looked === alike) break
      }
      if (best) return best
    }
    return undefined
  }

  /** What is left of a piece begins elsewhere now. */
  note(piece: Piece, from: number) {
    const found = (this.#found ??= this.#all())
    const rest = piece.str.slice(from, from + recognised)
    for (let size = 1; size <= rest.length; size++) {
      const key = rest.slice(0, size)
      const pieces = found.get(key)
      if (pieces) pieces.push(piece)
      else found.set(key, [piece])
    }
  }

  #all() {
    this.#found = new Map()
    for (const piece of this.#pieces) this.note(piece, piece.used)
    return this.#found
  }
}

function sameFrom({ str }: Piece, from: number, text: string, at: number): number {
  let size = 0
  while (from + size < str.length && at + size < text.length && str[from + size] === text[at + size]) size++
  return size
}

/**
 * The parts of a text that are removed pieces, one behind the other: all of it from `least` letters on, or parts that
 * are long enough to be no chance.
 */
export function matched(text: Text, pieces: Beginnings, least: number): Match[] {
  const whole = text.map(({ str }) => str).join('')
  if (pieces.isEmpty || whole.length < least) return []
  const letters = text.flatMap(({ id, str }) =>
    Array.from({ length: str.length }, (_, at) => ({ client: id.client, clock: id.clock + at })),
  )
  const found: Match[] = []
  const used = new Map<Piece, number>()
  const from = (piece: Piece) => used.get(piece) ?? piece.used
  let isWhole = true
  for (let at = 0; at < whole.length;) {
    const best = pieces.best(whole, at, isWhole ? 1 : recognised, from)
    const id = letters[at]
    if (!best || !id) {
      isWhole = false
      at++
      continue
    }
    const { piece } = best
    // The letters of a text are not always one run of ids; a match within one of them is.
    const size = Math.min(best.size, runFrom(letters, at))
    const { client, clock } = piece.id
    found.push({ id, size, origin: { client, clock: clock + from(piece) }, piece })
    used.set(piece, from(piece) + size)
    pieces.note(piece, from(piece))
    at += size
  }
  if (!found.every(({ piece }) => from(piece) === piece.str.length)) isWhole = false
  const taken = isWhole ? found : found.filter(({ size }) => size >= recognised)
  for (const { piece } of taken) {
    piece.used = from(piece)
    pieces.note(piece, piece.used)
  }
  return taken
}

function runFrom(letters: readonly LetterId[], at: number): number {
  let size = 1
  while (letters[at + size]?.clock === (letters[at]?.clock ?? 0) + size) size++
  return size
}
