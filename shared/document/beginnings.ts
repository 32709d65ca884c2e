import type { Piece } from './removed.ts'
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

/** How many letters of a piece from a place on a text says from a place of its own on. */
export function sameFrom({ str }: Piece, from: number, text: string, at: number): number {
  let size = 0
  while (from + size < str.length && at + size < text.length && str[from + size] === text[at + size]) size++
  return size
}
