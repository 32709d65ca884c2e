/**
 * A difference laid out for reading: the new document block by block, the removed ones where they were, and in changed
 * lines the words that came and went. What renders it needs no knowledge of how it was found.
 */
import type { Mark, Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import type { InlineChange } from './changes.ts'
import { sizeOf } from './changes.ts'
import { changedAttributes } from './diff.ts'
import { diffInline } from './diff-inline.ts'
import { cut, flatten } from './inline.ts'
import { columnsOf, steps } from './pairing.ts'

export type ComparedBlock = {
  /** `moved` stands at its new place, and may have changed on the way; `restyled` has the same words, but other attributes or formatting. */
  status: 'kept' | 'inserted' | 'removed' | 'moved' | 'changed' | 'restyled'
  /** As it is now; of a removed one, as it was. */
  node: Node
  /** As it was, if it is still there and differs. */
  was: Node | undefined
  /** Which child of its parent it was and is now; undefined where it did not stand or stands no more. */
  from: number | undefined
  to: number | undefined
  /** The names of the attributes that differ. */
  attributes: string[]
  /** The words of a line, caption or code block that differs. */
  segments: Segment[]
  /** The rows of a table that differs, their cells, the blocks inside a cell, callout or details. */
  children: ComparedBlock[]
}

export type Segment = {
  status: 'kept' | 'inserted' | 'removed' | 'reformatted' | 'changed'
  /** Text and inline nodes, with their marks as they are now. */
  nodes: Node[]
  /** The marks that reformatted words had before. */
  was: readonly Mark[]
  /** What changed inside a footnote. */
  segments: Segment[]
}

/** Both documents as one sequence of blocks, in the order in which they are read now. */
export const comparison = (a: Node, b: Node): ComparedBlock[] => compareChildren(a, b)

/** How many words' characters came and went: what the history shows beside a revision. */
export function changedSizes(blocks: readonly ComparedBlock[]): { inserted: number; removed: number } {
  const sum = { inserted: 0, removed: 0 }
  const add = (status: string, size: number) => {
    if (status === 'inserted' || status === 'removed') sum[status] += size
  }
  const addSegments = (segments: readonly Segment[]) => {
    for (const { status, nodes, segments: inner } of segments) {
      add(
        status,
        nodes.reduce((size, node) => size + (node.text ?? node.textContent).length, 0),
      )
      addSegments(inner)
    }
  }
  for (const block of blocks) {
    add(block.status, block.node.textContent.length)
    addSegments(block.segments)
    const inner = changedSizes(block.children)
    sum.inserted += inner.inserted
    sum.removed += inner.removed
  }
  return sum
}

function compareChildren(a: Node, b: Node, columns?: readonly Match[]): ComparedBlock[] {
  const inside = a.type.name === 'table' ? columnsOf(a, b) : undefined
  return steps(a, b, columns).flatMap((step): ComparedBlock[] => {
    if (step.kind === 'leave') return []
    if (step.kind === 'remove') return [{ ...whole('removed', a.child(step.a)), from: step.a }]
    if (step.kind === 'insert') return [{ ...whole('inserted', b.child(step.b)), to: step.b }]
    const places = { from: step.a, to: step.b }
    if (step.kind === 'change') return [{ ...compareBlock(a.child(step.a), b.child(step.b), inside), ...places }]
    if (step.kind === 'keep') return [{ ...whole('kept', b.child(step.b)), ...places }]
    return [{ ...compareBlock(a.child(step.a), b.child(step.b), inside), ...places, status: 'moved' }]
  })
}

function whole(status: ComparedBlock['status'], node: Node): ComparedBlock {
  return { status, node, was: undefined, from: undefined, to: undefined, attributes: [], segments: [], children: [] }
}

function compareBlock(a: Node, b: Node, columns: readonly Match[] | undefined): ComparedBlock {
  if (a.eq(b)) return whole('kept', b)
  const same = a.content.eq(b.content)
  const segments = !same && b.inlineContent ? segmentsOf(diffInline(a, b), a, b) : []
  const children = !same && !b.inlineContent ? compareChildren(a, b, columns) : []
  const words = segments.some(segment => !['kept', 'reformatted'].includes(segment.status))
  const status = words || children.length > 0 ? 'changed' : 'restyled'
  return { ...whole(status, b), was: a, attributes: Object.keys(changedAttributes(a, b)), segments, children }
}

function segmentsOf(changes: readonly InlineChange[], a: Node, b: Node): Segment[] {
  let [from, to] = [0, 0]
  return changes.map((change): Segment => {
    const [was, now] = [from, to]
    from += sizeOf(change)
    to += change.kind === 'insert' ? lengthOf(change.nodes) : change.kind === 'remove' ? 0 : sizeOf(change)
    if (change.kind === 'remove') return segment('removed', cut(flatten(a), was, from))
    if (change.kind === 'insert') return segment('inserted', change.nodes)
    const nodes = cut(flatten(b), now, to)
    if (change.kind === 'restyle') return { ...segment('reformatted', nodes), was: change.was }
    if (change.kind === 'keep') return segment('kept', nodes)
    const [old, inner] = [cut(flatten(a), was, from)[0], nodes[0]]
    return { ...segment('changed', nodes), segments: old && inner ? segmentsOf(change.inline, old, inner) : [] }
  })
}

const segment = (status: Segment['status'], nodes: Node[]): Segment => ({ status, nodes, was: [], segments: [] })

const lengthOf = (nodes: readonly Node[]) => nodes.reduce((sum, node) => sum + (node.text?.length ?? 1), 0)
