import type * as Y from 'yjs'
import { type Fault, InvalidDraft, membersOf, nodeOf } from './live.ts'
import { isElement, typeOf } from './live-types.ts'

/**
 * Moves a block up (-1) or down (1) past its neighbour, in a live draft. Yjs cannot move: one of the two is written
 * anew, and what a colleague types in that one meanwhile becomes an orphan. So it is the shorter of the two, and the
 * neighbour where they are alike; an empty line gives way to any text. Answers whether there was a neighbour.
 *
 * An editor must call this instead of moving nodes in its own state: y-prosemirror would write the text of each into
 * the other.
 */
export function moveBlock(parent: Y.XmlFragment, index: number, by: -1 | 1, origin?: unknown): boolean {
  const blocks = membersOf(parent).filter(member => isElement(member))
  const [block, neighbour] = [blocks[index], blocks[index + by]]
  if (!block || !neighbour) return false
  const [node, other] = [nodeIn(block), nodeIn(neighbour)]
  const move = () => {
    const [mover, copy] = other.content.size <= node.content.size ? [neighbour, typeOf(other)] : [block, typeOf(node)]
    const stays = mover === block ? neighbour : block
    const members = membersOf(parent)
    const goesDown = members.indexOf(mover) < members.indexOf(stays)
    parent.insert(members.indexOf(stays) + (goesDown ? 1 : 0), [copy])
    parent.delete(membersOf(parent).indexOf(mover), 1)
  }
  if (parent.doc) parent.doc.transact(move, origin)
  else move()
  return true
}

function nodeIn(element: Y.XmlElement) {
  const faults: Fault[] = []
  const node = nodeOf(element, faults, 0)
  if (!node) throw new InvalidDraft(faults)
  return node
}
