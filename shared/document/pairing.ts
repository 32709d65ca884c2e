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
  // Most edits of a long text leave its beginning and its end alone; comparing those once is all that they cost.
  const [start, end] = columns ? [0, 0] : equalEnds(a, b)
  const inOrder = columns ? columns.filter(match => sameCell(a, b, match)) : pairsOf(a, b, start, end)
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
    if (i < a.childCount && j < b.childCount) {
      const isKept = i < start || i >= a.childCount - end || same(a.child(i), b.child(j))
      found.push({ kind: isKept ? 'keep' : 'change', a: i++, b: j++ })
    }
  }
  return found
}

function sameCell(a: Node, b: Node, [i, j]: Match): boolean {
  return i < a.childCount && j < b.childCount && a.child(i).type === b.child(j).type
}

function pairsOf(a: Node, b: Node, start: number, end: number): Match[] {
  const ours = a.children.slice(start, a.childCount - end)
  const theirs = b.children.slice(start, b.childCount - end)
  const pairs: Match[] = Array.from({ length: start }, (_, at) => [at, at])
  const anchors = align(ours.map(fingerprint), theirs.map(fingerprint), at => weight(a.child(start + at)))
  let [i, j] = [0, 0]
  for (const anchor of [...anchors, [ours.length, theirs.length] as const]) {
    const gap = similar(ours.slice(i, anchor[0]), theirs.slice(j, anchor[1]))
    for (const [x, y] of gap) pairs.push([start + i + x, start + j + y])
    if (anchor[0] < ours.length) pairs.push([start + anchor[0], start + anchor[1]])
    i = anchor[0] + 1
    j = anchor[1] + 1
  }
  for (let left = end; left > 0; left--) pairs.push([a.childCount - left, b.childCount - left])
  return pairs
}

/** How many children two nodes share at their beginning and, beyond those, at their end. */
export function equalEnds(a: Node, b: Node): [start: number, end: number] {
  const most = Math.min(a.childCount, b.childCount)
  let [start, end] = [0, 0]
  while (start < most && a.child(start).eq(b.child(start))) start++
  while (end < most - start && a.child(a.childCount - 1 - end).eq(b.child(b.childCount - 1 - end))) end++
  return [start, end]
}
