import type { Node } from 'prosemirror-model'
import { type LineChange, textBlocks } from './changes.ts'
import { gap, kept, matchesOf } from './diff-inline.ts'
import { type Token, tokensOf } from './inline.ts'

/** The words of blocks one after another; `undefined` stands where a text block ends. */
export const wordsOf = (blocks: readonly Node[]): (Token | undefined)[] =>
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

/** Which words are which; the ends of lines are nobody's. */
export function tokenMatches(a: readonly (Token | undefined)[], b: readonly (Token | undefined)[]) {
  const places = (row: readonly (Token | undefined)[]) => row.flatMap((token, at) => (token ? [{ token, at }] : []))
  const [ours, theirs] = [places(a), places(b)]
  return matchesOf(
    ours.map(({ token }) => token),
    theirs.map(({ token }) => token),
  ).map(([i, j]) => [ours[i]?.at ?? 0, theirs[j]?.at ?? 0] as const)
}

function parted(row: readonly (Token | undefined)[]): Token[][] {
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
