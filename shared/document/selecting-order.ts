import { type InlineChange, sizeOf } from './changes.ts'
import { cut, type Flat, isInside } from './inline.ts'

export type Span = [from: number, to: number]

export interface Lines {
  was: Flat
  is: Flat
  /** Before which unit of the line one stood that was taken out of it, where that is known. */
  grave(unit: number): number | undefined
  /** Whether what went and what came is not all of one person. */
  isShared(gone: Span, come: Span): boolean
}

/**
 * The same changes, with what was taken out of a stretch standing between what was put there, as it did. It matters only
 * where a part of that can be picked alone; else what went is told before what came.
 */
export function inPlace(changes: readonly InlineChange[], { was, is, grave, isShared }: Lines): InlineChange[] {
  const found: InlineChange[] = []
  let [i, j] = [0, 0]
  for (let index = 0; index < changes.length; index++) {
    const [change, next] = [changes[index], changes[index + 1]]
    if (!change) break
    const [endA, endB] = [i + sizeOf(change), j + sizeNow(change.kind === 'remove' && next ? next : change)]
    if (change.kind === 'remove' && next?.kind === 'insert' && isShared([i, endA], [j, endB])) {
      for (let unit = i; unit < endA; unit++) {
        const place = Math.min(grave(unit) ?? j, endB)
        if (place > j && !isInside(was, unit) && !isInside(is, place)) pass(unit, place)
      }
      pass(endA, endB)
      index++
      continue
    }
    found.push(change)
    i = endA
    if (change.kind !== 'remove') j = endB
  }
  return found

  function pass(toA: number, toB: number) {
    if (toA > i) found.push({ kind: 'remove', size: toA - i })
    if (toB > j) found.push({ kind: 'insert', nodes: cut(is, j, toB) })
    ;[i, j] = [toA, toB]
  }
}

/** How many units of the line as it is now a change is. */
export const sizeNow = (change: InlineChange): number =>
  change.kind === 'insert'
    ? change.nodes.reduce((sum, node) => sum + (node.isText ? (node.text?.length ?? 0) : 1), 0)
    : change.kind === 'remove'
      ? 0
      : sizeOf(change)
