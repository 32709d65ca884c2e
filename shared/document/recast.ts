/**
 * Words know no blocks: people part a paragraph, join two, set a quotation in a box, make a list of a paragraph. Blocks
 * are paired by what they say as wholes; where that leaves some over, this looks for the words of all of them together.
 */
import type { Node } from 'prosemirror-model'
import { align } from './align.ts'
import { textBlocks } from './changes.ts'
import { same, weight } from './fingerprint.ts'
import { tokensOf } from './inline.ts'
import { tabled } from './lcs.ts'
import type { Step } from './pairing.ts'

/** A `recast` stands where the new blocks do, which begin at `to` and are `count`; a `pass` where one of the old ones did. */
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

/** A kept block shorter than this may stand between words that belong together: the end of a box, an empty line. */
const light = 12

/** The steps cut at what was kept; between changes a few light blocks that were kept do not count. */
function stretchesOf(a: Node, steps: readonly Step[]): Step[][] {
  const found: Step[][] = []
  let stretch: Step[] = []
  let kept: Step[] = []
  const close = () => {
    if (stretch.length > 0) found.push(stretch)
    for (const step of kept) found.push([step])
    stretch = []
    kept = []
  }
  for (const step of steps) {
    if (step.kind !== 'keep') {
      stretch.push(...kept, step)
      kept = []
    } else {
      kept.push(step)
      if (stretch.length === 0 || kept.length > 2 || weight(a.child(step.a)) > light) close()
    }
  }
  close()
  return found
}

function cutAtPairs(stretch: readonly Step[]): Step[][] {
  const parts: Step[][] = [[]]
  for (const step of stretch) {
    if (isPair(step)) parts.push([step], [])
    else parts.at(-1)?.push(step)
  }
  return parts.filter(part => part.length > 0)
}

const isFigure = ({ type }: Node) => type.name === 'figure'

const oldOf = (step: Step) => (step.kind === 'remove' || isPair(step) ? [step.a] : [])
const nowOf = (step: Step) => (step.kind === 'insert' || isPair(step) ? [step.b] : [])
const isPair = (step: Step): step is Pair => step.kind === 'change' || step.kind === 'keep'
type Pair = Extract<Step, { a: number; b: number }>

/** Fewer words than this in a row of many are there by chance. */
const few = 3

type Link = { i: number; j: number; words: number }

/** How many words which old block shares with which new one, if all are read in one go. */
function linksOf(ours: Words, theirs: Words, steps: readonly Step[], least: number): Link[] {
  const links: Link[] = []
  for (const [x, y] of align(ours.keys, theirs.keys)) {
    const [i, j] = [ours.blocks[x] ?? 0, theirs.blocks[y] ?? 0]
    const last = links.at(-1)
    if (last?.i === i && last.j === j) last.words++
    else links.push({ i, j, words: 1 })
  }
  const isStrong = ({ i, j, words }: Link) => {
    const sizes = [ours.sizes.get(i) ?? 0, theirs.sizes.get(j) ?? 0]
    return words >= least * Math.min(...sizes) && (words >= few || words >= least * Math.max(...sizes))
  }
  const arrivals = steps.flatMap(step => (step.kind === 'arrive' ? [step.b] : []))
  return undivided(links.filter(isStrong), arrivals)
}

type Words = ReturnType<typeof wordsIn>

function wordsIn(parent: Node, places: readonly number[]) {
  const found = { keys: Array<string>(), blocks: Array<number>(), sizes: new Map<number, number>() }
  for (const place of places) {
    const before = found.keys.length
    for (const line of textBlocks(parent.child(place)))
      for (const token of tokensOf(line)) {
        if (!token.isWord) continue
        found.keys.push(token.key)
        found.blocks.push(place)
      }
    found.sizes.set(place, found.keys.length - before)
  }
  return found
}

/** An old block on both sides of something that arrived from elsewhere belongs to the side that has more of it. */
function undivided(links: readonly Link[], arrivals: readonly number[]): Link[] {
  if (arrivals.length === 0) return [...links]
  const parts: { i: number; side: number; words: number; links: Link[] }[] = []
  for (const link of links) {
    const side = arrivals.filter(place => place < link.j).length
    const last = parts.at(-1)
    if (last?.i === link.i && last.side === side) {
      last.links.push(link)
      last.words += link.words
    } else parts.push({ i: link.i, side, words: link.words, links: [link] })
  }
  const most = new Map<number, number>()
  for (const { i, words } of parts) most.set(i, Math.max(words, most.get(i) ?? 0))
  const chosen = new Set<number>()
  return parts.flatMap(part => {
    if (part.words < (most.get(part.i) ?? 0) || chosen.has(part.i)) return []
    chosen.add(part.i)
    return part.links
  })
}

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
