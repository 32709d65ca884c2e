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

/** How many words of the blocks are whose: every word is counted once, for whoever is credited with it. */
export function wordsByAuthor<Key>(blocks: readonly CreditedBlock[], keyOf: (credit: Credit) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const { passages } of blocks)
    for (const { text, credit } of wordByWord(passages, keyOf))
      if (isWord.test(text)) counts.set(keyOf(credit), (counts.get(keyOf(credit)) ?? 0) + 1)
  return counts
}

/**
 * The same text in passages of whole words. Spaces go with what follows them, so that whatever is said of a passage may
 * stand right behind its last word.
 */
export function wholeWords<Key>(passages: readonly Passage[], keyOf: (credit: Credit) => Key): Passage[] {
  const whole: Passage[] = []
  let spaces = ''
  for (const { text, credit } of wordByWord(passages, keyOf)) {
    const last = whole.at(-1)
    if (!text.trim()) spaces += text
    else if (last?.credit.revision === credit.revision && last.credit.person === credit.person) {
      last.text += spaces + text
      spaces = ''
    } else {
      whole.push({ text: spaces + text, credit })
      spaces = ''
    }
  }
  const last = whole.at(-1)
  if (!last) return [...passages]
  last.text += spaces
  return whole
}

/** Every word, sign and space with the credit of whoever wrote most of it, and of the first of those who wrote as much. */
function* wordByWord<Key>(passages: readonly Passage[], keyOf: (credit: Credit) => Key): Generator<Passage> {
  let [at, begin, place] = [0, 0, 0]
  for (const text of words(passages.map(passage => passage.text).join(''))) {
    const to = place + text.length
    const parts: { credit: Credit; size: number }[] = []
    for (let passage = passages[at]; passage && place < to; passage = passages[at]) {
      const end = begin + passage.text.length
      parts.push({ credit: passage.credit, size: Math.min(to, end) - place })
      place = Math.min(to, end)
      if (place === end) {
        begin = end
        at++
      }
    }
    const credit = creditOf(parts, keyOf)
    if (credit) yield { text, credit }
  }
}

function creditOf<Key>(parts: readonly { credit: Credit; size: number }[], keyOf: (credit: Credit) => Key) {
  if (parts.length === 1) return parts[0]?.credit
  const sizes = new Map<Key, number>()
  for (const { credit, size } of parts) sizes.set(keyOf(credit), (sizes.get(keyOf(credit)) ?? 0) + size)
  const [most] = [...sizes].sort(([, one], [, other]) => other - one)
  const [longest] = parts
    .filter(({ credit }) => keyOf(credit) === most?.[0])
    .sort(({ size: one }, { size: other }) => other - one)
  return longest?.credit
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
