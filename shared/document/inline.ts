import { Fragment, Mark, type Node } from 'prosemirror-model'
import { fingerprint } from './fingerprint.ts'
import { schema } from './schema.ts'
import { words } from './words.ts'

/** One stretch of a line: text under the same marks, or one inline node, which counts as a single unit. */
export type Run = { from: number; to: number; marks: readonly Mark[]; node: Node }

/** The inside of a block laid flat: units are UTF-16 units of text and whole inline nodes. */
export type Flat = { text: string; runs: Run[] }

/** The smallest thing that a comparison keeps, removes or inserts: a word, a space, a sign, an inline node. */
export type Token = { key: string; isWord: boolean; from: number; to: number; node: Node | undefined; flat: Flat }

const isWord = /[\p{L}\p{N}]/u

/** Stands for an inline node in the text of a `Flat`. */
export const placeholder = '\ufffc'

export function flatten(node: Node): Flat {
  const known = flats.get(node)
  if (known) return known
  const runs: Run[] = []
  let text = ''
  node.forEach(child => {
    const from = text.length
    text += child.isText ? (child.text ?? '') : placeholder
    runs.push({ from, to: text.length, marks: child.marks, node: child })
  })
  const flat = { text, runs }
  flats.set(node, flat)
  return flat
}

export function tokensOf(node: Node): Token[] {
  const known = tokens.get(node)
  if (known) return known
  const found = tokensBetween(node, 0, flatten(node).text.length)
  tokens.set(node, found)
  return found
}

/** The tokens from one place to another; neither may be within a word. */
export function tokensBetween(node: Node, start: number, end: number): Token[] {
  const flat = flatten(node)
  const found: Token[] = []
  const spell = (from: number, to: number) => {
    let at = from
    for (const word of words(flat.text.slice(from, to)))
      found.push({ key: word, isWord: isWord.test(word), from: at, to: (at += word.length), node: undefined, flat })
  }
  let from = start
  for (const run of flat.runs) {
    if (run.node.isText || run.from < start || run.from >= end) continue
    spell(from, run.from)
    const key = `\0${fingerprint(unmarked(run.node))}`
    found.push({ key, isWord: false, from: run.from, to: run.to, node: run.node, flat })
    from = run.to
  }
  spell(from, end)
  return found
}

/** The stretch that holds a unit; lines have few, and the search halves. */
export function runAt(flat: Flat, at: number) {
  let [low, high] = [0, flat.runs.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((flat.runs[middle]?.to ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return flat.runs[low]
}

/** Whether a place is inside a character, which is never parted. */
export const isInside = ({ text }: Flat, unit: number): boolean => isSecondHalf(text.charCodeAt(unit))

/** The text and nodes between two places. */
export function cut(flat: Flat, from: number, to: number): Node[] {
  const nodes: Node[] = []
  for (const run of flat.runs) {
    if (run.to <= from || run.from >= to) continue
    if (run.node.isText) nodes.push(run.node.cut(Math.max(from, run.from) - run.from, Math.min(to, run.to) - run.from))
    else nodes.push(run.node)
  }
  return nodes
}

/** Whether it is the second half of a character that takes two. */
export const isSecondHalf = (code = 0): boolean => code >= 0xdc00 && code <= 0xdfff

/** Nodes in a row as content: neighbouring text under the same marks becomes one. */
export function joined(nodes: readonly Node[]): Fragment {
  const content: Node[] = []
  for (const node of nodes) {
    const last = content.at(-1)
    if (last?.isText && node.isText && Mark.sameSet(last.marks, node.marks))
      content[content.length - 1] = schema.text((last.text ?? '') + (node.text ?? ''), last.marks)
    else content.push(node)
  }
  return Fragment.fromArray(content)
}

export const unmarked = (node: Node) => (node.marks.length > 0 ? node.mark(Mark.none) : node)

const flats = new WeakMap<Node, Flat>()
const tokens = new WeakMap<Node, Token[]>()
