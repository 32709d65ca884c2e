import { Mark } from 'prosemirror-model'
import { type InlineChange, sizeOf } from './changes.ts'
import type { Flat } from './inline.ts'
import { placeholder } from './inline.ts'

/** A line before and after, and which of its units are known to have gone and to have come. */
export interface Sliding {
  was: Flat
  is: Flat
  hasGone: (unit: number) => boolean
  hasCome: (unit: number) => boolean
}

/**
 * The same changes, each where it truly was. To a comparison it is all one whether "and " came in front of an "and " or
 * behind it; to whoever wrote one of them it is not.
 */
export function slid(changes: readonly InlineChange[], { was, is, hasGone, hasCome }: Sliding): InlineChange[] {
  const found = changes.map(change => ({ ...change }))
  let [i, j] = [0, 0]
  for (const [index, change] of found.entries()) {
    const [before, after] = [found[index - 1], found[index + 1]]
    const size = change.kind === 'insert' ? unitsIn(change) : sizeOf(change)
    let by = 0
    if ((change.kind === 'insert' || change.kind === 'remove') && before?.kind === 'keep' && after?.kind === 'keep') {
      const [flat, from, isTrue] = change.kind === 'insert' ? [is, j, hasCome] : ([was, i, hasGone] as const)
      by = bestSlide(flat, from, size, [before.size, after.size], isTrue)
      before.size += by
      after.size -= by
    }
    i += by + (change.kind === 'insert' ? 0 : size)
    j += by + (change.kind === 'remove' ? 0 : size)
  }
  return found.filter(change => change.kind !== 'keep' || change.size > 0)
}

function bestSlide(
  flat: Flat,
  from: number,
  size: number,
  [left, right]: readonly [left: number, right: number],
  isTrue: (unit: number) => boolean,
): number {
  const worth = (unit: number) => (isTrue(unit) ? 1 : 0)
  let [best, bestScore] = [0, 0]
  const consider = (by: number, score: number) => {
    if (score > bestScore && !isSecondHalf(flat.text.charCodeAt(from + by))) [best, bestScore] = [by, score]
  }
  for (let by = 1, score = 0; by <= right && isAlike(flat, from + by - 1, from + size + by - 1); by++) {
    score += worth(from + size + by - 1) - worth(from + by - 1)
    consider(by, score)
  }
  for (let by = -1, score = 0; -by <= left && isAlike(flat, from + by, from + size + by); by--) {
    score += worth(from + by) - worth(from + size + by)
    consider(by, score)
  }
  return best
}

function isAlike({ text, runs }: Flat, one: number, other: number): boolean {
  if (text[one] !== text[other] || text[one] === placeholder) return false
  const marksAt = (unit: number) => runs.find(({ from, to }) => from <= unit && unit < to)?.marks ?? Mark.none
  return Mark.sameSet(marksAt(one), marksAt(other))
}

const isSecondHalf = (code: number) => code >= 0xdc00 && code <= 0xdfff

const unitsIn = ({ nodes }: Extract<InlineChange, { kind: 'insert' }>) =>
  nodes.reduce((sum, node) => sum + (node.isText ? (node.text?.length ?? 0) : 1), 0)
