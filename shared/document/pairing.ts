import type { Node } from 'prosemirror-model'
import { align, type Match, uncrossed } from './align.ts'
import { fingerprint, same, weight } from './fingerprint.ts'
import { isWorthFollowing, withMoves } from './moves.ts'
import { affordable, similar } from './similar.ts'

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
  const isKept = (i: number, j: number) => i < start || i >= a.childCount - end || same(a.child(i), b.child(j))
  const { pairs, moved } = columns ? { pairs: inOrder, moved: new Map<number, number>() } : withMoves(a, b, inOrder)
  return inReadingOrder(pairs, moved, [a.childCount, b.childCount], isKept)
}

/** The steps that pairs in order, and others that crossed them, are. */
export function inReadingOrder(
  pairs: readonly Match[],
  moved: ReadonlyMap<number, number>,
  [countA, countB]: Match,
  isKept: (a: number, b: number) => boolean,
): Step[] {
  const from = new Map([...moved].map(([left, right]) => [right, left]))
  const found: Step[] = []
  let [i, j] = [0, 0]
  for (const [toA, toB] of [...pairs, [countA, countB] as const]) {
    for (; i < toA; i++) {
      const to = moved.get(i)
      found.push(to === undefined ? { kind: 'remove', a: i } : { kind: 'leave', a: i, b: to })
    }
    for (; j < toB; j++) {
      const origin = from.get(j)
      found.push(origin === undefined ? { kind: 'insert', b: j } : { kind: 'arrive', a: origin, b: j })
    }
    if (i < countA && j < countB) found.push({ kind: isKept(i, j) ? 'keep' : 'change', a: i++, b: j++ })
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
  for (const [x, y] of pairsBetween(ours, theirs)) pairs.push([start + x, start + y])
  for (let left = end; left > 0; left--) pairs.push([a.childCount - left, b.childCount - left])
  return pairs
}

type Nodes = readonly Node[]

function pairsBetween(a: Nodes, b: Nodes): Match[] {
  const once = onlyPairs(a, b)
  const inOrder = uncrossed(once, weightIn(a))
  const staying = new Set(inOrder.map(([at]) => at))
  // What stands elsewhere now, word for word, has not become something that is only like it.
  const elsewhere = new Set<Node>()
  for (const [i, j] of once)
    for (const node of [a[i], b[j]]) if (node && !staying.has(i) && isWorthFollowing(node)) elsewhere.add(node)
  const alike = (x: Nodes, y: Nodes) => similar(x, y, elsewhere)
  return filled(a, b, inOrder, (x, y) =>
    x.length * y.length <= affordable ? alike(x, y) : filled(x, y, equal(x, y), alike),
  )
}

/** Pairs, with those in the gaps between them. */
function filled(a: Nodes, b: Nodes, pairs: readonly Match[], between: (a: Nodes, b: Nodes) => Match[]): Match[] {
  const found: Match[] = []
  let [i, j] = [0, 0]
  for (const [toA, toB] of [...pairs, [a.length, b.length] as const]) {
    for (const [x, y] of between(a.slice(i, toA), b.slice(j, toB))) found.push([i + x, j + y])
    if (toA < a.length) found.push([toA, toB])
    i = toA + 1
    j = toB + 1
  }
  return found
}

const equal = (a: Nodes, b: Nodes) => align(a.map(fingerprint), b.map(fingerprint), weightIn(a))

const weightIn = (nodes: Nodes) => (at: number) => (nodes[at] ? weight(nodes[at]) : 0)

/**
 * Equal nodes of which there is only one on either side. Of several any may be the one that stays; which it is shows from
 * what stands around them.
 */
function onlyPairs(a: Nodes, b: Nodes): Match[] {
  const [placesA, placesB] = [placesOnce(a), placesOnce(b)]
  return [...placesA].flatMap(([key, i]): Match[] => {
    const j = placesB.get(key)
    return j === undefined ? [] : [[i, j]]
  })
}

/** Where each of the nodes stands of which there is only one. */
function placesOnce(nodes: Nodes): Map<string, number> {
  const [places, repeated] = [new Map<string, number>(), new Set<string>()]
  for (const [at, node] of nodes.entries()) {
    const key = fingerprint(node)
    if (places.has(key)) repeated.add(key)
    places.set(key, at)
  }
  for (const key of repeated) places.delete(key)
  return places
}

/** How many children two nodes share at their beginning and, beyond those, at their end. */
export function equalEnds(a: Node, b: Node): [start: number, end: number] {
  const most = Math.min(a.childCount, b.childCount)
  let [start, end] = [0, 0]
  while (start < most && a.child(start).eq(b.child(start))) start++
  while (end < most - start && a.child(a.childCount - 1 - end).eq(b.child(b.childCount - 1 - end))) end++
  return [start, end]
}
