import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, fromCanonical, normalise } from '../../../shared/document/canonical.ts'
import { DocumentRefused, documentFromJson } from '../../../shared/document/from-json.ts'
import { splitFrontMatter } from '../../../shared/document/front-matter.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { schema } from '../../../shared/document/schema.ts'
import { toText } from '../../../shared/document/text.ts'
import { sayable } from './arbitrary.ts'

test('a document, its canonical text and its JSON name the same content', () => {
  fc.assert(
    fc.property(sayable, doc => {
      expect(fromCanonical(canonical(doc)).eq(doc)).toBe(true)
      expect(canonical(documentFromJson(doc.toJSON()))).toBe(canonical(doc))
    }),
    { numRuns: 300, seed: 20 },
  )
})

test('attributes that mean nothing, order of marks and broken runs do not change a content', () => {
  const one = schema.node('doc', null, [
    schema.node('line', { kind: 'bullet', level: 5, start: 3, checked: true }, [schema.text('ab')]),
  ])
  const other = {
    type: 'doc',
    content: [
      {
        type: 'line',
        attrs: { kind: 'bullet' },
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ],
  }
  expect(canonical(one)).toBe(canonical(documentFromJson(other)))
  expect(canonical(one)).toBe(
    '{"content":[{"attrs":{"kind":"bullet"},"content":[{"text":"ab","type":"text"}],"type":"line"}],"type":"doc"}',
  )
  expect(normalise(normalise(one)).eq(normalise(one))).toBe(true)
})

test.each([
  ['content[0].attrs.level', { type: 'doc', content: [{ type: 'line', attrs: { level: '2' } }] }],
  ['content[0].attrs.colour', { type: 'doc', content: [{ type: 'line', attrs: { colour: 'red' } }] }],
  ['content', { type: 'doc', content: [] }],
  [
    'content[0].content[0].marks[0].attrs.href',
    {
      type: 'doc',
      content: [
        {
          type: 'line',
          content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:x' } }] }],
        },
      ],
    },
  ],
  ['content[0].type', { type: 'doc', content: [{ type: '__proto__' }] }],
  ['html', { type: 'doc', html: '<b>' }],
  ['type', { type: 'line' }],
  ['content[0].content', { type: 'doc', content: [{ type: 'code_block', content: [{ type: 'hard_break' }] }] }],
])('JSON that is no document is refused at %s', (path, json) => {
  expect(() => documentFromJson(json)).toThrow(DocumentRefused)
  try {
    documentFromJson(json)
  } catch (error) {
    expect(error instanceof DocumentRefused && error.path).toBe(path)
  }
})

test('front matter gives title and language and keeps the rest as code', () => {
  expect(splitFrontMatter('---\ntitle: "A \\"b\\""\nlang: fr\norder: 3\n---\n\ntext\n')).toEqual({
    title: 'A "b"',
    lang: 'fr',
    rest: '```yaml\norder: 3\n```\n\n\ntext\n',
  })
  expect(splitFrontMatter('---\ntitle: Only\n---\ntext')).toEqual({ title: 'Only', rest: 'text' })
  expect(splitFrontMatter('text\n---\n')).toEqual({ rest: 'text\n---\n' })
})

test('long texts of nothing but signs are read in a few seconds, with their words', () => {
  for (const piece of ['[', '> ', '*', '_', '`a', '![', '[^a]: ', '- ', '<', '{{']) {
    const doc = fromMarkdown(`${piece.repeat(300_000 / piece.length)}word`)
    doc.check()
    expect(toText(doc)).toContain('word')
  }
})
