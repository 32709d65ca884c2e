import { Fragment, type Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { authorship, type Credit, cut, type Owned, spread } from './authorship.ts'
import { placeholder } from './inline.ts'
import { documentOf, membersOf, typeNamed } from './live.ts'
import type { Orphan } from './orphans.ts'
import { equalEnds, steps } from './pairing.ts'
import { keptUnits, unitsIn, unitText } from './units.ts'
import { isElement } from './live-types.ts'
import { sharedEnds } from './words.ts'

/** Units of a draft that follow each other, as Yjs knows them: from one letter of a client on. */
export type Letters = { size: number; client: number; clock: number }

/** Every unit of a draft by its identity, which stays the same wherever the unit goes, and what the units say. */
export function lettersIn(fragment: Y.XmlFragment): { letters: Letters[]; text: string } {
  const runs: Letters[] = []
  let text = ''
  const add = (client: number, clock: number, size: number) => {
    const last = runs.at(-1)
    if (last?.client === client && last.clock + last.size === clock) last.size += size
    else if (size > 0) runs.push({ size, client, clock })
  }
  const visit = (parent: Y.XmlFragment) => {
    for (const member of membersOf(parent)) {
      if (isElement(member)) {
        if (typeNamed(member.nodeName)?.isInline) {
          add(member._item?.id.client ?? 0, member._item?.id.clock ?? 0, 1)
          text += placeholder
        }
        visit(member)
      } else if (member instanceof Y.XmlText)
        for (let item = member._start; item; item = item.right) {
          if (item.deleted || !(item.content instanceof Y.ContentString)) continue
          add(item.id.client, item.id.clock, item.length)
          text += item.content.str
        }
    }
  }
  visit(fragment)
  return { letters: runs, text }
}

/** For every unit of a draft the client, as Yjs knows it, whose keyboard put it there. */
export function clientsOf(fragment: Y.XmlFragment): { size: number; client: number }[] {
  const runs: { size: number; client: number }[] = []
  for (const { size, client } of lettersIn(fragment).letters) {
    const last = runs.at(-1)
    if (last?.client === client) last.size += size
    else runs.push({ size, client })
  }
  return runs
}

/** The same with the people behind the clients. */
export const ownersOf = (fragment: Y.XmlFragment, ownerOf: (client: number) => string | null | undefined): Owned[] =>
  clientsOf(fragment).map(({ size, client }) => ({ size, person: ownerOf(client) ?? null }))

/**
 * Everyone whose words are new in the draft since the head was published, whoever wrote most first. Words that were
 * only split, moved or set as a heading are not new, though Yjs says that whoever did it wrote them.
 */
export function newAuthors(
  head: Node | undefined,
  fragment: Y.XmlFragment,
  ownerOf: (client: number) => string | null | undefined,
  /** What the fragment holds, where the caller has it already. */
  document = documentOf(fragment),
): string[] {
  const { was, is, before } = head ? differing(head, document) : { was: undefined, is: document, before: 0 }
  const text = unitText(is)
  const found = credits(was, is, cut(ownersOf(fragment, ownerOf), before, text.length))
  const count = (stood?: Uint8Array) => {
    const written = new Map<string, number>()
    let at = 0
    for (const { size, revision, person } of found) {
      const start = at
      at += size
      if (revision !== fresh || person === null) continue
      const own = stood
        ? text
            .slice(start, at)
            .split('')
            .filter((_, unit) => stood[start + unit] !== 1)
            .join('')
        : text.slice(start, at)
      const letters = own.replaceAll(/[^\p{L}\p{N}\p{S}]/gu, '').length
      if (letters > 0) written.set(person, (written.get(person) ?? 0) + letters)
    }
    return [...written].sort((a, b) => b[1] - a[1]).map(([person]) => person)
  }
  const people = count()
  if (!was || people.length < 2) return people
  // Who turned 300 into 3000 wrote one sign; the others of that word were there.
  const exact = count(lettersThatStood(was, is))
  return exact.length > 0 ? exact : people
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

/**
 * The new words of a draft that a patch to `target` would take away, by block and client; call it before the patch.
 * They are what a restore keeps for their authors as rescued passages.
 */
export function displacedWords(head: Node, fragment: Y.XmlFragment, target: Node): Orphan[] {
  const document = documentOf(fragment)
  const text = unitText(document)
  const clients = spread(clientsOf(fragment))
  const isNew = spread(credits(head, document, [])).map(({ revision }) => revision === fresh)
  const stays = new Uint8Array(isNew.length)
  for (const unit of keptUnits(document, target)) if (unit >= 0) stays[unit] = 1
  const near = placesIn(document, target)
  const passages: (Orphan & { end: number })[] = []
  let at = 0
  for (const [index, block] of document.children.entries()) {
    const ofBlock = new Map<number, Orphan & { end: number }>()
    for (const end = at + unitsIn(block); at < end; at++) {
      if (!isNew[at] || stays[at] === 1) continue
      const client = clients[at]?.client ?? 0
      const passage = ofBlock.get(client) ?? { client, text: '', near: near[index], end: at }
      passage.text += (passage.end === at ? '' : ' … ') + (text[at] ?? '')
      passage.end = at + 1
      ofBlock.set(client, passage)
    }
    passages.push(...ofBlock.values())
  }
  return passages
    .filter(({ text: words }) => words.trim() !== '')
    .map(({ client, text: words, near: place }) => ({ client, text: words, near: place }))
}

const fresh = 1

/** Two documents without the blocks they share at their beginning and end, and how many units stood before. */
function differing(a: Node, b: Node): { was: Node; is: Node; before: number } {
  const [start, end] = equalEnds(a, b)
  const inner = (node: Node) => node.copy(Fragment.fromArray(node.children.slice(start, node.childCount - end)))
  const before = b.children.slice(0, start).reduce((units, block) => units + unitsIn(block), 0)
  return { was: inner(a), is: inner(b), before }
}

function credits(head: Node | undefined, document: Node, owners: readonly Owned[]): Credit[] {
  const known: Credit[] = head ? [{ size: unitsIn(head), revision: 0, person: null }] : []
  return authorship(head && { document: head, credits: known }, document, owners, fresh)
}

/** For every block of a document the block of the target beside which it stood. */
function placesIn(document: Node, target: Node): number[] {
  const places: number[] = []
  let last = 0
  for (const step of steps(document, target)) {
    if (step.kind === 'insert' || step.kind === 'arrive') last = Math.max(last, step.b)
    else {
      if (step.kind !== 'remove') last = step.b
      places[step.a] = last
    }
  }
  return places
}
