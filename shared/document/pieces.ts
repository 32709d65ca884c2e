/**
 * A document laid out as one row of words, with the block that begins at a word told there. What is written in a row can
 * be compared word by word across blocks, and put together again: `assembled(piecesOf(document))` equals the document.
 */
import { Fragment, type Node } from 'prosemirror-model'
import { fingerprint, same } from './fingerprint.ts'
import { cut, flatten, joined, placeholder } from './inline.ts'
import { schema } from './schema.ts'
import { unparted, words } from './words.ts'

export type Piece = {
  /** The same for two that say the same, however formatted and wherever they stand. */
  key: string
  /** The word with its formatting. Nothing where a block has no words, or stands here as a whole. */
  nodes: readonly Node[]
  /** The block that begins here: a text block without its text, any other as it is. */
  block: Node | undefined
  /** The space before it. */
  space: readonly Node[]
}

/**
 * `nameOf` gives blocks that are told as a whole the same key in two documents, though they differ inside. Text blocks that
 * were laid out before are `known` by their fingerprints.
 */
export function piecesOf(
  document: Node,
  nameOf: (block: Node) => string = wholeKey,
  known: Map<string, Piece[]> = new Map(),
): Piece[] {
  return document.children.flatMap(block => {
    if (!block.inlineContent) return [{ key: nameOf(block), nodes: [], block, space: [] }]
    if (block.childCount === 0)
      return [{ key: block.type.name === 'figure' ? nameOf(block) : '\0', nodes: [], block, space: [] }]
    const print = fingerprint(block)
    const pieces = known.get(print) ?? wordsOf(block)
    known.set(print, pieces)
    return pieces
  })
}

/** The blocks that a row of pieces makes. */
export function assembled(pieces: readonly Piece[]): Node {
  const blocks: Node[] = []
  let open: { block: Node; nodes: Node[] } | undefined
  const close = () => {
    if (open) blocks.push(filled(open.block, joined(open.nodes)))
    open = undefined
  }
  for (const { block, space, nodes } of pieces) {
    if (block) close()
    if (block && !block.inlineContent) {
      blocks.push(block)
      continue
    }
    open ??= { block: block ?? schema.node('line'), nodes: [] }
    open.nodes.push(...space, ...nodes)
  }
  close()
  return schema.node('doc', null, blocks.length > 0 ? blocks : [schema.node('line')])
}

/** What stands before two words is the same: the same block begins, or the same space. */
export const sameStart = (a: Piece, b: Piece) =>
  sameNodes(a.space, b.space) && (a.block && b.block ? same(a.block, b.block) : a.block === b.block)

export const sameWords = (a: Piece, b: Piece) => sameNodes(a.nodes, b.nodes)

const sameNodes = (a: readonly Node[], b: readonly Node[]) =>
  a === b || (a.length === b.length && a.every((node, at) => node.eq(b[at] ?? node)))

export const wholeKey = (block: Node) => `\0${fingerprint(block)}`

/** Every word of a block, as spaces part them; a footnote, and each word of a script without spaces, stands for itself. */
function wordsOf(block: Node): Piece[] {
  const runs = flatten(block).runs
  const text = runs.map(({ node }) => (node.isText ? node.text : signs.get(node.type.name)) ?? placeholder).join('')
  const found: Piece[] = []
  let [at, spaceFrom, run] = [0, 0, 0]
  // Words are asked for in order, so that no run is looked at for every word.
  const between = (from: number, to: number) => {
    while ((runs[run]?.to ?? to) <= from) run++
    let last = run
    while ((runs[last]?.to ?? to) < to) last++
    return cut({ text, runs: runs.slice(run, last + 1) }, from, to)
  }
  for (const part of text.match(parts) ?? []) {
    if (part.trim() === '') {
      at += part.length
      continue
    }
    for (const word of unparted.test(part) ? words(part) : [part]) {
      const space = spaceFrom < at ? between(spaceFrom, at) : []
      const nodes = between(at, at + word.length)
      found.push({ key: keyOf(nodes), nodes, block: undefined, space })
      spaceFrom = at += word.length
    }
  }
  if (spaceFrom < at) found.push({ key: ' ', nodes: [], block: undefined, space: between(spaceFrom, at) })
  const [first, ...others] = found
  return first ? [{ ...first, block: block.type.create(block.attrs) }, ...others] : []
}

/** Stand for what parts words, or is one, where there is no text. */
const note = '\ufff9'
const signs = new Map([
  ['hard_break', '\n'],
  ['footnote', note],
])
const parts = /\s+|\ufff9|[^\s\ufff9]+/gu

const keyOf = (nodes: readonly Node[]) =>
  nodes.map(node => (node.isText ? node.text : placeholder + fingerprint(node.mark([])))).join('')

/** Words that their block may not hold, as a picture in code, stand in a line. */
function filled(block: Node, content: Fragment): Node {
  if (block.type.validContent(content)) return block.type.create(block.attrs, content)
  const plain = Fragment.fromArray(content.content.map(node => node.mark([])))
  return block.type.validContent(plain)
    ? block.type.create(block.attrs, joined(plain.content))
    : schema.node('line', null, content)
}
