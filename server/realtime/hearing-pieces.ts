import type { Shown } from '../../shared/document/shown.ts'
import { unparted, words } from '../../shared/document/words.ts'

/** A word, a space, a sign or an inline node, and the letters that it consists of. */
export interface Token {
  text: string
  units: readonly Shown[]
  /** How much of a text it makes up: a space nothing, a word its letters, and more where a letter is a word. */
  size: number
}

/** What went or came in one line, between two things that stay. */
export interface Piece {
  tokens: readonly Token[]
  size: number
  /** It is the whole of its line. */
  isLine: boolean
}

/** What is no longer there, or was not before, by how many units that stay stand before it. */
export function piecesOf(units: readonly Shown[], stays: (unit: Shown) => boolean): Map<number, Piece[]> {
  const linesThatStay = new Set(units.filter(stays).map(({ line }) => line))
  const pieces = new Map<number, Piece[]>()
  let gap = 0
  for (let from = 0; from < units.length;) {
    const first = units[from]
    let to = from
    for (let unit = first; unit && unit.line === first?.line && !stays(unit); unit = units[to]) to++
    if (first && to > from) {
      const piece = pieceOf(tokensOf(units.slice(from, to)), !linesThatStay.has(first.line))
      pieces.set(gap, [...(pieces.get(gap) ?? []), piece])
      from = to
    } else {
      gap++
      from++
    }
  }
  return pieces
}

export const pieceOf = (tokens: readonly Token[], isLine: boolean): Piece => ({ tokens, isLine, size: sizeOf(tokens) })

export const sizeOf = (tokens: readonly Token[]) => tokens.reduce((sum, { size }) => sum + size, 0)
export const textOf = (parts: readonly { text: string }[]) => parts.map(({ text }) => text).join('')

function tokensOf(units: readonly Shown[]): Token[] {
  const tokens: Token[] = []
  for (let from = 0; from < units.length;) {
    let to = from
    while (units[to]?.isNode === false) to++
    for (const text of words(textOf(units.slice(from, to)))) {
      const size = text.trim().length * (unparted.test(text) ? lettersInWord : 1)
      tokens.push({ text, units: units.slice(from, (from += text.length)), size })
    }
    const node = units[to]
    if (node) tokens.push({ text: node.text, units: [node], size: 1 })
    from = to + 1
  }
  return tokens
}

/** Where every sign is a word. */
const lettersInWord = 3
