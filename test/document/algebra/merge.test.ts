import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import { merge } from '../../../shared/document/merge.ts'
import { schema } from '../../../shared/document/schema.ts'
import { anyDocument, edited, paragraph, paragraphs } from '../../support/documents.ts'

const threeVersions = anyDocument().chain(base => fc.tuple(fc.constant(base), edited(base), edited(base)))
const texts = (document: Node) => document.children.map(block => block.textContent)

describe('a merge', () => {
  test('with a side that did nothing is the other side, and of equal sides is either', () => {
    fc.assert(
      fc.property(threeVersions, fc.constantFrom('ours' as const, 'theirs' as const), ([base, x], prefer) => {
        for (const merged of [merge(base, x, base, prefer), merge(base, base, x, prefer), merge(base, x, x, prefer)]) {
          expect(merged.document.eq(x)).toBe(true)
          expect(merged.conflicts).toEqual([])
          expect(merged.displaced).toEqual([])
        }
      }),
    )
  })

  test('of anything is a valid document', () => {
    fc.assert(
      fc.property(
        threeVersions,
        fc.constantFrom('ours' as const, 'theirs' as const),
        ([base, ours, theirs], prefer) => {
          const merged = merge(base, ours, theirs, prefer)
          merged.document.check()
          for (const block of merged.displaced) schema.node('doc', null, [block]).check()
        },
      ),
      { numRuns: 400 },
    )
    fc.assert(fc.property(anyDocument(), anyDocument(), anyDocument(), (a, b, c) => merge(a, b, c).document.check()))
  })

  test('of edits in different blocks never conflicts and has both', () => {
    const words = 'oak elm ash fir yew lime birch maple alder hazel'.split(' ')
    const base = paragraphs(...words.map((word, index) => `Paragraph ${index} is about the ${word} in the garden.`))
    const spots = fc.uniqueArray(fc.nat(words.length - 1), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(spots, fc.nat(2), (places, kind) => {
        const half = Math.floor(places.length / 2)
        const changed = (mine: number[], word: string) =>
          schema.node(
            'doc',
            null,
            base.children.flatMap((block, index) => {
              if (!mine.includes(index)) return [block]
              if (kind === 0) return [paragraph(`${block.textContent} ${word}${index}`)]
              return kind === 1
                ? [block, paragraph(`${word}${index}`)]
                : [block.type.create({ ...block.attrs, kind: 'heading' }, block.content)]
            }),
          )
        const [left, right] = [places.slice(0, half), places.slice(half)]
        const merged = merge(base, changed(left, 'ours'), changed(right, 'theirs'))
        expect(merged.conflicts).toEqual([])
        const both = merge(base, changed(right, 'theirs'), changed(left, 'ours')).document
        expect(merged.document.eq(both)).toBe(true)
        if (kind < 2) for (const index of left) expect(merged.document.textContent).toContain(`ours${index}`)
        if (kind < 2) for (const index of right) expect(merged.document.textContent).toContain(`theirs${index}`)
      }),
    )
  })

  test('of edits in different words of one paragraph has both', () => {
    const base = paragraphs('The quick brown fox jumps over the lazy dog.')
    const ours = paragraphs('The slow brown fox jumps over the lazy dog.')
    const theirs = paragraphs('The quick brown fox jumps over the lazy cat, again.')
    const merged = merge(base, ours, theirs)
    expect(texts(merged.document)).toEqual(['The slow brown fox jumps over the lazy cat, again.'])
    expect(merged.conflicts).toEqual([])
  })

  test('keeps both of two insertions at one place, ours first', () => {
    const merged = merge(
      paragraphs('One. Two.', 'End'),
      paragraphs('One. Ours. Two.', 'A', 'End'),
      paragraphs('One. Theirs. Two.', 'B', 'End'),
    )
    expect(texts(merged.document)).toEqual(['One. Ours. Theirs. Two.', 'A', 'B', 'End'])
    expect(merged.conflicts).toEqual([])
  })

  test.each([
    ['古树在山', '这古树在山', '那古树就在山'],
    ['Old elm', 'An Old elm', 'My Old dear elm'],
  ])('keeps the insertions of both in a short line: %s', (base, ours, theirs) => {
    const merged = merge(paragraphs(base), paragraphs(ours), paragraphs(theirs))
    expect(texts(merged.document)).toHaveLength(1)
    expect(merged.conflicts).toEqual([])
  })

  test('tells where both changed the same words, and lets the preferred side win', () => {
    const [base, ours, theirs] = [
      paragraphs('It is 300 years old.'),
      paragraphs('It is 400 years old.'),
      paragraphs('It is 500 years old.'),
    ]
    const merged = merge(base, ours, theirs)
    expect(texts(merged.document)).toEqual(['It is 400 years old.'])
    expect(merged.conflicts).toMatchObject([{ kind: 'words', path: [0] }])
    // Restoring: the old words come back, what a colleague has just written stays beside them.
    expect(texts(merge(base, ours, theirs, 'theirs').document)).toEqual(['It is 500 400 years old.'])
  })

  test('leaves a paragraph that ours went on writing and theirs removed, or displaces the new words', () => {
    const base = paragraphs('Stays here as it is.', 'Spam about cheap leaves for sale.')
    const ours = paragraphs('Stays here as it is.', 'Spam about cheap leaves for sale. Do we want this?')
    const theirs = paragraphs('Stays here as it is.')
    const kept = merge(base, ours, theirs)
    expect(kept.document.eq(ours)).toBe(true)
    expect(kept.conflicts).toMatchObject([{ kind: 'removed', path: [1], theirs: undefined }])
    const removed = merge(base, ours, theirs, 'theirs')
    expect(removed.document.eq(theirs)).toBe(true)
    expect(texts(schema.node('doc', null, removed.displaced))).toEqual([' Do we want this?'])
  })

  test('tells where both put something else in place of the same block', () => {
    const merged = merge(
      paragraphs('A', 'An old paragraph.', 'Z'),
      paragraphs('A', 'Wir schreiben neu', 'Z'),
      paragraphs('A', 'Quite different!', 'Z'),
    )
    expect(merged.conflicts).toMatchObject([{ kind: 'replaced', path: [1] }])
  })

  test('carries words along when the other side moved their block', () => {
    const [oak, elm, ash] = ['The oak is a very old tree of Europe.', 'The elm grows by rivers and on banks.', 'Ash.']
    const base = paragraphs(oak, elm, ash)
    const merged = merge(base, paragraphs(ash, elm, oak), paragraphs(oak, `${elm} It is rare.`, ash))
    expect(texts(merged.document)).toEqual([ash, `${elm} It is rare.`, oak])
    expect(merged.conflicts).toEqual([])
  })

  test('merges attributes one by one', () => {
    const line = (attrs: Record<string, unknown>) => schema.node('doc', null, [paragraph('An oak', attrs)])
    const merged = merge(line({}), line({ kind: 'heading' }), line({ indent: 2 }))
    expect(merged.document.child(0).attrs).toMatchObject({ kind: 'heading', indent: 2 })
    expect(merge(line({}), line({ indent: 1 }), line({ indent: 2 })).conflicts).toMatchObject([{ kind: 'attribute' }])
  })

  test('adds a row of one side and a column of the other to an even table', () => {
    const table = (...rows: string[][]) =>
      schema.node('doc', null, [
        schema.node(
          'table',
          null,
          rows.map(row =>
            schema.node(
              'row',
              null,
              row.map(text => schema.node('cell', null, [paragraph(text)])),
            ),
          ),
        ),
      ])
    const base = table(['Tree', 'Age'], ['Oak', '300'])
    const merged = merge(
      base,
      table(['Tree', 'Age', 'Place'], ['Oak', '300', 'Kent']),
      table(['Tree', 'Age'], ['Oak', '301'], ['Elm', '80']),
    )
    expect(merged.document.eq(table(['Tree', 'Age', 'Place'], ['Oak', '301', 'Kent'], ['Elm', '80', '']))).toBe(true)
    expect(merged.conflicts).toEqual([])
  })

  test('gives a new row of one side the columns that the other side put in or took away', () => {
    const table = (...rows: string[][]) =>
      schema.node('doc', null, [
        schema.node(
          'table',
          null,
          rows.map(row =>
            schema.node(
              'row',
              null,
              row.map(text => schema.node('cell', null, [paragraph(text)])),
            ),
          ),
        ),
      ])
    const base = table(['Tree', 'Age', 'Place'], ['Oak', '300', 'Kent'])
    const rows = table(['Tree', 'Age', 'Place'], ['Oak', '300', 'Kent'], ['Elm', '80', 'Wales'])
    const wider = table(['Tree', 'Height', 'Age', 'Place'], ['Oak', '20 m', '300', 'Kent'])
    const expected = table(
      ['Tree', 'Height', 'Age', 'Place'],
      ['Oak', '20 m', '300', 'Kent'],
      ['Elm', '', '80', 'Wales'],
    )
    expect(merge(base, rows, wider).document.eq(expected)).toBe(true)
    expect(merge(base, wider, rows).document.eq(expected)).toBe(true)
    const narrower = table(['Tree', 'Place'], ['Oak', 'Kent'])
    const merged = merge(base, rows, narrower, 'theirs')
    expect(merged.document.eq(table(['Tree', 'Place'], ['Oak', 'Kent'], ['Elm', 'Wales']))).toBe(true)
    expect(merged.displaced.map(block => block.textContent)).toEqual(['80'])
  })

  test('merges footnotes and formatting with words', () => {
    const doc = (...content: Node[]) => schema.node('doc', null, [schema.node('line', null, content)])
    const note = (text: string) => schema.node('footnote', null, [schema.text(text)])
    const [strong, em] = [schema.mark('strong'), schema.mark('em')]
    const merged = merge(
      doc(schema.text('An old oak'), note('See the church book.')),
      doc(schema.text('An '), schema.text('old', [strong]), schema.text(' oak'), note('See the old church book.')),
      doc(schema.text('An '), schema.text('old', [em]), schema.text(' oak tree'), note('See the church book of 1700.')),
    )
    const expected = doc(
      schema.text('An '),
      schema.text(
        'old',
        [strong, em].reduce((set, mark) => mark.addToSet(set), schema.text('x').marks),
      ),
      schema.text(' oak tree'),
      note('See the old church book of 1700.'),
    )
    expect(merged.document.toString()).toBe(expected.toString())
  })
})
