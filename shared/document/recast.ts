/**
 * Words know no blocks: people part a paragraph, join two, set a quotation in a box, make a list of a paragraph. Blocks
 * are paired by what they say as wholes; where that leaves some over, this looks for the words of all of them together.
 */
import type { Node } from 'prosemirror-model'
import { same } from './fingerprint.ts'
import { tabled } from './lcs.ts'
import type { Step } from './pairing.ts'
import { type Link, linksOf, wordsIn } from './shared-words.ts'
import { cutAtPairs, isPair, nowOf, oldOf, stretchesOf } from './stretches.ts'

/** A `recast` stands where the new blocks `to` do, made of the old ones `from`; a `pass` where one of those did. */
export type Grouped =
  | Step
  | { kind: 'recast'; from: readonly number[]; to: readonly number[] }
  | { kind: 'pass'; a: number }

/**
 * The steps from one node's children to another's, with blocks that share words told together though they are no pair.
 * Two of them do if the part `least` of the words of the smaller one is in the other.
 */
export function regrouped(a: Node, b: Node, steps: readonly Step[], least: number): Grouped[] {
  const regroup = (stretch: readonly Step[], isWhole: boolean): readonly Grouped[] => {
    if (stretch.length === 1) return stretch
    // A caption is no text of the page: what is said in one and in a paragraph is said twice.
    const isTextOrNot = ({ i, j }: Link) => isFigure(a.child(i)) === isFigure(b.child(j))
    const [old, now] = [wordsIn(a, stretch.flatMap(oldOf)), wordsIn(b, stretch.flatMap(nowOf))]
    const size = old.keys.length * now.keys.length
    if (size === 0) return stretch
    // Of very long stretches it cannot be told for certain which words are the same; the pairs in them are a surer guide.
    if (size > tabled && isWhole) return cutAtPairs(stretch).flatMap(part => regroup(part, false))
    return told(a, b, stretch, groupsOf(stretch, linksOf(old, now, stretch, least).filter(isTextOrNot)))
  }
  return stretchesOf(a, steps).flatMap(stretch => regroup(stretch, true))
}

/** The same for readers: blocks count as made of others only if at least half of the words of either are in the other. */
export const legibly = (a: Node, b: Node, steps: readonly Step[]): Grouped[] => regrouped(a, b, steps, 0.5)

const isFigure = ({ type }: Node) => type.name === 'figure'

type Group = { from: number[]; to: number[] }

/** Blocks that share words, directly or through others; and pairs that are alike in something else than words. */
function groupsOf(steps: readonly Step[], links: readonly Link[]): Group[] {
  const groups: Group[] = []
  for (const { i, j } of links) {
    const last = groups.at(-1)
    if (last && (last.from.at(-1) === i || last.to.at(-1) === j)) {
      if (last.from.at(-1) !== i) last.from.push(i)
      if (last.to.at(-1) !== j) last.to.push(j)
    } else groups.push({ from: [i], to: [j] })
  }
  for (const pair of steps.filter(isPair)) fitIn(groups, pair)
  return groups
}

/** Adds a pair between the groups where it stands, if it crosses none of them. */
function fitIn(groups: Group[], { a: i, b: j }: { a: number; b: number }) {
  let [low, high] = [0, groups.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (last(groups[middle]?.from) < i) low = middle + 1
    else high = middle
  }
  const [before, after] = [groups[low - 1], groups[low]]
  if (before && last(before.to) >= j) return
  if (after && ((after.from[0] ?? 0) <= i || (after.to[0] ?? 0) <= j)) return
  groups.splice(low, 0, { from: [i], to: [j] })
}

const last = (places: readonly number[] | undefined) => places?.at(-1) ?? 0

/** The steps of a stretch, told by groups instead of pairs. */
function told(a: Node, b: Node, steps: readonly Step[], groups: readonly Group[]): Grouped[] {
  const old = steps.flatMap((step): Grouped[] =>
    step.kind === 'leave' ? [step] : oldOf(step).map(at => ({ kind: 'remove', a: at })),
  )
  const now = steps.flatMap((step): Grouped[] =>
    step.kind === 'arrive' ? [step] : nowOf(step).map(at => ({ kind: 'insert', b: at })),
  )
  const found: Grouped[] = []
  let [x, y] = [0, 0]
  const until = (i: number, j: number) => {
    for (let step = old[x]; step && 'a' in step && step.a < i; step = old[++x]) found.push(step)
    for (let step = now[y]; step && 'b' in step && step.b < j; step = now[++y]) found.push(step)
  }
  for (const { from, to } of groups) {
    const [i, j, endA, endB] = [from[0] ?? 0, to[0] ?? 0, last(from) + 1, last(to) + 1]
    until(i, j)
    const [was, is] = [a.child(i), b.child(j)]
    if (endA - i === 1 && endB - j === 1 && was.type === is.type) {
      found.push({ kind: same(was, is) ? 'keep' : 'change', a: i, b: j })
      x++
      y++
      continue
    }
    const members = new Set(from)
    for (let step = old[x]; step && 'a' in step && step.a < endA; step = old[++x])
      found.push(members.has(step.a) ? { kind: 'pass', a: step.a } : step)
    const whole: number[] = []
    for (let step = now[y]; step && 'b' in step && step.b < endB; step = now[++y]) whole.push(step.b)
    found.push({ kind: 'recast', from, to: whole })
  }
  until(Infinity, Infinity)
  return found
}
