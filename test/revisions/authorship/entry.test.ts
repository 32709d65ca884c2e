import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attributed, authorship, type Credit, type Fact, spread } from '../../../shared/document/authorship.ts'
import { keptUnits, unitsIn, unitText } from '../../../shared/document/units.ts'
import { creditedBlocks, perCent, wholeWords, wordsByAuthor } from '../../../shared/document/shares.ts'
import { Roll } from '../../../server/revisions/authorship/bytes.ts'
import { creditsIn, entryOf, goneIn } from '../../../server/revisions/authorship/entry.ts'
import { factsFromBytes, factsToBytes } from '../../../server/revisions/authorship/facts.ts'
import { lettersFromBytes, lettersToBytes } from '../../../server/revisions/authorship/letters.ts'
import { partFrom, toBytes } from '../../../server/revisions/authorship/parts.ts'
import { anyDocument, anyEdit, edited, paragraphs } from '../../support/documents.ts'

const id = (digit: number) => `0190000${digit}-0000-7000-8000-00000000000${digit}`
const by = (person: string | null, size: number): Fact[] => [{ size, person }]
const sum = (runs: readonly { size: number }[]) => runs.reduce((all, { size }) => all + size, 0)

test('an entry tells of every word whose it is, as it was found', () => {
  const chain = anyEdit().chain(([a, b]) => edited(b).map(c => [a, b, c] as const))
  fc.assert(
    fc.property(chain, documents => {
      const roll = new Roll()
      const entries: Uint8Array[] = []
      const all: Credit[][] = []
      for (const [at, next] of documents.entries()) {
        const before = documents[at - 1]
        const previous = before && { document: before, credits: all[at - 1] ?? [] }
        const found = attributed(previous, next, by(at === 1 ? null : id(at), unitsIn(next)), at + 1)
        const credits = found.credits()
        entries.push(
          entryOf({ revision: at + 1, kept: found.kept, credits, before: before ? unitsIn(before) : 0 }, roll),
        )
        all.push(credits)
      }
      const part = partFrom({ first: 1, bytes: toBytes({ first: 1, roll, entries }) })
      expect(part.entries).toEqual(entries)
      let read: Credit[] = []
      for (const [at, entry] of part.entries.entries()) {
        const units = sum(read)
        for (const { from, to } of goneIn(entry, units)) expect(from < to && to <= units).toBe(true)
        read = creditsIn(entry, at + 1, read, part.roll)
        expect(read).toEqual(all[at])
      }
    }),
    { numRuns: 200 },
  )
})

test('words that stand twice, as letters of one that was copied do, are told for both', () => {
  const text = paragraphs('one', 'two', 'three')
  const credits: Credit[] = [{ size: unitsIn(text), revision: 1, person: id(1) }]
  const doubled = paragraphs('one', 'two', 'three', 'two', 'wo')
  const facts: Fact[] = [
    { size: 11, from: 0 },
    { size: 3, from: 3 },
    { size: 2, from: 4 },
  ]
  const found = attributed({ document: text, credits }, doubled, facts, 2)
  const roll = new Roll()
  const entry = entryOf({ revision: 2, kept: found.kept, credits: found.credits(), before: 11 }, roll)
  expect(creditsIn(entry, 2, credits, roll)).toEqual([{ size: 16, revision: 1, person: id(1) }])
})

test('facts and letters are read as they were written', () => {
  const size = fc.integer({ min: 1, max: 5_000 })
  const fact: fc.Arbitrary<Fact> = fc.oneof(
    fc.record({ size, from: fc.nat(100_000) }),
    fc.record({ size, person: fc.constantFrom(null, id(1), id(2), 'ada') }),
  )
  fc.assert(
    fc.property(fc.array(fact), facts => {
      expect(factsFromBytes(factsToBytes(facts))).toEqual(facts)
    }),
  )
  const run = fc.record({
    size,
    client: fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    clock: fc.nat(1_000_000),
  })
  fc.assert(
    fc.property(fc.array(run), letters => {
      expect(lettersFromBytes(lettersToBytes(letters))).toEqual(letters)
    }),
  )
})

test('where letters are known every unit is credited once: to what it was, or to who wrote it', () => {
  fc.assert(
    fc.property(anyEdit(), ([a, b]) => {
      const credits = authorship(undefined, a, by('ada', unitsIn(a)), 1)
      // Letters as an editor would know them who writes nothing anew.
      const facts: Fact[] = [...keptUnits(a, b)].map(from => (from < 0 ? { size: 1, person: 'bo' } : { size: 1, from }))
      const next = authorship({ document: a, credits }, b, facts, 2)
      expect(sum(next)).toBe(unitsIn(b))
      for (const [unit, credit] of spread(next).entries()) {
        const fact = facts[unit]
        if (fact && 'from' in fact) expect(credit.person).toBe('ada')
      }
    }),
    { numRuns: 200 },
  )
})

test('a word in which several people wrote is shown whole, as whoever wrote most of it', () => {
  const credit = (person: number, revision: number) => ({ size: 0, person: id(person), revision })
  const [ada, bo, more] = [credit(1, 1), credit(2, 2), credit(1, 3)]
  const shown = (...parts: [string, Credit][]) =>
    wholeWords(
      parts.map(([text, of]) => ({ text, credit: of })),
      ({ person }) => person,
    ).map(({ text, credit: { revision } }) => [text, revision])
  expect(shown(['The oak', ada], ['s sto', bo], ['od ', ada])).toEqual([
    ['The oaks', 1],
    [' stood ', 2],
  ])
  expect(shown(['to', ada], ['get', bo], ['her', more])).toEqual([['together', 3]])
  expect(shown(['😀'.slice(0, 1), ada], ['😀'.slice(1), bo])).toEqual([['😀', 1]])
  expect(shown(['  ', ada])).toEqual([['  ', 1]])
})

test('shares count every word once, and passages hold every letter', () => {
  fc.assert(
    fc.property(anyDocument(), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (document, sizes) => {
      const units = unitsIn(document)
      const credits: Credit[] = []
      for (let at = 0; sum(credits) < units; at++) {
        const size = Math.min(sizes[at % sizes.length] ?? 1, units - sum(credits))
        credits.push({ size, revision: at + 1, person: id(at % 3) })
      }
      const blocks = creditedBlocks(document, credits)
      expect(blocks.flatMap(({ passages }) => passages.map(({ text }) => text)).join('')).toBe(unitText(document))
      const whole = wordsByAuthor(blocks, () => 'all').get('all') ?? 0
      const parts = [...wordsByAuthor(blocks, ({ person }) => person).values()]
      expect(parts.reduce((all, words) => all + words, 0)).toBe(whole)
      for (const { passages } of blocks) {
        const shown = wholeWords(passages, ({ person }) => person)
        expect(shown.map(({ text }) => text).join('')).toBe(passages.map(({ text }) => text).join(''))
        // Nothing is left to put together, and no word is in two parts.
        expect(wholeWords(shown, ({ person }) => person)).toEqual(shown)
      }
      expect(Math.round(perCent(parts).reduce((all, share) => all + share * 10, 0))).toBe(whole > 0 ? 1000 : 0)
    }),
    { numRuns: 200 },
  )
})
