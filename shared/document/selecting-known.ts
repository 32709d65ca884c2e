import type { Node } from 'prosemirror-model'
import type { InlineChange } from './changes.ts'
import { compareTokens, diffInline, kept } from './diff-inline.ts'
import { type Flat, flatten, isInside, placeholder, runAt, tokensBetween, unmarked } from './inline.ts'

/**
 * How the inside of a line became another's, where a live draft knows of some units which they are to this day: those stay,
 * and only what stands between them is compared. Yjs never changes the order of what is in one text, so what is known to be
 * the same stands in the same order on both sides.
 */
export function diffKnown(a: Node, b: Node, unitNow: (unit: number) => number | undefined): InlineChange[] {
  const [flatA, flatB] = [flatten(a), flatten(b)]
  const [endA, endB] = [flatA.text.length, flatB.text.length]
  const found: InlineChange[] = []
  let [i, j] = [0, 0]
  for (let unit = 0; unit < endA; unit++) {
    const now = unitNow(unit)
    if (now === undefined || now < j || isInside(flatA, unit)) continue
    let size = 0
    while (unit + size < endA && unitNow(unit + size) === now + size && isSame(flatA, unit + size, flatB, now + size))
      size++
    while (isInside(flatA, unit + size) || isInside(flatB, now + size)) size--
    if (size <= 0) continue
    compareTokens(tokensBetween(a, i, unit), tokensBetween(b, j, now), found)
    kept({ flat: flatA, from: unit, to: unit + size }, { flat: flatB, from: now }, found)
    i = unit + size
    j = now + size
    unit = i - 1
  }
  if (i === 0) return diffInline(a, b)
  compareTokens(tokensBetween(a, i, endA), tokensBetween(b, j, endB), found)
  return found
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
