import { Mark } from 'prosemirror-model'
import { type InlineChange, sizeOf } from './changes.ts'
import { cut, type Flat } from './inline.ts'
import type { Sliding } from './selecting-slide.ts'
import { sharedEnds } from './words.ts'

/**
 * Where one word gave way to another only the letters that differ count as changed, as far as the others truly stayed: two
 * words of two people may begin alike.
 */
export function refinedTruly(changes: readonly InlineChange[], { was, is, hasGone, hasCome }: Sliding): InlineChange[] {
  const found: InlineChange[] = []
  let [i, j] = [0, 0]
  for (let index = 0; index < changes.length; index++) {
    const [change, next] = [changes[index], changes[index + 1]]
    if (!change) break
    const [old, fresh] = change.kind === 'remove' && next?.kind === 'insert' ? [change, next] : []
    const [removed, inserted] = [old?.size ?? 0, fresh ? lengthOf(fresh) : 0]
    const [from, to] = [textIn(was, i, removed), textIn(is, j, inserted)]
    if (from === undefined || to === undefined || !Mark.sameSet(marksAt(was, i), marksAt(is, j))) {
      found.push(change)
      const size = change.kind === 'insert' ? lengthOf(change) : sizeOf(change)
      if (change.kind !== 'insert') i += size
      if (change.kind !== 'remove') j += size
      continue
    }
    let [start, end] = sharedEnds(from, to)
    const hasStayed = (a: number, b: number) => !hasGone(a) && !hasCome(b)
    start = countWhile(start, at => hasStayed(i + at, j + at))
    end = countWhile(end, at => hasStayed(i + removed - 1 - at, j + inserted - 1 - at))
    if (start > 0) found.push({ kind: 'keep', size: start })
    if (start + end < removed) found.push({ kind: 'remove', size: removed - start - end })
    if (start + end < inserted) found.push({ kind: 'insert', nodes: cut(is, j + start, j + inserted - end) })
    if (end > 0) found.push({ kind: 'keep', size: end })
    i += removed
    j += inserted
    index++
  }
  return found
}

function countWhile(most: number, holds: (at: number) => boolean): number {
  let count = 0
  while (count < most && holds(count)) count++
  return count
}

/** The text of a stretch under one set of marks; nothing where it is more than that. */
function textIn(flat: Flat, from: number, size: number): string | undefined {
  const [node, ...more] = size > 0 ? cut(flat, from, from + size) : []
  return more.length === 0 ? node?.text : undefined
}

const marksAt = (flat: Flat, unit: number) =>
  flat.runs.find(({ from, to }) => from <= unit && unit < to)?.marks ?? Mark.none

const lengthOf = ({ nodes }: Extract<InlineChange, { kind: 'insert' }>) =>
  nodes.reduce((sum, node) => sum + (node.isText ? (node.text?.length ?? 0) : 1), 0)
