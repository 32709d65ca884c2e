/**
 * A document laid out as one row of units: every UTF-16 unit of its text and every inline node, in reading order, what
 * is inside a footnote behind the footnote itself. Who wrote what is told in runs of units.
 */
import type { Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import type { InlineChange, LineChange } from './changes.ts'
import { diffInline } from './diff-inline.ts'
import { placeholder } from './inline.ts'
import { columnsOf, steps } from './pairing.ts'
import { legibly } from './recast.ts'
import { recastLines } from './recast-lines.ts'
import { sharedEnds } from './words.ts'

const sizes = new WeakMap<Node, number>()

export function unitsIn(node: Node): number {
  if (node.isText) return node.text?.length ?? 0
  const known = sizes.get(node)
  if (known !== undefined) return known
  const size = node.children.reduce((sum, child) => sum + unitsIn(child), node.isInline ? 1 : 0)
  sizes.set(node, size)
  return size
}

/** The text of the units, inline nodes as a placeholder. */
export function unitText(node: Node): string {
  if (node.isText) return node.text ?? ''
  let text = node.isInline ? placeholder : ''
  for (const child of node.children) text += unitText(child)
  return text
}

/** For every unit of `b` the unit of `a` that it was, wherever that stood, or -1 if it is new. */
export function keptUnits(a: Node, b: Node): Int32Array {
  const kept = new Int32Array(unitsIn(b)).fill(-1)
  walk(a, 0, b, 0, kept)
  acrossBlocks(unitText(a), unitText(b), kept)
  return kept
}

/**
 * Enter and Backspace carry words into another block, where a comparison of blocks takes them for new. Here the blocks
 * do not count: new words that are the ones which stood at this place stay kept.
 */
function acrossBlocks(a: string, b: string, kept: Int32Array) {
  const used = new Uint8Array(a.length + 1)
  for (const unit of kept) if (unit >= 0) used[unit] = 1
  for (let from = kept.indexOf(-1); from >= 0;) {
    let to = from
    while (to < kept.length && kept[to] === -1) to++
    const [first, end] = [from === 0 ? 0 : (kept[from - 1] ?? 0) + 1, kept[to] ?? a.length]
    const gone = used.indexOf(1, first)
    if (end > first && (gone < 0 || gone >= end)) {
      const [was, is] = [a.slice(first, end), b.slice(from, to)]
      const [start, rest] = sharedEnds(was, is)
      const whole = start + rest === Math.min(was.length, is.length)
      const clean = was.length === is.length || (isEdge(is, start) && isEdge(is, is.length - rest))
      if (whole && clean) {
        copy(kept, first, from, start)
        copy(kept, end - rest, to - rest, rest)
      }
    }
    from = kept.indexOf(-1, to)
  }
}

const letter = /[\p{L}\p{N}\p{M}]/u
const isEdge = (text: string, at: number) => !letter.test(text[at - 1] ?? '') || !letter.test(text[at] ?? '')

function walk(a: Node, startA: number, b: Node, startB: number, kept: Int32Array, columns?: readonly Match[]) {
  const [inA, inB] = [starts(a, startA), starts(b, startB)]
  const inside = a.type.name === 'table' ? columnsOf(a, b) : undefined
  for (const step of legibly(a, b, steps(a, b, columns))) {
    if (step.kind === 'recast') walkLines(a, inA, b, inB, step, kept)
    if (step.kind !== 'keep' && step.kind !== 'change' && step.kind !== 'arrive') continue
    const [from, to] = [inA[step.a] ?? 0, inB[step.b] ?? 0]
    const [was, is] = [a.child(step.a), b.child(step.b)]
    if (was.eq(is)) copy(kept, from, to, unitsIn(is))
    else if (was.inlineContent) walkInline(diffInline(was, is), was, from, is, to, kept)
    else walk(was, from, is, to, kept, inside)
  }
}

function walkLines(
  a: Node,
  startsA: readonly number[],
  b: Node,
  startsB: readonly number[],
  { from, to }: { from: readonly number[]; to: readonly number[] },
  kept: Int32Array,
) {
  const places = (parent: Node, starts: readonly number[], indices: readonly number[]) =>
    indices.flatMap(index => linesIn(parent.child(index), starts[index] ?? 0))
  const [was, is] = [places(a, startsA, from), places(b, startsB, to)]
  const nodes = (parent: Node, indices: readonly number[]) => indices.map(index => parent.child(index))
  const readers = was.map(({ node, start }) => reader(node, start))
  for (const [index, line] of recastLines(nodes(a, from), nodes(b, to)).entries()) {
    const [right, ends] = [is[index], line.filter(change => change.kind === 'end').length]
    if (right) walkChanges(line, readers, reader(right.node, right.start), kept)
    readers.splice(0, ends)
  }
}

function linesIn(node: Node, start: number): { node: Node; start: number }[] {
  if (node.inlineContent) return [{ node, start }]
  const inside = starts(node, start)
  return node.children.flatMap((child, index) => linesIn(child, inside[index] ?? start))
}

function walkInline(
  changes: readonly InlineChange[],
  a: Node,
  startA: number,
  b: Node,
  startB: number,
  kept: Int32Array,
) {
  walkChanges(changes, [reader(a, startA)], reader(b, startB), kept)
}

function walkChanges(changes: readonly LineChange[], olds: readonly Reader[], right: Reader, kept: Int32Array) {
  let old = 0
  for (const change of changes) {
    const left = olds[old]
    if (!left) return
    if (change.kind === 'end') old++
    else if (change.kind === 'insert') right.pass(change.nodes.reduce((sum, node) => sum + (node.text?.length ?? 1), 0))
    else if (change.kind === 'remove') left.pass(change.size)
    else if (change.kind === 'within') {
      const [was, is, from, to] = [left.node(), right.node(), left.at(), right.at()]
      left.pass(1)
      right.pass(1)
      copy(kept, from, to, 1)
      if (was && is) walkInline(change.inline, was, from + 1, is, to + 1, kept)
    } else {
      const [from, to] = [left.at(), right.at()]
      left.pass(change.size)
      right.pass(change.size)
      copy(kept, from, to, right.at() - to)
    }
  }
}

/** Walks over the inside of a line, where changes count a footnote once, and tells the place among the units. */
type Reader = ReturnType<typeof reader>

function reader(node: Node, start: number) {
  let [unit, index, offset] = [start, 0, 0]
  return {
    at: () => unit,
    node: () => node.maybeChild(index),
    pass(size: number) {
      let left = size
      for (let child = node.maybeChild(index); child && left > 0; child = node.maybeChild(index)) {
        const length = child.isText ? (child.text?.length ?? 0) : 1
        const passed = Math.min(left, length - offset)
        unit += child.isText ? passed : unitsIn(child)
        left -= passed
        offset += passed
        if (offset < length) return
        index++
        offset = 0
      }
    },
  }
}

function starts(node: Node, start: number): number[] {
  const found: number[] = []
  let at = start
  for (const child of node.children) {
    found.push(at)
    at += unitsIn(child)
  }
  return found
}

function copy(kept: Int32Array, from: number, to: number, size: number) {
  for (let unit = 0; unit < size; unit++) kept[to + unit] = from + unit
}
