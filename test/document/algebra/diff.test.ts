import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, type Change, changesFrom, diff } from '../../../shared/document/diff.ts'
import { schema } from '../../../shared/document/schema.ts'
import { anyDocument, anyEdit, paragraph, paragraphs } from '../../support/documents.ts'

describe('a difference', () => {
  test('applied to the old document makes the new one', () => {
    fc.assert(fc.property(anyDocument(), anyDocument(), (a, b) => void expect(apply(diff(a, b), a).eq(b)).toBe(true)))
    fc.assert(
      fc.property(anyEdit(), ([a, b]) => void expect(apply(diff(a, b), a).eq(b)).toBe(true)),
      { numRuns: 300 },
    )
  })

  test('survives being written and read', () => {
    const throughJson = (changes: Change[]) => changesFrom(JSON.parse(JSON.stringify(changes)))
    fc.assert(fc.property(anyEdit(), ([a, b]) => void expect(apply(throughJson(diff(a, b)), a).eq(b)).toBe(true)))
  })

  test('of a document with itself is nothing', () => {
    fc.assert(fc.property(anyDocument(), a => void expect(diff(a, schema.nodeFromJSON(a.toJSON()))).toEqual([])))
  })

  test('tells the words that changed and no others', () => {
    const [change] = diff(paragraphs('The quick brown fox jumps.'), paragraphs('The quick red fox jumps.'))
    expect(change).toMatchObject({
      kind: 'change',
      inline: [
        { kind: 'keep', size: 10 },
        { kind: 'remove', size: 5 },
        { kind: 'insert', nodes: [schema.text('red')] },
        { kind: 'keep', size: 11 },
      ],
    })
  })

  test('knows the words of languages without spaces, and right-to-left ones', () => {
    const inserted = (a: string, b: string) =>
      diff(paragraphs(a), paragraphs(b)).flatMap(change =>
        change.kind === 'change'
          ? change.inline.flatMap(part => (part.kind === 'insert' ? part.nodes.map(node => node.text) : []))
          : [],
      )
    expect(inserted('我们维护开源项目的版权。', '我们维护开源软件的版权。')).toEqual(['软件'])
    expect(inserted('الشجرة قديمة جدا', 'الشجرة جديدة جدا')).toEqual(['جديدة'])
    expect(inserted('a family 👨‍👩‍👧 walks', 'a family 👨‍👩‍👦 walks')).toEqual(['👨‍👩‍👦'])
  })

  test('follows a block that moved', () => {
    const [long, short] = ['A long paragraph about the oldest oak of the county.', 'A short one here.']
    expect(diff(paragraphs(long, short), paragraphs(short, long))).toEqual([
      { kind: 'move', from: 1, attrs: {}, content: [], inline: [] },
      { kind: 'keep', count: 1 },
      { kind: 'remove', count: 1 },
    ])
  })

  test('takes the one block that climbed past three changed ones for the moved one', () => {
    const lines = (...texts: string[]) =>
      ['first', 'second', 'third'].map((word, at) => `The ${word} paragraph ${texts[at]} of trees.`)
    const moved = 'Here is a long paragraph that somebody moved to the top.'
    const changes = diff(
      paragraphs(...lines('speaks', 'tells', 'talks'), moved),
      paragraphs(moved, ...lines('spoke', 'told', 'talked')),
    )
    expect(changes.map(change => change.kind)).toEqual(['move', 'change', 'change', 'change', 'remove'])
  })

  test('tells formatting apart from words', () => {
    const bold = schema.node('doc', null, [
      schema.node('line', null, [
        schema.text('an '),
        schema.text('old', [schema.mark('strong')]),
        schema.text(' tree'),
      ]),
    ])
    expect(diff(paragraphs('an old tree'), bold)).toMatchObject([
      {
        kind: 'change',
        inline: [
          { kind: 'keep', size: 3 },
          { kind: 'restyle', size: 3 },
          { kind: 'keep', size: 5 },
        ],
      },
    ])
  })

  test('pairs the rows of a table by what they say and its cells by column', () => {
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
    const before = table(['Tree', 'Age'], ['Oak in the park', '300'], ['Elm by the river', '80'])
    const after = table(
      ['Tree', 'Place', 'Age'],
      ['Elm by the river', 'Kent', '80'],
      ['Oak in the park', 'Kent', '301'],
    )
    expect(apply(diff(before, after), before).eq(after)).toBe(true)
    expect(JSON.stringify(diff(before, after))).not.toContain('Elm')
  })

  test('of two thousand blocks is found without comparing each with each', () => {
    const many = Array.from({ length: 3000 }, (_, index) => `Paragraph number ${index} says ${(index * 7919) % 1009}.`)
    const a = paragraphs(...many)
    const b = paragraphs(...many.map((text, index) => (index % 60 === 7 ? `${text} And more.` : text)))
    expect(diff(a, b).filter(change => change.kind === 'change')).toHaveLength(50)
    const shuffled = paragraphs(...many.toReversed())
    expect(apply(diff(a, shuffled), a).eq(shuffled)).toBe(true)
  })
})
