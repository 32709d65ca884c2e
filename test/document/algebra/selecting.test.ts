import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import { draftChanges, select, type Witness } from '../../../shared/document/draft-changes.ts'
import { schema } from '../../../shared/document/schema.ts'
import { atomsIn } from '../../../shared/document/selecting-atoms.ts'
import { unitText } from '../../../shared/document/units.ts'
import { anyDocument, anyEdit, paragraphs } from '../../support/documents.ts'

const nobody = { person: null, at: null }

/** Who wrote and took each atom is a matter of chance. */
const strangers = (people: readonly string[], seed: number): Witness => {
  const hand = (atom: number) => ({ person: people[(atom * 7 + seed) % people.length] ?? null, at: atom })
  return {
    wrote: hand,
    took: hand,
    set: hand,
    marked: hand,
    isOld: atom => (atom + seed) % 3 === 0,
    atomNow: atom => ((atom * 5 + seed) % 4 === 0 ? atom + (seed % 3) : undefined),
    copyNow: atom => ((atom * 3 + seed) % 4 === 0 ? atom + (seed % 5) : undefined),
    stoodBefore: atom => (atom % 3 === 0 ? undefined : atom + (seed % 5)),
    somebody: nobody,
  }
}

const anyWitness = fc
  .tuple(fc.uniqueArray(fc.constantFrom('ada', 'bo', 'cy'), { minLength: 1 }), fc.nat(100))
  .map(([people, seed]) => strangers(people, seed))
const anyPair = fc.oneof(anyEdit(), fc.tuple(anyDocument(), anyDocument()))
const anyPicks = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 })

const letters = (document: Node) => [...unitText(document).replaceAll(/\s/g, '')].toSorted().join('')

describe('a selection of changes', () => {
  test('is the draft where all are picked, and the head where none is', () => {
    fc.assert(
      fc.property(anyPair, anyWitness, ([head, draft], witness) => {
        const changes = draftChanges(head, draft, witness)
        expect(select(changes, () => true).document.toJSON()).toEqual(draft.toJSON())
        expect(select(changes, () => false).document.toJSON()).toEqual(head.toJSON())
        expect(changes.list.length === 0).toBe(head.eq(draft))
      }),
      { numRuns: 150 },
    )
  })

  test('is a valid document that knows where each of its letters comes from', () => {
    fc.assert(
      fc.property(anyPair, anyWitness, anyPicks, ([head, draft], witness, picks) => {
        const changes = draftChanges(head, draft, witness)
        const picked = new Set(changes.list.filter((_, index) => picks[index % picks.length]))
        const { document, runs } = select(changes, change => picked.has(change))
        document.check()
        expect(runs.reduce((sum, { size }) => sum + size, 0)).toBe(atomsIn(document))
        const [fromHead, fromDraft, own] = [atomTexts(head), atomTexts(draft), atomTexts(document)]
        let at = 0
        for (const { side, from, size } of runs) {
          const source = side === 'head' ? fromHead : fromDraft
          if (side) expect(own.slice(at, at + size)).toEqual(source.slice(from, from + size))
          at += size
        }
      }),
      { numRuns: 150 },
    )
  })

  test('loses no word that both have and invents none', () => {
    fc.assert(
      fc.property(anyPair, anyWitness, anyPicks, ([head, draft], witness, picks) => {
        const changes = draftChanges(head, draft, witness)
        const picked = new Set(changes.list.filter((_, index) => picks[index % picks.length]))
        const some = select(changes, change => picked.has(change)).document
        const rest = select(changes, change => !picked.has(change)).document
        // What both selections say together is what head and draft say together.
        expect([...letters(some), ...letters(rest)].toSorted().join('')).toBe(
          [...letters(head), ...letters(draft)].toSorted().join(''),
        )
      }),
      { numRuns: 150 },
    )
  })

  test('goes on to the draft where the rest is picked afterwards', () => {
    fc.assert(
      fc.property(anyEdit(), anyWitness, anyPicks, ([head, draft], witness, picks) => {
        const changes = draftChanges(head, draft, witness)
        const picked = new Set(changes.list.filter((_, index) => picks[index % picks.length]))
        const some = select(changes, change => picked.has(change)).document
        const rest = draftChanges(some, draft, witness)
        expect(select(rest, () => true).document.toJSON()).toEqual(draft.toJSON())
      }),
    )
  })

  test('has names for the changes that are the same every time', () => {
    fc.assert(
      fc.property(anyPair, anyWitness, ([head, draft], witness) => {
        const ids = draftChanges(head, draft, witness).list.map(({ id }) => id)
        expect(draftChanges(head, draft, witness).list.map(({ id }) => id)).toEqual(ids)
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })
})

/** What stands at each atom: a letter, or the name of a node. */
function atomTexts(node: Node): string[] {
  if (node.isText) return Array.from({ length: node.text?.length ?? 0 }, (_, at) => node.text?.[at] ?? '')
  return [...(node.type === schema.topNodeType ? [] : [node.type.name]), ...node.children.flatMap(atomTexts)]
}

test('a sentence that Enter parted is one change', () => {
  const head = paragraphs('The oak is an old tree. The elm is young.')
  const draft = paragraphs('The oak is an old tree. ', 'The elm is young.')
  expect(draftChanges(head, draft, strangers(['ada'], 0)).list).toHaveLength(1)
})
