import { diffArrays } from 'diff'
import type { Node } from 'prosemirror-model'
import { type Change, type LineChange, sizeOf, textBlocks } from '../../shared/document/changes.ts'
import { cut, flatten } from '../../shared/document/inline.ts'

export type Tokenise = (text: string) => string[]
type Size = { inserted: number; removed: number }

/** Fewer identical words than this do not make a move free: it counts as gone and come again. */
const carried = 12

/** How many words a difference inserts and removes. */
export function diffSize(changes: readonly Change[], a: Node, tokenise: Tokenise): number {
  const { inserted, removed } = childrenSize(changes, a, nodes => tokenise(textOf(nodes)).length)
  return inserted + removed
}

/** The same of a word diff of the plain text, which knows nothing of blocks. */
export function wordDiffSize(a: Node, b: Node, tokenise: Tokenise): number {
  const [x, y] = [tokenise(textOf([a])), tokenise(textOf([b]))]
  // What is the same at the beginning and the end is in a shortest word diff of theirs, too.
  let [start, end] = [0, 0]
  while (start < Math.min(x.length, y.length) && x[start] === y[start]) start++
  while (end < Math.min(x.length, y.length) - start && x.at(-1 - end) === y.at(-1 - end)) end++
  const parts = diffArrays(x.slice(start, x.length - end), y.slice(start, y.length - end))
  return parts.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0)
}

/** A line a block; inline nodes part words. */
export const textOf = (nodes: readonly Node[]): string =>
  nodes
    .map(node => {
      if (node.isText) return node.text ?? ''
      const inside = textOf(node.children)
      return node.isInline ? ` ${inside} ` : `\n${inside}\n`
    })
    .join('')

type Count = (nodes: readonly Node[]) => number

function childrenSize(changes: readonly Change[], a: Node, count: Count): Size {
  const elsewhere = new Set(
    changes.flatMap(change => (change.kind === 'move' ? [change.from] : change.kind === 'recast' ? change.from : [])),
  )
  const size: Size = { inserted: 0, removed: 0 }
  let at = 0
  for (const change of changes) {
    if (change.kind === 'keep') at += change.count
    else if (change.kind === 'insert') size.inserted += count(change.nodes)
    else if (change.kind === 'remove') {
      for (const end = at + change.count; at < end; at++) if (!elsewhere.has(at)) size.removed += count([a.child(at)])
    } else if (change.kind === 'recast') {
      const lines = change.from.flatMap(index => textBlocks(a.child(index)))
      add(size, linesSize(change.lines.flat(), lines, count))
    } else {
      const node = a.child(change.kind === 'move' ? change.from : at++)
      const inside = node.inlineContent
        ? linesSize(change.inline, [node], count)
        : childrenSize(change.content, node, count)
      add(size, inside)
      const identical = count([node]) - inside.removed
      if (change.kind === 'move' && identical < carried) add(size, { inserted: identical, removed: identical })
    }
  }
  return size
}

function linesSize(changes: readonly LineChange[], lines: readonly Node[], count: Count): Size {
  const size: Size = { inserted: 0, removed: 0 }
  let [line, at] = [0, 0]
  for (const change of changes) {
    const from = at
    at += sizeOf(change)
    const gone = () => cut(flatten(lines[line] ?? fail()), from, at)
    if (change.kind === 'insert') size.inserted += count(change.nodes)
    else if (change.kind === 'remove') size.removed += count(gone())
    else if (change.kind === 'within') add(size, linesSize(change.inline, gone(), count))
    else if (change.kind === 'end') {
      line++
      at = 0
    }
  }
  return size
}

function add(size: Size, more: Size) {
  size.inserted += more.inserted
  size.removed += more.removed
}

function fail(): never {
  throw new Error('A difference reads more lines than there are.')
}
