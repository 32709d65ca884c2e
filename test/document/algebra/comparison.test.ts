import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { expect, test } from 'vitest'
import { changedSizes, type ComparedBlock, comparison, type Segment } from '../../../shared/document/comparison.ts'
import { schema } from '../../../shared/document/schema.ts'
import { anyEdit, paragraph, paragraphs } from '../../support/documents.ts'

const shown = (blocks: ComparedBlock[]): string[] =>
  blocks.map(block => `${block.status}: ${block.segments.length > 0 ? said(block.segments) : block.node.textContent}`)
const signs = { kept: '', inserted: '+', removed: '-', reformatted: '*', changed: '~' }
const said = (segments: Segment[]): string =>
  segments.map(({ status, nodes }) => (status === 'kept' ? words(nodes) : `[${signs[status]}${words(nodes)}]`)).join('')
const words = (nodes: Node[]) => nodes.map(node => node.text ?? node.textContent).join('')

test('a comparison shows words that came and went where they stand', () => {
  const a = paragraphs('Title', 'The oak is an old tree.', 'To be removed entirely.', 'This one moves up.')
  const b = schema.node('doc', null, [
    paragraph('This moves up.'),
    paragraph('Title', { kind: 'heading' }),
    schema.node('line', null, [
      schema.text('The oak is a '),
      schema.text('very old', [schema.mark('em')]),
      schema.text(' tree.'),
    ]),
    paragraph('Something quite new.'),
  ])
  expect(shown(comparison(a, b))).toEqual([
    'moved: This [-one ]moves up.',
    'restyled: Title',
    'changed: The oak is [-an][+a very][* old] tree.',
    'removed: To be removed entirely.',
    'inserted: Something quite new.',
  ])
})

test('a comparison goes into tables, callouts and footnotes', () => {
  const doc = (cell: string, inside: string, note: string) =>
    schema.node('doc', null, [
      schema.node('table', null, [
        schema.node('row', null, [
          schema.node('cell', null, [paragraph('Oak')]),
          schema.node('cell', null, [paragraph(cell)]),
        ]),
      ]),
      schema.node('callout', null, [paragraph(inside)]),
      schema.node('line', null, [schema.text('Words'), schema.node('footnote', null, [schema.text(note)])]),
    ])
  const [table, callout, line] = comparison(
    doc('300 years', 'Mind the wild boar.', 'See page one.'),
    doc('301 years', 'Mind the tame boar.', 'See page two.'),
  )
  expect(shown(table?.children[0]?.children[1]?.children ?? [])).toEqual(['changed: [-300][+301] years'])
  expect(shown(callout?.children ?? [])).toEqual(['changed: Mind the [-wild][+tame] boar.'])
  expect(said(line?.segments[1]?.segments ?? [])).toBe('See page [-one][+two].')
})

test('a comparison holds both documents whole', () => {
  const now = (blocks: ComparedBlock[]): string =>
    blocks
      .filter(block => block.status !== 'removed')
      .map(block => block.node.textContent)
      .join('|')
  fc.assert(
    fc.property(
      anyEdit(),
      ([a, b]) => void expect(now(comparison(a, b))).toBe(b.children.map(block => block.textContent).join('|')),
    ),
  )
  fc.assert(
    fc.property(anyEdit(), ([a, b]) => {
      for (const { segments, node, was } of comparison(a, b)) {
        if (segments.length === 0) continue
        expect(words(segments.filter(part => part.status !== 'removed').flatMap(part => part.nodes))).toBe(
          node.textContent,
        )
        const old = segments.filter(part => !['inserted', 'changed'].includes(part.status)).flatMap(part => part.nodes)
        if (!segments.some(part => part.status === 'changed')) expect(words(old)).toBe(was?.textContent)
      }
    }),
  )
})

test('the sizes of a change count letters that came and went', () => {
  expect(changedSizes(comparison(paragraphs('An oak.', 'Gone'), paragraphs('An old oak.')))).toEqual({
    inserted: 4,
    removed: 4,
  })
})
