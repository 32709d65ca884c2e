import { Fragment, type Node } from 'prosemirror-model'
import type * as Y from 'yjs'
import { authorship, type Credit, cut, type Fact, type Owned } from './authorship.ts'
import { documentOf } from './live.ts'
import { ownersOf } from './owners.ts'
import { equalEnds } from './pairing.ts'
import { keptUnits, unitsIn, unitText } from './units.ts'
import { sharedEnds } from './words.ts'

/**
 * Everyone whose words are new in the draft since the head was published, whoever wrote most first. Words that were
 * only split, moved or set as a heading are not new, though Yjs says that whoever did it wrote them.
 */
export function newAuthors(
  head: Node | undefined,
  fragment: Y.XmlFragment,
  ownerOf: (client: number) => string | null | undefined,
): string[] {
  return authorsSince(head, documentOf(fragment), ownersOf(fragment, ownerOf))
}

/** The same of any document of which every unit is known whose keyboard it came from. */
export function authorsSince(head: Node | undefined, document: Node, owners: readonly Owned[]): string[] {
  const { was, is, before } = head ? differing(head, document) : { was: undefined, is: document, before: 0 }
  const text = unitText(is)
  const found = creditsSince(was, is, cut(owners, before, text.length))
  const count = (stood?: Uint8Array) => {
    let at = 0
    return byMost(
      found.map(({ size, revision, person }) => {
        const start = at
        at += size
        if (revision !== fresh || !stood)
          return { person: revision === fresh ? person : null, words: text.slice(start, at) }
        const own = text
          .slice(start, at)
          .split('')
          .filter((_, unit) => stood[start + unit] !== 1)
        return { person, words: own.join('') }
      }),
    )
  }
  const people = count()
  if (!was || people.length < 2) return people
  // Who turned 300 into 3000 wrote one sign; the others of that word were there.
  const exact = count(lettersThatStood(was, is))
  return exact.length > 0 ? exact : people
}

/** The same, where of every unit it is known whether it stood there before. */
export function authorsTold(facts: readonly Fact[], document: Node): string[] {
  const isNew = facts.some(fact => 'person' in fact && fact.person !== null)
  const text = isNew ? unitText(document) : ''
  let at = 0
  return byMost(
    facts.map(fact => {
      const words = 'from' in fact ? '' : text.slice(at, at + fact.size)
      at += fact.size
      return { person: 'from' in fact ? null : fact.person, words }
    }),
  )
}

/** The revision of words that no head had yet. */
export const fresh = 1

/** Whose the words of a document are that was written since a head, of which nothing else is known: new ones are `fresh`. */
export function creditsSince(head: Node | undefined, document: Node, owners: readonly Owned[]): Credit[] {
  const known: Credit[] = head ? [{ size: unitsIn(head), revision: 0, person: null }] : []
  return authorship(head && { document: head, credits: known }, document, owners, fresh)
}

/** Who wrote these words, whoever wrote most first; who only set spaces and stops wrote none. */
function byMost(written: readonly { person: string | null; words: string }[]): string[] {
  const sizes = new Map<string, number>()
  for (const { person, words } of written) {
    if (person === null) continue
    const letters = words.replaceAll(/[^\p{L}\p{N}\p{S}]/gu, '').length
    if (letters > 0) sizes.set(person, (sizes.get(person) ?? 0) + letters)
  }
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([person]) => person)
}

/** Letters of new words that the words in their place began or ended with before. */
function lettersThatStood(a: Node, b: Node): Uint8Array {
  const [was, is, kept] = [unitText(a), unitText(b), keptUnits(a, b)]
  const stood = new Uint8Array(is.length)
  for (let from = kept.indexOf(-1); from >= 0;) {
    let to = from
    while (to < kept.length && kept[to] === -1) to++
    const [first, end] = [from === 0 ? 0 : (kept[from - 1] ?? 0) + 1, kept[to] ?? was.length]
    if (first < end) {
      const [start, rest] = sharedEnds(was.slice(first, end), is.slice(from, to))
      stood.fill(1, from, from + start).fill(1, to - rest, to)
    }
    from = kept.indexOf(-1, to)
  }
  return stood
}

/** Two documents without the blocks they share at their beginning and end, and how many units stood before. */
function differing(a: Node, b: Node): { was: Node; is: Node; before: number } {
  const [start, end] = equalEnds(a, b)
  const inner = (node: Node) => node.copy(Fragment.fromArray(node.children.slice(start, node.childCount - end)))
  const before = b.children.slice(0, start).reduce((units, block) => units + unitsIn(block), 0)
  return { was: inner(a), is: inner(b), before }
}
