import { type Fragment, type Node, Slice } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'

/**
 * Turns the document of a transaction into another, with a small step for each place that differs: one frame may bring
 * what many people typed in many places, and whatever stands between keeps its place.
 */
export function replaceDifference(small: Transaction, now: Node) {
  const old = small.doc
  const gaps = gapsBetween(old.content, now.content, 0, 0)
  // From the end, so that the places before stay what they are.
  const isDone = gaps.toReversed().every(gap => isReplaced(small, old, now, gap))
  if (!isDone || !small.doc.eq(now))
    small.step(new ReplaceStep(0, small.doc.content.size, new Slice(now.content, 0, 0)))
}

/** A stretch of children that differs, by its place in the old document and in the new one. */
interface Gap {
  from: number
  to: number
  fromNow: number
  toNow: number
}

/** What was not changed is the same object: y-prosemirror makes a node anew only where its shared type changed. */
function gapsBetween(old: Fragment, now: Fragment, at: number, atNow: number): Gap[] {
  const gaps: Gap[] = []
  const places = new Map<Node, number>()
  now.forEach((child, _offset, index) => places.set(child, index))
  let [begun, begunNow]: [number, number] = [0, 0]
  let [index, indexNow, offset, offsetNow] = [0, 0, at, atNow]

  const close = (end: number, endNow: number) => {
    const [olds, nows] = [old.content.slice(begun, end), now.content.slice(begunNow, endNow)]
    const sizes = [olds, nows].map(nodes => nodes.reduce((sum, node) => sum + node.nodeSize, 0))
    const [size = 0, sizeNow = 0] = sizes
    if (olds.length === nows.length && olds.length > 0) gaps.push(...pairs(olds, nows, offset, offsetNow))
    else if (size + sizeNow > 0)
      gaps.push({ from: offset, to: offset + size, fromNow: offsetNow, toNow: offsetNow + sizeNow })
    offset += size
    offsetNow += sizeNow
  }
  for (; index < old.childCount; index++) {
    const child = old.child(index)
    const place = places.get(child)
    if (place === undefined || place < indexNow) continue
    close(index, place)
    offset += child.nodeSize
    offsetNow += child.nodeSize
    begun = index + 1
    begunNow = indexNow = place + 1
  }
  close(old.childCount, now.childCount)
  return gaps
}

/** As many blocks as before: each is compared with the one in its place. */
function pairs(olds: readonly Node[], nows: readonly Node[], at: number, atNow: number): Gap[] {
  let [offset, offsetNow] = [at, atNow]
  return olds.flatMap((old, index) => {
    const now = nows[index]
    const [from, fromNow] = [offset, offsetNow]
    offset += old.nodeSize
    offsetNow += now?.nodeSize ?? 0
    if (now && !old.inlineContent && !old.isLeaf && old.sameMarkup(now))
      return gapsBetween(old.content, now.content, from + 1, fromNow + 1)
    return [{ from, to: offset, fromNow, toNow: offsetNow }]
  })
}

/** Replaces as little of a stretch as differs, or all of it where that cuts through different depths. */
function isReplaced(small: Transaction, old: Node, now: Node, { from, to, fromNow, toNow }: Gap): boolean {
  const [before, after] = [old.slice(from, to).content, now.slice(fromNow, toNow).content]
  const start = before.findDiffStart(after)
  const ends = before.findDiffEnd(after)
  if (start === null || !ends) return true
  const overlap = Math.max(0, start - Math.min(ends.a, ends.b))
  const [end, endNow] = [ends.a + overlap, ends.b + overlap]
  const least = new ReplaceStep(from + start, from + end, now.slice(fromNow + start, fromNow + endNow))
  const { size } = small.doc.content
  const isRight = !small.maybeStep(least).failed && small.doc.content.size - size === after.size - before.size
  return isRight || !small.maybeStep(new ReplaceStep(from, to, new Slice(after, 0, 0))).failed
}
