import { Fragment, type Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import type { Attributes, Change, Inside } from './changes.ts'
import { diffInline } from './diff-inline.ts'
import { columnsOf, type Step, steps } from './pairing.ts'
import { type Grouped, regrouped } from './recast.ts'
import { recastLines } from './recast-lines.ts'

export { apply, changesFrom, type Change } from './changes.ts'

/**
 * How document `a` became document `b`, in about as few words as that can be told; nothing if they are equal.
 * `apply(diff(a, b), a)` equals `b`.
 *
 * Blocks that are equal and unique are paired as in Bram Cohen's patience diff, others between them by likeness in an
 * alignment after Needleman and Wunsch; of pairs that cross, the heaviest increasing subsequence stays and the others are
 * moves. Where blocks were parted, joined or made into others, the longest common subsequence of their words tells which.
 * In a line, words are matched by their heaviest common subsequence. `known` are the steps from one to the other.
 */
export function diff(a: Node, b: Node, known = steps(a, b)): Change[] {
  return found(a, b, asShortAsCanBe, known)
}

/** The same with every block told by itself: none is made of another, as a live draft has no such edit. */
export function diffByBlocks(a: Node, b: Node): Change[] {
  return found(a, b, given => given, steps(a, b))
}

type Tell = (steps: readonly Step[], a: Node, b: Node) => readonly Grouped[]

/** Fewer words in common than this part of the smaller of two blocks are there by chance. */
const asShortAsCanBe: Tell = (given, a, b) => regrouped(a, b, given, 0.1)

function found(a: Node, b: Node, tell: Tell, known: readonly Step[]): Change[] {
  const changes = stepChanges(a, b, tell, known)
  return changes.every(change => change.kind === 'keep') ? [] : changes
}

const childChanges = (a: Node, b: Node, tell: Tell, columns: readonly Match[] | undefined) =>
  stepChanges(a, b, tell, steps(a, b, columns))

function stepChanges(a: Node, b: Node, tell: Tell, known: readonly Step[]): Change[] {
  const found: Change[] = []
  const inside = a.type.name === 'table' ? columnsOf(a, b) : undefined
  const changed = (step: { a: number; b: number }) => insideOf(a.child(step.a), b.child(step.b), tell, inside)
  for (const step of tell(known, a, b)) {
    if (step.kind === 'keep') push(found, { kind: 'keep', count: 1 })
    else if (step.kind === 'insert') push(found, { kind: 'insert', nodes: [b.child(step.b)] })
    else if (step.kind === 'change') push(found, { kind: 'change', ...changed(step) })
    else if (step.kind === 'arrive') push(found, { kind: 'move', from: step.a, ...changed(step) })
    else if (step.kind === 'recast') push(found, recastOf(a, b, step))
    else push(found, { kind: 'remove', count: 1 })
  }
  return found
}

function recastOf(a: Node, b: Node, { from, to }: { from: readonly number[]; to: readonly number[] }): Change {
  const [was, is] = [from.map(at => a.child(at)), to.map(at => b.child(at))]
  return { kind: 'recast', from: [...from], shape: is.map(emptied), lines: recastLines(was, is) }
}

const emptied = (node: Node): Node =>
  node.copy(node.inlineContent ? Fragment.empty : Fragment.from(node.children.map(emptied)))

function insideOf(a: Node, b: Node, tell: Tell, columns: readonly Match[] | undefined): Inside {
  const attrs = changedAttributes(a, b)
  if (a.content.eq(b.content)) return { attrs, content: [], inline: [] }
  if (a.inlineContent) return { attrs, content: [], inline: diffInline(a, b) }
  return { attrs, content: childChanges(a, b, tell, columns), inline: [] }
}

/** The attributes that differ, with their new values. */
export function changedAttributes(a: Node, b: Node): Attributes {
  const changed: Attributes = {}
  for (const name of Object.keys(b.attrs))
    if (JSON.stringify(a.attrs[name]) !== JSON.stringify(b.attrs[name])) changed[name] = b.attrs[name]
  return changed
}

function push(changes: Change[], next: Change) {
  const last = changes.at(-1)
  if (last?.kind === 'keep' && next.kind === 'keep') last.count += next.count
  else if (last?.kind === 'remove' && next.kind === 'remove') last.count += next.count
  else if (last?.kind === 'insert' && next.kind === 'insert') last.nodes.push(...next.nodes)
  else changes.push(next)
}
