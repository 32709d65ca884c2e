/**
 * Three rows of words side by side, after diff3 (Khanna, Kunal and Pierce, A formal investigation of diff3, 2007): each
 * side's longest common subsequence with the base, and the stretches that one of them, or both, changed.
 */
import { align, type Match } from './align.ts'
import { fewestEdits } from './myers.ts'

/** A half-open stretch of a row. */
export type Stretch = readonly [from: number, to: number]

export type Region = {
  base: Stretch
  ours: Stretch
  theirs: Stretch
  /** Where the base gave way, on either side, within this stretch. */
  ourHunks: readonly Hunk[]
  theirHunks: readonly Hunk[]
}

/** Base words `from` to `to` gave way to the side's words `at` to `end`. */
export type Hunk = { from: number; to: number; at: number; end: number }

/** Every stretch that is not the same in all three, in order; changes that touch each other are one. */
export function regions(base: readonly string[], ours: readonly string[], theirs: readonly string[]): Region[] {
  const [our, their] = [hunks(kept(base, ours), base, ours), hunks(kept(base, theirs), base, theirs)]
  const found: Region[] = []
  let [i, j, ourShift, theirShift] = [0, 0, 0, 0]
  while (i < our.length || j < their.length) {
    const from = Math.min(our[i]?.from ?? Infinity, their[j]?.from ?? Infinity)
    const [firstOur, firstTheir] = [i, j]
    let to = from
    for (let grown = true; grown;) {
      grown = false
      for (let hunk = our[i]; hunk && hunk.from <= to; hunk = our[++i]) [to, grown] = [Math.max(to, hunk.to), true]
      for (let hunk = their[j]; hunk && hunk.from <= to; hunk = their[++j]) [to, grown] = [Math.max(to, hunk.to), true]
    }
    const side = (mine: readonly Hunk[], shift: number): [Stretch, number] => {
      const after = mine.reduce((sum, hunk) => sum + hunk.end - hunk.at - (hunk.to - hunk.from), shift)
      return [[from + shift, to + after], after]
    }
    const [ourHunks, theirHunks] = [our.slice(firstOur, i), their.slice(firstTheir, j)]
    const [ourStretch, ourAfter] = side(ourHunks, ourShift)
    const [theirStretch, theirAfter] = side(theirHunks, theirShift)
    found.push({ base: [from, to], ours: ourStretch, theirs: theirStretch, ourHunks, theirHunks })
    ourShift = ourAfter
    theirShift = theirAfter
  }
  return found
}

/** Above this many edits two texts have so little in common that their longest subsequence is found without counting them. */
const countable = 2500

function kept(base: readonly string[], side: readonly string[]): Match[] {
  const numbers = new Map<string, number>()
  const numbered = (keys: readonly string[]) =>
    Int32Array.from(keys, key => {
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      return number
    })
  return fewestEdits(numbered(base), numbered(side), countable) ?? align(base, side)
}

function hunks(matches: readonly Match[], base: readonly string[], side: readonly string[]): Hunk[] {
  const found: Hunk[] = []
  let [i, j] = [0, 0]
  for (const [a, b] of [...matches, [base.length, side.length] as const]) {
    if (a > i || b > j) found.push({ from: i, to: a, at: j, end: b })
    i = a + 1
    j = b + 1
  }
  return found
}
