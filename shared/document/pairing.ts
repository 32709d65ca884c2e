import type { Node } from 'prosemirror-model'
import { align, type Match, uncrossed } from './align.ts'
import { alike, fingerprint, similarity, weight } from './fingerprint.ts'
import { schema } from './schema.ts'

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

/** Which columns of two tables belong together; nothing where cells span and there are no plain columns. */
export function columnsOf(a: Node, b: Node): Match[] | undefined {
  const [ours, theirs] = [columnNodes(a), columnNodes(b)]
  if (!ours || !theirs) return undefined
  const heads = (columns: Node[]) => columns.map((column, index) => column.firstChild?.textContent || `\0${index}`)
  const anchors = align(heads(ours), heads(theirs))
  const pairs: Match[] = []
  let [i, j] = [0, 0]
  for (const anchor of [...anchors, [ours.length, theirs.length] as const]) {
    const [left, right] = [ours.slice(i, anchor[0]), theirs.slice(j, anchor[1])]
    const inGap: Match[] = left.length === right.length ? left.map((_, at) => [at, at]) : similar(left, right)
    for (const [x, y] of inGap) pairs.push([i + x, j + y])
    if (anchor[0] < ours.length) pairs.push(anchor)
    i = anchor[0] + 1
    j = anchor[1] + 1
  }
  return pairs
}

const same = (a: Node, b: Node) => a === b || fingerprint(a) === fingerprint(b)

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

/** Above this many comparisons in one gap only nodes at about the same height are compared. */
const affordable = 4000

/** The best pairing of similar nodes that keeps their order. */
function similar(a: readonly Node[], b: readonly Node[]): Match[] {
  if (a.length === 0 || b.length === 0) return []
  const reach = Math.max(2, Math.floor(affordable / (2 * a.length)))
  const width = b.length + 1
  if ((a.length + 1) * width > 16_000_000) return []
  const scores = new Float32Array(a.length * b.length)
  const table = new Float32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    const middle = Math.round((i * b.length) / a.length)
    for (let j = b.length - 1; j >= 0; j--) {
      const [left, right] = [a[i], b[j]]
      const near = a.length * b.length <= affordable || Math.abs(j - middle) <= reach
      const score = near && left && right ? similarity(left, right) : 0
      scores[i * b.length + j] = score
      const skip = Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0)
      const take = score >= alike ? score + (table[(i + 1) * width + j + 1] ?? 0) : 0
      table[i * width + j] = Math.max(skip, take)
    }
  }
  const pairs: Match[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    const here = table[i * width + j] ?? 0
    if (here === (table[(i + 1) * width + j] ?? 0)) i++
    else if (here === (table[i * width + j + 1] ?? 0)) j++
    else pairs.push([i++, j++])
  }
  return pairs
}

/** Shorter blocks than this repeat by chance; they are told as removed and inserted. */
const worthFollowing = 12
/** Blocks that changed may only cross others if they are as alike as this. */
const surelyAlike = 0.5

/**
 * Equal blocks in order are not everything: when one long paragraph climbs past three that were retouched, it is the
 * one that moved. So all pairs are collected, and of those that cross, the heaviest stay where they are.
 */
function withMoves(
  a: Node,
  b: Node,
  inOrder: readonly Match[],
): { pairs: readonly Match[]; moved: Map<number, number> } {
  const [keptA, keptB] = [new Set(inOrder.map(pair => pair[0])), new Set(inOrder.map(pair => pair[1]))]
  const indices = (node: Node, kept: Set<number>) => [...node.children.keys()].filter(index => !kept.has(index))
  const [goneA, newB] = [indices(a, keptA), indices(b, keptB)]
  if (goneA.length === 0 || newB.length === 0) return { pairs: inOrder, moved: new Map() }
  const crossing = [...equalPairs(a, b, goneA, newB)]
  const [takenA, takenB] = [new Set(crossing.map(pair => pair[0])), new Set(crossing.map(pair => pair[1]))]
  const [restA, restB] = [goneA.filter(index => !takenA.has(index)), newB.filter(index => !takenB.has(index))]
  crossing.push(...alikePairs(a, b, restA, restB))
  if (crossing.length === 0) return { pairs: inOrder, moved: new Map() }
  const all = [...inOrder, ...crossing]
  const worth = new Map(
    all.map(([i, j]) => [
      i,
      weight(a.child(i)) * (same(a.child(i), b.child(j)) ? 1 : similarity(a.child(i), b.child(j))),
    ]),
  )
  const pairs = uncrossed(all, at => worth.get(at) ?? 0)
  const stay = new Set(pairs.map(pair => pair[0]))
  return { pairs, moved: new Map(all.filter(([i, j]) => !stay.has(i) && isWorthFollowing(a.child(i)))) }
}

const isWorthFollowing = (node: Node) => node.isLeaf || node.content.size >= worthFollowing

function equalPairs(a: Node, b: Node, goneA: readonly number[], newB: readonly number[]): Match[] {
  const places = new Map<string, number[]>()
  for (const index of newB) {
    const key = fingerprint(b.child(index))
    places.set(key, [...(places.get(key) ?? []), index])
  }
  return goneA.flatMap((index): Match[] => {
    const node = a.child(index)
    const to = isWorthFollowing(node) ? places.get(fingerprint(node))?.shift() : undefined
    return to === undefined ? [] : [[index, to]]
  })
}

/** Each old block with the new one it is most like, wherever that stands, the surest first. */
function alikePairs(a: Node, b: Node, goneA: readonly number[], newB: readonly number[]): Match[] {
  if (goneA.length * newB.length > affordable) return []
  const scored = goneA
    .flatMap(i => newB.map(j => ({ i, j, score: similarity(a.child(i), b.child(j)) })))
    .filter(({ score }) => score >= surelyAlike)
    .sort((one, other) => other.score - one.score)
  const [usedA, usedB] = [new Set<number>(), new Set<number>()]
  return scored.flatMap(({ i, j }): Match[] => {
    if (usedA.has(i) || usedB.has(j)) return []
    usedA.add(i)
    usedB.add(j)
    return [[i, j]]
  })
}

function columnNodes(table: Node): Node[] | undefined {
  const columns: Node[][] = []
  for (const row of table.children) {
    for (const [index, cell] of row.children.entries()) {
      if (cell.attrs['colspan'] !== 1 || cell.attrs['rowspan'] !== 1) return undefined
      const column = columns[index]
      if (column) column.push(cell)
      else columns[index] = [cell]
    }
  }
  return columns.map(cells => schema.node('row', null, cells))
}
