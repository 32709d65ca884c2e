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
 * are `known` need not be told word by word.
 */
export function piecesOf(
  document: Node,
  nameOf: (block: Node) => string = wholeKey,
  known: ReadonlySet<string> = new Set(),
): Piece[] {
  return document.children.flatMap(block => {
    const isWhole = !block.inlineContent || (block.childCount > 0 && known.has(fingerprint(block)))
    if (isWhole) return [{ key: nameOf(block), nodes: [], block, space: [] }]
    const [first, ...others] = wordsOf(block)
    const bare = block.type.create(block.attrs)
    if (!first) return [{ key: bare.type.name === 'figure' ? nameOf(block) : '\0', nodes: [], block: bare, space: [] }]
    return [{ ...first, block: bare }, ...others]
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
    if (block && (!block.inlineContent || block.childCount > 0)) {
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
  a.length === b.length && a.every((node, at) => node.eq(b[at] ?? node))

export const wholeKey = (block: Node) => `\0${fingerprint(block)}`

/** Every word, as spaces part them; a footnote, and each word of a script without spaces, stands for itself. */
function wordsOf(block: Node): Piece[] {
  const flat = flatten(block)
  const text = flat.runs.reduce((all, { node, from }) => {
    const sign = node.type.name === 'hard_break' ? '\n' : node.type.name === 'footnote' ? note : undefined
    return sign ? all.slice(0, from) + sign + all.slice(from + 1) : all
  }, flat.text)
  const found: Piece[] = []
  let [at, spaceFrom] = [0, 0]
  for (const part of text.match(parts) ?? []) {
    if (part.trim() === '') {
      at += part.length
      continue
    }
    for (const word of unparted.test(part) ? words(part) : [part]) {
      const nodes = cut(flat, at, at + word.length)
      found.push({ key: keyOf(nodes), nodes, block: undefined, space: spaceFrom < at ? cut(flat, spaceFrom, at) : [] })
      spaceFrom = at += word.length
    }
  }
  if (spaceFrom < at) found.push({ key: ' ', nodes: [], block: undefined, space: cut(flat, spaceFrom, at) })
  return found
}

/** Stands for a footnote while words are told apart. */
const note = '\ufff9'
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
