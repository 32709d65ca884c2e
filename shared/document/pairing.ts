import type { Node } from 'prosemirror-model'
import { align, type Match } from './align.ts'
import { fingerprint, same, weight } from './fingerprint.ts'
import { withMoves } from './moves.ts'
import { similar } from './similar.ts'

export { columnsOf } from './columns.ts'

/**
 * What happened to the children of a node, in reading order. `leave` and `arrive` are the two ends of a move; `remove`
 * stands before `insert` where something was put in something else's place.
 */
export type Step =
  | { kind: 'keep' | 'change' | 'leave' | 'arrive'; a: number; b: number }
  | { kind: 'remove'; a: number }
  | { kind: 'insert'; b: number }

/** Pairs the children of two nodes: equal ones first, then similar ones in the gaps, then equal ones that moved. */
export function steps(a: Node, b: Node, columns?: readonly Match[]): Step[] {
  const inOrder = columns ? columns.filter(match => sameCell(a, b, match)) : pairsOf(a, b)
  const { pairs, moved } = columns ? { pairs: inOrder, moved: new Map<number, number>() } : withMoves(a, b, inOrder)
  const from = new Map([...moved].map(([left, right]) => [right, left]))
  const found: Step[] = []
  let [i, j] = [0, 0]
  for (const [toA, toB] of [...pairs, [a.childCount, b.childCount] as const]) {
    for (; i < toA; i++) {
      const to = moved.get(i)
      found.push(to === undefined ? { kind: 'remove', a: i } : { kind: 'leave', a: i, b: to })
    }
    for (; j < toB; j++) {
      const origin = from.get(j)
      found.push(origin === undefined ? { kind: 'insert', b: j } : { kind: 'arrive', a: origin, b: j })
    }
    if (i < a.childCount && j < b.childCount)
      found.push({ kind: same(a.child(i), b.child(j)) ? 'keep' : 'change', a: i++, b: j++ })
  }
  return found
}

function sameCell(a: Node, b: Node, [i, j]: Match): boolean {
  return i < a.childCount && j < b.childCount && a.child(i).type === b.child(j).type
}

function pairsOf(a: Node, b: Node): Match[] {
  const anchors = align(a.children.map(fingerprint), b.children.map(fingerprint), at => weight(a.child(at)))
  const pairs: Match[] = []
  let [i, j] = [0, 0]
  for (const anchor of [...anchors, [a.childCount, b.childCount] as const]) {
    const gap = similar(a.children.slice(i, anchor[0]), b.children.slice(j, anchor[1]))
    for (const [x, y] of gap) pairs.push([i + x, j + y])
    if (anchor[0] < a.childCount) pairs.push(anchor)
    i = anchor[0] + 1
    j = anchor[1] + 1
  }
  return pairs
}
