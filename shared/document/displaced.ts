import type { Node } from 'prosemirror-model'
import type * as Y from 'yjs'
import { spread } from './authorship.ts'
import { type Origins, traced } from './copies.ts'
import { documentOf } from './live.ts'
import { creditsSince, fresh } from './new-authors.ts'
import type { Orphan } from './orphans.ts'
import { lettersIn } from './owners.ts'
import { steps } from './pairing.ts'
import type { LetterId } from './removed.ts'
import { keptUnits, unitsIn, unitText } from './units.ts'

/**
 * The new words of a draft that a patch to `target` would take away, by block and by the client that wrote them first;
 * call it before the patch. They are what a restore keeps for their authors as rescued passages. `isOld` knows letters
 * that the head had, wherever they stand.
 */
export function displacedWords(
  head: Node,
  fragment: Y.XmlFragment,
  target: Node,
  originOf: Origins = (client, clock, size) => ({ client, clock, size }),
  isOld: (letter: LetterId) => boolean = () => false,
): Orphan[] {
  const document = documentOf(fragment)
  const text = unitText(document)
  const { clients, ids } = lettersOf(fragment, originOf)
  const isNew = spread(creditsSince(head, document, [])).map(({ revision }) => revision === fresh)
  const stays = stayingIn(document, target)
  const near = placesIn(document, target)
  const passages: (Orphan & { end: number })[] = []
  let at = 0
  for (const [index, block] of document.children.entries()) {
    const ofBlock = new Map<number, Orphan & { end: number }>()
    for (const end = at + unitsIn(block); at < end; at++) {
      const id = ids[at]
      if (!isNew[at] || stays[at] === 1 || (id && isOld(id))) continue
      const client = clients[at] ?? 0
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

function lettersOf(fragment: Y.XmlFragment, originOf: Origins) {
  const [ids, clients]: [LetterId[], number[]] = [[], []]
  for (const { client, clock, origin } of traced(lettersIn(fragment).letters, originOf))
    for (let at = 0; at < origin.size; at++) {
      ids.push({ client, clock: clock + at })
      clients.push(origin.client)
    }
  return { ids, clients }
}

/** Which units of a document the target says too; a block that says all the same stays, wherever it goes. */
function stayingIn(document: Node, target: Node): Uint8Array {
  const stays = new Uint8Array(unitsIn(document))
  const elsewhere = new Map<string, number>()
  const kept = keptUnits(document, target)
  let unit = 0
  for (const block of target.children) {
    const own = kept.subarray(unit, (unit += unitsIn(block)))
    for (const was of own) if (was >= 0) stays[was] = 1
    if (own.every(was => was < 0)) elsewhere.set(unitText(block), (elsewhere.get(unitText(block)) ?? 0) + 1)
  }
  let at = 0
  for (const block of document.children) {
    const own = stays.subarray(at, (at += unitsIn(block)))
    const places = elsewhere.get(unitText(block)) ?? 0
    if (places === 0 || own.includes(1)) continue
    own.fill(1)
    elsewhere.set(unitText(block), places - 1)
  }
  return stays
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
