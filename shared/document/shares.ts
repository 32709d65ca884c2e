import type { Node } from 'prosemirror-model'
import type { Credit } from './authorship.ts'
import { unitsIn, unitText } from './units.ts'
import { words } from './words.ts'

/** Units of one text block that came from the same revision and person. */
export interface Passage {
  /** Inline nodes as a placeholder. */
  text: string
  credit: Credit
}

/** A line, caption, code block or formula: its passages, in reading order, hold all of its units. */
export interface CreditedBlock {
  node: Node
  passages: Passage[]
}

/** The text blocks of a document that have words, each with who wrote what of it. */
export function creditedBlocks(document: Node, credits: readonly Credit[]): CreditedBlock[] {
  const blocks: CreditedBlock[] = []
  let [run, left] = [0, credits[0]?.size ?? 0]
  for (const node of textBlocks(document)) {
    const text = unitText(node)
    const passages: Passage[] = []
    for (let at = 0; at < text.length;) {
      const credit = credits[run]
      if (!credit) throw new Error('the credits end before the text does')
      const size = Math.min(left, text.length - at)
      passages.push({ text: text.slice(at, at + size), credit })
      at += size
      left -= size
      if (left === 0) left = credits[++run]?.size ?? 0
    }
    if (passages.length > 0) blocks.push({ node, passages })
  }
  return blocks
}

/**
 * How many words of the blocks are whose: every word is counted once, for whoever wrote most of it, and for the first of
 * those who wrote as much.
 */
export function wordsByAuthor<Key>(blocks: readonly CreditedBlock[], keyOf: (credit: Credit) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const { passages } of blocks) {
    let [at, end] = [-1, 0]
    let start = 0
    for (const word of words(passages.map(({ text }) => text).join(''))) {
      const to = start + word.length
      const shares = new Map<Key, number>()
      for (let from = start; from < to;) {
        while (from >= end) end += passages[++at]?.text.length ?? Infinity
        const credit = passages[at]?.credit
        if (!credit) break
        const part = Math.min(to, end) - from
        const key = keyOf(credit)
        shares.set(key, (shares.get(key) ?? 0) + part)
        from += part
      }
      start = to
      if (!isWord.test(word)) continue
      const [most] = [...shares].sort((one, other) => other[1] - one[1])
      if (most) counts.set(most[0], (counts.get(most[0]) ?? 0) + 1)
    }
  }
  return counts
}

/** Per cent of a whole to a tenth each, so that together they are a hundred: the largest remainders are rounded up. */
export function perCent(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return counts.map(() => 0)
  const exact = counts.map(count => (count * 1000) / total)
  const tenths = exact.map(Math.floor)
  const missing = 1000 - tenths.reduce((sum, count) => sum + count, 0)
  const byRemainder = exact.map((share, at) => [share - Math.floor(share), at] as const).sort((a, b) => b[0] - a[0])
  for (const [, at] of byRemainder.slice(0, missing)) tenths[at] = (tenths[at] ?? 0) + 1
  return tenths.map(tenth => tenth / 10)
}

const isWord = /[\p{L}\p{N}]/u

function* textBlocks(node: Node): Generator<Node> {
  if (node.inlineContent) yield node
  else if (unitsIn(node) > 0) for (const child of node.children) yield* textBlocks(child)
}
