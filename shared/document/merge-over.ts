import { Fragment, type Node } from 'prosemirror-model'
import { type Conflict, merge } from './merge.ts'

/** Merges so that `theirs` wins as it stands: blocks of `ours` that are in its way go back to what they were first. */
export function mergeOver(base: Node, ours: Node, theirs: Node, conflicts: readonly Conflict[]): Node {
  const before = new Map<Node, Node>()
  for (const conflict of conflicts) if (conflict.ours && conflict.base) before.set(conflict.ours, conflict.base)
  return merge(base, replaced(ours, before), theirs, 'theirs').document
}

function replaced(node: Node, by: ReadonlyMap<Node, Node>): Node {
  const found = by.get(node)
  if (found) return found
  return node.isLeaf ? node : node.copy(Fragment.fromArray(node.children.map(child => replaced(child, by))))
}
