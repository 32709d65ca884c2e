import type { Node } from 'prosemirror-model'
import { uncrossed } from './align.ts'
import type { InlineChange } from './changes.ts'
import { compareTokens, diffInline, kept } from './diff-inline.ts'
import { type Flat, flatten, isInside, placeholder, runAt, tokensBetween, unmarked } from './inline.ts'

/** A unit of a line as it is now, and whether it is a copy of the one that was. */
export interface UnitNow {
  unit: number
  isCopy: boolean
}

/**
 * How the inside of a line became another's, where a live draft knows of some units which they are to this day: those stay,
 * and only what stands between them is compared. Yjs never changes the order of what is in one text, so what is itself
 * stands in the same order on both sides; of copies those stay that fit in between.
 */
export function diffKnown(a: Node, b: Node, unitNow: (unit: number) => UnitNow | undefined): InlineChange[] {
  const [flatA, flatB] = [flatten(a), flatten(b)]
  const runs = runsIn(flatA, flatB, unitNow)
  if (runs.length === 0) return diffInline(a, b)
  const byUnit = new Map(runs.map(run => [run.from, run]))
  const copied = runs.reduce((sum, { isCopy, size }) => sum + (isCopy ? size : 0), 0)
  const weigh = ({ size, isCopy }: Run) => (isCopy ? size : size + copied)
  const found: InlineChange[] = []
  let [i, j] = [0, 0]
  for (const [from, now] of uncrossed(
    runs.map(run => [run.from, run.now] as const),
    from => weigh(byUnit.get(from) ?? none),
  )) {
    const { size } = byUnit.get(from) ?? none
    if (from < i || now < j) continue
    compareTokens(tokensBetween(a, i, from), tokensBetween(b, j, now), found)
    kept({ flat: flatA, from, to: from + size }, { flat: flatB, from: now }, found)
    ;[i, j] = [from + size, now + size]
  }
  compareTokens(tokensBetween(a, i, flatA.text.length), tokensBetween(b, j, flatB.text.length), found)
  return found
}

interface Run {
  from: number
  now: number
  size: number
  isCopy: boolean
}
const none: Run = { from: 0, now: 0, size: 0, isCopy: true }

/** Units that follow each other on both sides. */
function runsIn(a: Flat, b: Flat, unitNow: (unit: number) => UnitNow | undefined): Run[] {
  const runs: Run[] = []
  for (let unit = 0; unit < a.text.length; unit++) {
    const first = unitNow(unit)
    if (!first || isInside(a, unit) || isInside(b, first.unit)) continue
    const { unit: now, isCopy } = first
    const goesOn = (size: number) => {
      const next = unitNow(unit + size)
      return next?.unit === now + size && next.isCopy === isCopy && isSame(a, unit + size, b, now + size)
    }
    let size = 0
    while (unit + size < a.text.length && goesOn(size)) size++
    while (isInside(a, unit + size) || isInside(b, now + size)) size--
    if (size <= 0) continue
    runs.push({ from: unit, now, size, isCopy })
    unit += size - 1
  }
  return runs
}

/** Whether two units are the same letter, or nodes that differ in their marks at most. */
function isSame(a: Flat, unit: number, b: Flat, other: number): boolean {
  const letter = a.text[unit]
  if (letter !== b.text[other]) return false
  if (letter !== placeholder) return true
  const [one, two] = [runAt(a, unit)?.node, runAt(b, other)?.node]
  if (!one || !two || one.isText || two.isText) return one?.isText === true && two?.isText === true
  return unmarked(one).eq(unmarked(two))
}
