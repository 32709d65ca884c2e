import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import { mergeChosen } from '../../../shared/document/merge-chosen.ts'
import { assembled, piecesOf } from '../../../shared/document/pieces.ts'
import { schema } from '../../../shared/document/schema.ts'
import { anyDocument, edited, paragraph, paragraphs } from '../../support/documents.ts'

const texts = (document: Node | undefined) => document?.children.map(block => block.textContent)
const threeVersions = anyDocument().chain(base => fc.tuple(fc.constant(base), edited(base), edited(base)))

describe('a document in a row', () => {
  test('is put together again as it was', () => {
    fc.assert(
      fc.property(anyDocument(), document => {
        expect(assembled(piecesOf(document)).toString()).toBe(document.toString())
        expect(assembled(piecesOf(document)).eq(document)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})

describe('a merge with choices', () => {
  test('with a side that did nothing is the other side, without a question', () => {
    fc.assert(
      fc.property(threeVersions, ([base, x]) => {
        for (const merged of [mergeChosen(base, x, base), mergeChosen(base, base, x), mergeChosen(base, x, x)]) {
          expect(merged.clashes).toEqual([])
          expect(merged.document.eq(x)).toBe(true)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('of anything is a valid document, whatever is chosen', () => {
    fc.assert(
      fc.property(threeVersions, ([base, ours, theirs]) => {
        const { document, clashes } = mergeChosen(base, ours, theirs)
        document.check()
        const all = new Map(clashes.map(({ id }) => [id, 'theirs' as const]))
        expect(all.size).toBe(clashes.length)
        const taken = mergeChosen(base, ours, theirs, all)
        taken.document.check()
        expect(taken.clashes.every(({ choice }) => choice === 'theirs')).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('commutes where the edits do not touch', () => {
    const base = paragraphs(...Array.from({ length: 8 }, (_, at) => `Paragraph ${at} is about one tree of the garden.`))
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 6 }), fc.nat(2), (places, kind) => {
        const half = Math.floor(places.length / 2)
        const changed = (mine: number[], word: string) =>
          schema.node(
            'doc',
            null,
            base.children.flatMap((block, at) => {
              if (!mine.includes(at)) return [block]
              if (kind === 0) return [paragraph(block.textContent.replace('one tree', `${word} tree`))]
              return kind === 1 ? [] : [block.type.create({ ...block.attrs, kind: 'heading' }, block.content)]
            }),
          )
        // Neighbours that both go touch each other.
        const apart =
          kind !== 1 || places.every(one => places.every(other => one === other || Math.abs(one - other) > 1))
        if (!apart) return
        const [left, right] = [places.slice(0, half), places.slice(half)]
        const merged = mergeChosen(base, changed(left, 'ours'), changed(right, 'theirs'))
        expect(merged.clashes).toEqual([])
        expect(merged.document.eq(mergeChosen(base, changed(right, 'theirs'), changed(left, 'ours')).document)).toBe(
          true,
        )
      }),
    )
  })

  const [base, ours, theirs] = [
    paragraphs('The oak is 300 years old and stands behind the church of the village.', 'It is hollow.'),
    paragraphs('The oak is 400 years old and stands beside the church of the village.', 'It is hollow.', 'Visit it.'),
    paragraphs('The oak is 200 years old and stands behind the church of the village.', 'It is not hollow.'),
  ]

  test('tells the clashing words, not their paragraph, and takes back the rest', () => {
    const { document, clashes } = mergeChosen(base, ours, theirs)
    expect(texts(document)).toEqual([
      'The oak is 400 years old and stands beside the church of the village.',
      'It is not hollow.',
      'Visit it.',
    ])
    expect(clashes).toHaveLength(1)
    const [clash] = clashes
    expect([clash?.base, clash?.ours, clash?.theirs, clash?.taken].map(texts)).toEqual([
      ['300'],
      ['400'],
      ['200'],
      ['200'],
    ])
    expect(clash?.around).toEqual({ before: 'The oak is', after: 'years old and stands beside the church of' })
  })

  test('does as is chosen, and a choice is good for those words only', () => {
    const { clashes } = mergeChosen(base, ours, theirs)
    const choices = new Map(clashes.map(({ id }) => [id, 'theirs' as const]))
    expect(texts(mergeChosen(base, ours, theirs, choices).document)?.[0]).toBe(
      'The oak is 200 years old and stands beside the church of the village.',
    )
    const later = paragraphs('The oak is 500 years old and stands beside the church of the village.', 'It is hollow.')
    expect(mergeChosen(base, later, theirs, choices).clashes).toMatchObject([{ choice: undefined }])
  })

  test('asks where words only touch, and taking back keeps what stands beside', () => {
    const [was, now, before] = [paragraphs('An old oak.'), paragraphs('A very old oak.'), paragraphs('An oak.')]
    const { document, clashes } = mergeChosen(was, now, before)
    expect(texts(document)).toEqual(['A very old oak.'])
    expect(clashes.map(clash => texts(clash.taken))).toEqual([['A very']])
  })

  test('does not ask where changes only meet between two paragraphs', () => {
    const [was, before] = [paragraphs('An oak.', 'Buy seeds.'), paragraphs('An oak.')]
    const appended = mergeChosen(was, paragraphs('An oak.', 'Buy seeds.', 'Visit it.'), before)
    expect(appended.clashes).toEqual([])
    expect(texts(appended.document)).toEqual(['An oak.', 'Visit it.'])
    const inside = mergeChosen(was, paragraphs('An oak.', 'Buy seeds. Or not.'), before)
    expect(inside.clashes.map(clash => texts(clash.ours))).toEqual([['Buy seeds. Or not.']])
    const instead = mergeChosen(before, paragraphs('An oak.', 'Mine.'), paragraphs('An oak.', 'Back again.'))
    expect(instead.clashes.map(clash => texts(clash.taken))).toEqual([['Mine.', 'Back again.']])
  })

  test('keeps a whole passage together that was moved past a few words', () => {
    const passage = Array.from({ length: 8 }, (_, at) => `Paragraph ${at} tells of trees that grow by the river.`)
    const [was, before] = [paragraphs('Of oaks', ...passage), paragraphs('Of oaks', ...passage.slice(0, 7), 'The end.')]
    const now = paragraphs(...passage, 'Of oaks')
    const { document, clashes } = mergeChosen(was, now, before)
    expect(texts(document)).toEqual([...passage.slice(0, 7), 'The end.', 'Of oaks'])
    expect(clashes).toEqual([])
  })

  test('asks nothing about rules and empty lines around what was written since', () => {
    const [rule, empty] = [schema.node('rule'), paragraph('')]
    const doc = (...blocks: Node[]) => schema.node('doc', null, [paragraph('One.'), ...blocks, paragraph('Two.')])
    const { document, clashes } = mergeChosen(doc(rule, empty, rule), doc(rule, paragraph('Mine.'), rule), doc())
    expect(texts(document)).toEqual(['One.', 'Mine.', 'Two.'])
    expect(clashes).toEqual([])
  })

  test('leaves a picture that was exchanged since, unless chosen', () => {
    const page = (src: string, text: string) =>
      schema.node('doc', null, [
        paragraph(text),
        paragraph('It stands.'),
        schema.node('figure', { src, alt: 'An oak' }),
      ])
    const versions = [page('b.png', 'Bad.'), page('c.png', 'Bad.'), page('a.png', 'Good.')] as const
    const { document, clashes } = mergeChosen(...versions)
    expect(document.eq(page('c.png', 'Good.'))).toBe(true)
    expect(clashes.map(({ choice }) => choice)).toEqual(['ours'])
    const all = new Map(clashes.map(({ id }) => [id, 'theirs' as const]))
    expect(mergeChosen(...versions, all).document.eq(page('a.png', 'Good.'))).toBe(true)
  })

  test('asks about a passage of any length', () => {
    const long = paragraphs(Array.from({ length: 150_000 }, (_, at) => `w${at}`).join(' '))
    const { clashes } = mergeChosen(paragraphs('One.'), long, paragraphs('Two.'))
    expect(clashes).toHaveLength(1)
  })

  test('names the section that a clash stands in', () => {
    const page = (number: string) =>
      schema.node('doc', null, [
        paragraph('Oaks', { kind: 'heading', level: 2 }),
        paragraph(`It is ${number} years old.`),
        paragraph('Elms', { kind: 'heading', level: 2 }),
      ])
    expect(mergeChosen(page('1'), page('2'), page('3')).clashes.map(({ section }) => section)).toEqual(['Oaks'])
  })

  test('keeps a heading that one side made while the other changed its first word', () => {
    const heading = (text: string) =>
      schema.node('doc', null, [paragraph(text, { kind: 'heading' }), paragraph('End.')])
    const merged = mergeChosen(
      paragraphs('Old trees here', 'End.'),
      paragraphs('Ancient trees here', 'End.'),
      heading('Old trees here'),
    )
    expect(merged.document.eq(heading('Ancient trees here'))).toBe(true)
    expect(merged.clashes).toEqual([])
  })

  test('asks about each cell of a table by itself', () => {
    const table = (...rows: string[][]) => {
      const cells = (texts: string[]) => texts.map(text => schema.node('cell', null, [paragraph(text)]))
      const lines = rows.map(texts => schema.node('row', null, cells(texts)))
      return schema.node('doc', null, [paragraph('Trees', { kind: 'heading' }), schema.node('table', null, lines)])
    }
    const versions = [
      table(['Oak', '400', '400', 'Kent'], ['Elm', '80', 'x', 'Wales']),
      table(['Oak', '500', '500', 'Kent'], ['An elm', '80', 'x', 'Wales']),
      table(['Oak', '300', '300', 'Kent'], ['Elm', '80', 'x', 'Essex']),
    ] as const
    const { clashes } = mergeChosen(...versions)
    expect(clashes.map(({ section, base, ours, taken }) => [section, texts(base), texts(ours), texts(taken)])).toEqual([
      ['Trees', ['400'], ['500'], ['300']],
      ['Trees', ['400'], ['500'], ['300']],
    ])
    const [first, second] = clashes
    const { document } = mergeChosen(...versions, new Map([[second?.id ?? '', 'theirs']]))
    expect(document.eq(table(['Oak', '500', '300', 'Kent'], ['An elm', '80', 'x', 'Essex']))).toBe(true)
    expect(first?.id).not.toBe(second?.id)
  })

  test('asks about a table as a whole where a row came and went, too', () => {
    const table = (...rows: string[]) => {
      const lines = rows.map(text => schema.node('row', null, [schema.node('cell', null, [paragraph(text)])]))
      return schema.node('doc', null, [schema.node('table', null, lines)])
    }
    const versions = [
      table('Old oaks', 'Old elms'),
      table('New oaks', 'Old elms', 'Firs'),
      table('Big oaks', 'Old elms'),
    ] as const
    const { clashes } = mergeChosen(...versions)
    expect(clashes).toHaveLength(1)
    const all = new Map(clashes.map(({ id }) => [id, 'theirs' as const]))
    expect(mergeChosen(...versions, all).document.eq(table('Big oaks', 'Old elms', 'Firs'))).toBe(true)
  })
})
