import type { Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import { type LineChange, textBlocks } from './changes.ts'
import { gap, kept, matchesOf } from './diff-inline.ts'
import { type Flat, type Token, tokensOf } from './inline.ts'

type Row = readonly (Token | undefined)[]

/** The words of blocks one after another; `undefined` stands where a text block ends. */
const wordsOf = (blocks: readonly Node[]): Row =>
  blocks.flatMap(textBlocks).flatMap(line => [...tokensOf(line), undefined])

/** How the words of some blocks came into others: for each text block of the new ones, what it was made of. */
export function recastLines(a: readonly Node[], b: readonly Node[]): LineChange[][] {
  // The last new line takes whatever is left of the old ones, so its end is none.
  const [old, now] = [wordsOf(a), wordsOf(b).slice(0, -1)]
  const lines: LineChange[][] = [[]]
  let [i, j] = [0, 0]
  for (const [toA, toB] of [...tokenMatches(old, now), [old.length, now.length] as const]) {
    between(parted(old.slice(i, toA)), parted(now.slice(j, toB)), lines)
    const [left, right, line] = [old[toA], now[toB], lines.at(-1)]
    if (left && right && line) kept(left, right, line)
    i = toA + 1
    j = toB + 1
  }
  return lines
}

/** Which words are which; spaces and signs go with words only. The ends of lines are nobody's. */
function tokenMatches(a: Row, b: Row): Match[] {
  const places = (row: Row) => row.flatMap((token, at) => (token ? [{ token, at }] : []))
  const [ours, theirs] = [places(a), places(b)]
  const found = matchesOf(
    ours.map(({ token }) => token),
    theirs.map(({ token }) => token),
  ).flatMap(([i, j]) => {
    const [left, right] = [ours[i], theirs[j]]
    return left && right ? [{ left, right }] : []
  })
  const sharing = new Map<Flat, Set<Flat>>()
  for (const { left, right } of found)
    if (left.token.isWord || left.token.node)
      sharing.set(left.token.flat, (sharing.get(left.token.flat) ?? new Set()).add(right.token.flat))
  return found
    .filter(({ left, right }) => sharing.get(left.token.flat)?.has(right.token.flat))
    .map(({ left, right }) => [left.at, right.at])
}

function parted(row: Row): Token[][] {
  const parts: Token[][] = [[]]
  for (const token of row) {
    if (token) parts.at(-1)?.push(token)
    else parts.push([])
  }
  return parts
}

/** What stands between two kept words: lines that end on both sides are the same ones as far as there are as many. */
function between(old: readonly Token[][], now: readonly Token[][], lines: LineChange[][]) {
  for (let part = 0; part < Math.max(old.length, now.length); part++) {
    const line = lines.at(-1) ?? []
    gap(old[part] ?? [], now[part] ?? [], line)
    if (part < old.length - 1) line.push({ kind: 'end' })
    if (part < now.length - 1) lines.push([])
  }
}
