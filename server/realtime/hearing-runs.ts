import { align, type Match } from '../../shared/document/align.ts'
import { sharedEnds } from '../../shared/document/words.ts'
import { sizeOf, textOf, type Token } from './hearing-pieces.ts'

/** The same words in a row, where they were and where they are. */
export interface Run {
  was: readonly Token[]
  is: readonly Token[]
  size: number
}

type Tokens = readonly Token[]

/** Beyond so many comparisons words are only found in the order in which they stood. */
const affordable = 20_000

/** The longest run that two texts share, then the longest of the rest, in whatever order they stand. */
export function runsIn(left: Tokens, right: Tokens): Run[] {
  if (left.length * right.length > affordable) return runsInOrder(left, right)
  const [usedLeft, usedRight] = [new Set<number>(), new Set<number>()]
  const runs: Run[] = []
  for (;;) {
    const run = longestRun(left, right, usedLeft, usedRight)
    // A space by itself could be any space.
    if (run.size === 0) return runs
    for (let back = 0; back < run.length; back++) {
      usedLeft.add(run.endLeft - back)
      usedRight.add(run.endRight - back)
    }
    runs.push(runOf(left, right, run.endLeft - run.length + 1, run.endRight - run.length + 1, run.length))
  }
}

function longestRun(left: Tokens, right: Tokens, usedLeft: ReadonlySet<number>, usedRight: ReadonlySet<number>) {
  const best = { size: 0, length: 0, endLeft: 0, endRight: 0 }
  let above: { size: number; length: number }[] = []
  for (const [i, was] of left.entries()) {
    const row: typeof above = []
    if (!usedLeft.has(i))
      for (const [j, is] of right.entries()) {
        if (was.text !== is.text || usedRight.has(j)) continue
        const before = above[j - 1]
        const [size, length] = [(before?.size ?? 0) + was.size, (before?.length ?? 0) + 1]
        row[j] = { size, length }
        if (size > best.size) Object.assign(best, { size, length, endLeft: i, endRight: j })
      }
    above = row
  }
  return best
}

function runsInOrder(left: Tokens, right: Tokens): Run[] {
  const keys = (tokens: Tokens) => tokens.map(({ text }) => text)
  const matches: readonly Match[] = align(keys(left), keys(right), at => 1 + 2 * (left[at]?.size ?? 0))
  const starts = matches.flatMap(([i, j], at) => {
    const [beforeI, beforeJ] = matches[at - 1] ?? [-2, -2]
    return beforeI + 1 === i && beforeJ + 1 === j ? [] : [at]
  })
  const runs = starts.map((start, at) => {
    const [i, j] = matches[start] ?? [0, 0]
    return runOf(left, right, i, j, (starts[at + 1] ?? matches.length) - start)
  })
  return runs.filter(({ size }) => size > 0)
}

function runOf(left: Tokens, right: Tokens, fromLeft: number, fromRight: number, length: number): Run {
  const was = left.slice(fromLeft, fromLeft + length)
  return { was, is: right.slice(fromRight, fromRight + length), size: sizeOf(was) }
}

/** The words behind some runs, or before the first, that somebody has only retouched where they wrote them again. */
export function retouched(runs: readonly Run[], left: Tokens, right: Tokens): Token[] {
  const [placesLeft, placesRight] = [placesIn(left), placesIn(right)]
  const [gone, come] = [new Set(runs.flatMap(({ was }) => was)), new Set(runs.flatMap(({ is }) => is))]
  const found: Token[] = []
  const weigh = (was: Tokens, is: Tokens) => {
    const [start, end] = sharedEnds(textOf(was), textOf(is))
    if (was.length > 0 && 2 * (start + end) >= textOf(was).length) found.push(...was, ...is)
  }
  for (const { was, is } of runs) {
    const [first, last] = [was[0], was.at(-1)]
    const [into, end] = [is[0], is.at(-1)]
    if (!first || !last || !into || !end) continue
    weigh(
      until(left.slice((placesLeft.get(last) ?? 0) + 1), gone),
      until(right.slice((placesRight.get(end) ?? 0) + 1), come),
    )
    const [startLeft, startRight] = [placesLeft.get(first) ?? 0, placesRight.get(into) ?? 0]
    const before = until(left.slice(0, startLeft).toReversed(), gone).toReversed()
    if (before.length === startLeft) weigh(before, until(right.slice(0, startRight).toReversed(), come).toReversed())
  }
  return found
}

const placesIn = (tokens: Tokens) => new Map(tokens.map((token, at) => [token, at]))

function until(tokens: Tokens, stop: ReadonlySet<Token>): Tokens {
  const at = tokens.findIndex(token => stop.has(token))
  return at < 0 ? tokens : tokens.slice(0, at)
}
