import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Node } from 'prosemirror-model'
import { normalise } from '../../../shared/document/canonical.ts'
import { draftChanges } from '../../../shared/document/draft-changes.ts'
import { type AtomRun, lettersSaid, liveAtoms } from '../../../shared/document/draft-changes-atoms.ts'
import { carriedOver } from '../../../shared/document/draft-changes-carry.ts'
import type { Earlier } from '../../../shared/document/draft-changes-earlier.ts'
import { witnessOf } from '../../../shared/document/draft-changes-live.ts'
import { deedsIn, type LogRow } from '../../../shared/document/draft-changes-rows.ts'
import { documentOf, fill, fragmentOf } from '../../../shared/document/live.ts'
import { fillOwned } from '../../../shared/document/owned.ts'
import { ownersOf } from '../../../shared/document/owners.ts'
import { anyDeed, type Deed, performs } from '../../support/deeds.ts'
import { anyDocument } from '../../support/documents.ts'

/** A draft with its log, in which people write, and which may be written anew. */
class Written {
  #ydoc = new Y.Doc()
  #rows: LogRow[] = []
  #base: readonly AtomRun[]
  #earlier: readonly Earlier[] = []
  #clients = new Map<string | null, number>()
  #epoch = 0
  readonly head: Node

  constructor(given: Node) {
    this.#ydoc.clientID = 1
    fill(fragmentOf(this.#ydoc), given)
    this.#base = liveAtoms(fragmentOf(this.#ydoc))
    this.head = normalise(documentOf(fragmentOf(this.#ydoc)))
  }

  does(deed: Deed, at: number) {
    const heard = (payload: Uint8Array) => this.#rows.push({ person: deed.by, at, payload, isAnew: false })
    this.#ydoc.clientID = this.#clientOf(deed.by)
    this.#ydoc.on('update', heard)
    this.#ydoc.transact(() => performs(this.#ydoc, deed, deed.by.repeat(2)))
    this.#ydoc.off('update', heard)
  }

  /** As a squash does. */
  beginsAnew() {
    const fragment = fragmentOf(this.#ydoc)
    const [document, owners] = [documentOf(fragment), ownersOf(fragment, this.#owners())]
    const { witness, hands } = this.#witness()
    const next = new Y.Doc()
    this.#epoch++
    this.#clients = new Map([...this.#clients.keys(), null].map(person => [person, this.#clientOf(person, true)]))
    fillOwned(fragmentOf(next), document, owners, person => this.#clientOf(person))
    const base = { fragment, witness, base: this.#base, earlier: this.#earlier, hands }
    const carried = carriedOver(base, liveAtoms(fragmentOf(next)), atom => atom)
    this.#ydoc = next
    this.#base = carried.atoms
    this.#earlier = JSON.parse(JSON.stringify(carried.earlier)) as Earlier[]
    this.#rows = [{ person: null, at: 0, payload: Y.encodeStateAsUpdate(next), isAnew: true }]
  }

  /** What it changes, and by whom. Which of two changes in one place is named first does not matter. */
  told() {
    const draft = normalise(documentOf(fragmentOf(this.#ydoc)))
    const { list } = draftChanges(this.head, draft, this.#witness().witness)
    return list.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  #owners() {
    const owners = new Map([...this.#clients].map(([person, client]) => [client, person]))
    return (client: number) => owners.get(client) ?? null
  }

  #clientOf(person: string | null, isNew = false): number {
    const known = isNew ? undefined : this.#clients.get(person)
    const client = known ?? this.#epoch * 100 + (person === null ? 99 : 2 + people.indexOf(person))
    this.#clients.set(person, client)
    return client
  }

  #witness() {
    const fragment = fragmentOf(this.#ydoc)
    const deeds = deedsIn(this.#rows, lettersSaid(this.head, this.#base), this.#earlier)
    const known = { ownerOf: this.#owners(), base: this.#base, earlier: this.#earlier }
    return { witness: witnessOf({ ...known, fragment, deeds }), hands: deeds.hands }
  }
}

const people = ['Ⓐ', 'Ⓑ', 'Ⓒ']

test('whoever changed a draft, and when, is known as before once it was written anew', () => {
  const before = fc.array(anyDeed('Ⓐ', 'Ⓑ', 'Ⓒ'), { minLength: 1, maxLength: 10 })
  // Who marks again what is marked already is told by guess.
  const after = fc.array(
    anyDeed('Ⓐ', 'Ⓑ', 'Ⓒ').filter(({ kind }) => kind !== 'strong'),
    { minLength: 1, maxLength: 10 },
  )
  fc.assert(
    fc.property(anyDocument(5), before, after, (given, before, after) => {
      const [here, there] = [new Written(given), new Written(given)]
      for (const [at, deed] of before.entries()) for (const one of [here, there]) one.does(deed, at + 1)
      there.beginsAnew()
      expect(there.told()).toEqual(here.told())
      for (const [at, deed] of after.entries()) {
        for (const one of [here, there]) one.does(deed, at + 100)
        if (at === 2) there.beginsAnew()
        // Whose words they are that are put elsewhere is certain, and not since when.
        const [found, wanted] = [there.told(), here.told()].map(list => list.map(change => ({ ...change, since: 0 })))
        expect(found).toEqual(wanted)
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100) },
  )
})
