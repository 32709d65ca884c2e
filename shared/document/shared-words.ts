import type { Node } from 'prosemirror-model'
import { align } from './align.ts'
import { textBlocks } from './changes.ts'
import { tokensOf } from './inline.ts'
import type { Step } from './pairing.ts'

/** Fewer words than this in a row of many are there by chance. */
const few = 3

/** So many words of an old child are in a new one. */
export type Link = { i: number; j: number; words: number }

/** How many words which old block shares with which new one, if all are read in one go. */
export function linksOf(ours: Words, theirs: Words, steps: readonly Step[], least: number): Link[] {
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

/** The words of some children, each with the child that it is in. */
export function wordsIn(parent: Node, places: readonly number[]) {
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
