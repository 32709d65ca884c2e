import type { Unit } from '../../shared/document/parted.ts'
import { unparted, words } from '../../shared/document/words.ts'

/** A word, a space, a sign or an inline node, and the letters that it consists of. */
export interface Token {
  text: string
  units: readonly Unit[]
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

/** What went or came, by the place where it stands. */
export function piecesOf(units: readonly Unit[], linesThatStay: ReadonlySet<object>): Map<number, Piece[]> {
  const pieces = new Map<number, Piece[]>()
  for (let from = 0; from < units.length;) {
    const first = units[from]
    if (!first) break
    let to = from
    while (units[to]?.line === first.line && units[to]?.place === first.place) to++
    const piece = pieceOf(tokensOf(units.slice(from, to)), !linesThatStay.has(first.line))
    const known = pieces.get(first.place)
    if (known) known.push(piece)
    else pieces.set(first.place, [piece])
    from = to
  }
  return pieces
}

export const pieceOf = (tokens: readonly Token[], isLine: boolean): Piece => ({ tokens, isLine, size: sizeOf(tokens) })

export const sizeOf = (tokens: readonly Token[]) => tokens.reduce((sum, { size }) => sum + size, 0)
export const textOf = (parts: readonly { text: string }[]) => parts.map(({ text }) => text).join('')

function tokensOf(units: readonly Unit[]): Token[] {
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
