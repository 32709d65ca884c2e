import type { Node } from 'prosemirror-model'
import { Selection, type Transaction } from 'prosemirror-state'

/** The caret of a change, put where its words went. */
export function follow(before: Node, change: Transaction, head: number, told: Selection): Selection {
  if (!told.empty) return told
  const place = followed(before, change, head, told.head)
  return place === told.head ? told : Selection.near(change.doc.resolve(place))
}

/**
 * Where a caret goes when a colleague writes the words around it anew elsewhere, as a wrap or Enter does: with its words.
 * Of the places in question the one with the most familiar surroundings is the one; `told` is where the shared draft
 * says that it is, and holds unless another is more familiar.
 */
function followed(before: Node, change: Transaction, head: number, told: number): number {
  const old = surroundings(before, head)
  if (!old) return told
  let [best, most] = [told, familiarity(old, surroundings(change.doc, told))]
  const consider = (place: number, more: number) => {
    const score = familiarity(old, surroundings(change.doc, place)) + more
    if (score > most) [best, most] = [place, score]
  }
  const mapped = change.mapping.mapResult(head)
  if (!mapped.deleted) consider(mapped.pos, 0)
  if (mapped.deletedBefore) for (const place of copiesOf(old, change)) consider(place, 0.5)
  return best
}

interface Surroundings {
  before: string
  after: string
}

function surroundings(document: Node, place: number): Surroundings | undefined {
  if (place > document.content.size) return undefined
  const { parent, parentOffset } = document.resolve(place)
  if (!parent.isTextblock) return undefined
  const text = textOf(parent)
  return { before: text.slice(0, parentOffset), after: text.slice(parentOffset) }
}

/** As many signs as places. */
const textOf = (block: Node) =>
  block.textBetween(0, block.content.size, undefined, node => '\ufffc'.repeat(node.nodeSize))

const familiarity = (old: Surroundings, now: Surroundings | undefined): number =>
  now ? endInCommon(old.before, now.before) + startInCommon(old.after, now.after) : -1

/** The caret's place in every line, among those the change has written, that says what its line said. */
function* copiesOf({ before, after }: Surroundings, change: Transaction): Generator<number> {
  const full = before + after
  for (const [index, map] of change.mapping.maps.entries()) {
    const rest = change.mapping.slice(index + 1)
    const ranges: [number, number][] = []
    map.forEach((_from, _to, from, to) => ranges.push([rest.map(from, -1), rest.map(to)]))
    for (const [from, to] of ranges) {
      const found: number[] = []
      change.doc.nodesBetween(from, to, (node, at) => {
        if (!node.isTextblock) return true
        const offset = placeIn(textOf(node), full, before.length)
        if (offset !== undefined) found.push(at + 1 + offset)
        return false
      })
      yield* found
    }
  }
}

function placeIn(text: string, full: string, caret: number): number | undefined {
  if (text === '') return undefined
  const [part, whole] = [full.indexOf(text), text.indexOf(full)]
  if (part >= 0) return Math.max(0, Math.min(caret - part, text.length))
  if (whole >= 0) return whole + caret
  const start = startInCommon(full, text)
  const end = Math.min(endInCommon(full, text), text.length - start)
  if (start + end < Math.min(text.length, full.length) / 3) return undefined
  return caret <= start ? caret : Math.max(start, text.length - Math.min(end, full.length - caret))
}

function startInCommon(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}

function endInCommon(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a.at(-1 - at) === b.at(-1 - at)) at++
  return at
}
