import type { Node } from 'prosemirror-model'
import { type Match, uncrossed } from './align.ts'
import { fingerprint, same, similarity, weight } from './fingerprint.ts'
import { affordable } from './similar.ts'

/** Shorter blocks than this repeat by chance; they are told as removed and inserted. */
const worthFollowing = 12
/** Blocks that changed may only cross others if they are as alike as this. */
const surelyAlike = 0.5

/**
 * Equal blocks in order are not everything: when one long paragraph climbs past three that were retouched, it is the
 * one that moved. So all pairs are collected, and of those that cross, the heaviest stay where they are.
 */
export function withMoves(
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
  return { pairs, moved: new Map(all.filter(([i]) => !stay.has(i) && isWorthFollowing(a.child(i)))) }
}

export const isWorthFollowing = (node: Node) => node.isLeaf || node.content.size >= worthFollowing

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
