import { Fragment, type Node } from 'prosemirror-model'
import { equalEnds } from './pairing.ts'

/**
 * The same document, made of the very blocks of another where both begin or end with equal ones: to compare those costs
 * nothing any more, and what was found out of them is known.
 */
export function sharing(document: Node, other: Node): Node {
  const [start, end] = equalEnds(document, other)
  if (start === document.childCount && start === other.childCount) return other
  const [before, after] = [other.children.slice(0, start), other.children.slice(other.childCount - end)]
  const between = document.children.slice(start, document.childCount - end)
  return document.copy(Fragment.fromArray([...before, ...between, ...after]))
}
