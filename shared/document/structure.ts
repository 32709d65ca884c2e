/**
 * Lines, read as what they mean: nested lists, items and quotations. A block belongs to the nearest item above it that
 * is indented less and not quoted deeper; quotation depth that the item does not have already stands inside the item.
 * So a quoted list is `quote` with items in it, and a quotation in a list is a block with more `indent` and more `quote`
 * than its item.
 */
import type { Node } from 'prosemirror-model'

export interface BlockPiece {
  kind: 'block'
  node: Node
  /** Indentation that no item above explains. */
  extra: number
}
export interface QuotePiece {
  kind: 'quote'
  pieces: Piece[]
}
export interface ListPiece {
  kind: 'list'
  ordered: boolean
  indent: number
  extra: number
  items: Item[]
}
export type Piece = BlockPiece | QuotePiece | ListPiece

export interface Item {
  node: Node
  /** Position among the children of the node that was read. */
  index: number
  /** What an ordered item shows. */
  number: number
  /** Whether its `start` breaks the count; one that only repeats the count means nothing. */
  restarts: boolean
  pieces: Piece[]
}

interface Frame {
  pieces: Piece[]
  isQuote: boolean
  quotes: number
  indent: number
  /** The last number given at each indent; a heading begins the count afresh. */
  numbers: Map<number, number>
}

const isItem = (node: Node) => {
  const kind: unknown = node.attrs['kind']
  return node.type.name === 'line' && (kind === 'bullet' || kind === 'ordered' || kind === 'task')
}

/** The children of `parent`, from the given one on, as a tree of quotations, lists and items. */
export function structure(parent: Node, from = 0): Piece[] {
  const root: Frame = { pieces: [], isQuote: false, quotes: 0, indent: -1, numbers: new Map() }
  const stack = [root]
  for (let index = from; index < parent.childCount; index++) {
    const node = parent.child(index)
    const frame = enter(stack, amount(node, 'indent'), amount(node, 'quote'))
    if (isItem(node)) stack.push(addItem(frame, node, index))
    else {
      if (node.attrs['kind'] === 'heading') frame.numbers.clear()
      frame.pieces.push({ kind: 'block', node, extra: amount(node, 'indent') - frame.indent - 1 })
    }
  }
  return root.pieces
}

/** The number each ordered item shows, by its position among the children of `parent`. */
export function numbering(parent: Node): Map<number, { number: number; restarts: boolean }> {
  const numbers = new Map<number, { number: number; restarts: boolean }>()
  const walk = (pieces: Piece[]) => {
    for (const piece of pieces) {
      if (piece.kind === 'quote') walk(piece.pieces)
      if (piece.kind !== 'list') continue
      for (const item of piece.items) {
        if (piece.ordered) numbers.set(item.index, { number: item.number, restarts: item.restarts })
        walk(item.pieces)
      }
    }
  }
  walk(structure(parent))
  return numbers
}

function enter(stack: Frame[], indent: number, quote: number): Frame {
  let kept = 1
  for (const frame of stack.slice(1)) {
    if (frame.isQuote ? frame.quotes > quote : frame.indent >= indent || frame.quotes > quote) break
    kept++
  }
  stack.length = kept
  let frame = stack[kept - 1]
  if (!frame) throw new Error('the outermost frame is never left')
  while (frame.quotes < quote) {
    const piece: QuotePiece = { kind: 'quote', pieces: [] }
    frame.pieces.push(piece)
    frame = { pieces: piece.pieces, isQuote: true, quotes: frame.quotes + 1, indent: frame.indent, numbers: new Map() }
    stack.push(frame)
  }
  return frame
}

function addItem(frame: Frame, node: Node, index: number): Frame {
  const indent = amount(node, 'indent')
  const ordered = node.attrs['kind'] === 'ordered'
  const next = (frame.numbers.get(indent) ?? 0) + 1
  const start: unknown = ordered ? node.attrs['start'] : null
  const number = typeof start === 'number' ? start : Math.min(next, 999_999_999)
  const restarts = number !== next
  if (ordered) frame.numbers.set(indent, number)

  const item: Item = { node, index, number, restarts, pieces: [] }
  const last = frame.pieces.at(-1)
  if (last?.kind === 'list' && last.ordered === ordered && last.indent === indent && !(ordered && restarts))
    last.items.push(item)
  else frame.pieces.push({ kind: 'list', ordered, indent, extra: indent - frame.indent - 1, items: [item] })
  return { pieces: item.pieces, isQuote: false, quotes: frame.quotes, indent, numbers: new Map() }
}

function amount(node: Node, name: 'indent' | 'quote'): number {
  const value: unknown = node.attrs[name]
  return typeof value === 'number' ? value : 0
}
