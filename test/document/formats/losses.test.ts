import type { Node } from 'prosemirror-model'
import { expect, test } from 'vitest'
import { type markdownLosses, toMarkdown } from '../../../shared/document/markdown.ts'
import { schema } from '../../../shared/document/schema.ts'

const text = (words: string, ...marks: string[]) =>
  schema.text(
    words,
    marks.map(name => schema.mark(name)),
  )
const line = (attrs: object, ...content: Node[]) => schema.node('line', { ...attrs }, content)
const p = (words: string, attrs = {}) => line(attrs, text(words))
const table = (attrs: object, ...rows: Node[][]) =>
  schema.node(
    'table',
    { ...attrs },
    rows.map(cells => schema.node('row', null, cells)),
  )
const cell = (attrs: object, ...content: Node[]) =>
  schema.node('cell', { ...attrs }, content.length > 0 ? content : [p('c')])
const head = (words: string) => schema.node('header_cell', null, words ? [p(words)] : [line({})])
const atom = (name: 'image' | 'page_link' | 'mention', attrs: object) =>
  line({}, text('a '), schema.node(name, { ...attrs }))

/** For every loss: a document that has it, and the Markdown that stands for it. */
const examples: Record<keyof typeof markdownLosses, [Node[], string]> = {
  'line.align': [[p('a', { align: 'end' })], 'a'],
  'line empty': [[p('a'), line({}), p('b')], 'a\n\nb'],
  'line of one line break': [[line({}, schema.node('hard_break')), p('b')], 'b'],
  'line of one picture': [[line({}, schema.node('image', { src: '/media/a', alt: 'x' }))], '![x](/media/a)'],
  'item empty before a paragraph or figure': [[line({ kind: 'bullet' }), p('a', { indent: 1 })], '- a'],
  'block.dir': [[p('a', { dir: 'rtl' })], 'a'],
  'block.indent without an item above': [[p('a', { indent: 3 })], 'a'],
  'code_block.language math': [[schema.node('code_block', { language: 'math' }, [text('x')])], '```math\nx\n```'],
  'figure.medium': [[schema.node('figure', { medium: 'audio', src: '/media/a', alt: 'Song' })], '[Song](/media/a)'],
  'figure.decorative': [[schema.node('figure', { decorative: true, src: '/media/a' })], '![](/media/a)'],
  'figure.credit': [[schema.node('figure', { src: '/media/a', credit: 'Ada' })], '![](/media/a)\n\nAda'],
  'figure.width': [[schema.node('figure', { src: '/media/a', width: 50 })], '![](/media/a)'],
  'figure caption with marks, or equal to the alternative': [
    [schema.node('figure', { src: '/media/a' }, [text('b', 'strong')])],
    '![](/media/a)\n\n**b**',
  ],
  embed: [[schema.node('embed', { href: 'https://a.b', title: 'T', description: 'D' })], '[T](https://a.b)\n\nD'],
  'table.caption': [[table({ caption: 'C' }, [head('h')])], 'C\n\n| h |\n| --- |'],
  'table without rows, or with rows of different lengths': [
    [table({}, [head('h'), head('i')], [cell({})])],
    '| h | i |\n| --- | --- |\n| c |  |',
  ],
  'table with a head of empty cells': [[table({}, [head('')], [cell({})])], '|  |\n| --- |\n| c |'],
  'cell.colspan, cell.rowspan': [
    [table({}, [head('h'), head('i')], [cell({ colspan: 2 })])],
    '| h | i |\n| --- | --- |\n| c |  |',
  ],
  'cell.colwidth': [[table({}, [head('h')], [cell({ colwidth: [9] })])], '| h |\n| --- |\n| c |'],
  'cell with several blocks or other kinds than a paragraph': [
    [table({}, [head('h')], [cell({}, p('a'), p('b', { kind: 'bullet' }))])],
    '| h |\n| --- |\n| a<br>b |',
  ],
  'header_cell outside the first row': [[table({}, [head('h')], [head('i')])], '| h |\n| --- |\n| i |'],
  'callout.dir, details.dir': [[schema.node('callout', { dir: 'rtl' }, [p('a')])], '> [!NOTE]\n>\n> a'],
  'image.width': [[atom('image', { src: '/media/a', alt: 'x', width: 9 })], 'a ![x](/media/a)'],
  'page_link by id with words of its own': [[atom('page_link', { page: 'oak', label: 'w' })], 'a [w](/p/oak)'],
  'page_link by title with brackets, bars or outer blanks': [[atom('page_link', { title: 'a|b' })], 'a a|b'],
  'mention.person': [[atom('mention', { handle: 'ada', person: '7' })], 'a [@ada](/people/ada)'],
  'code on a line break, a footnote, a formula or a link that shows a title': [
    [line({}, text('a'), schema.node('hard_break', null, [], [schema.mark('code')]), text('b'))],
    'a<br>b',
  ],
  'link without an address': [[line({}, schema.text('w', [schema.mark('link')]))], 'w'],
  'code with a line break': [[line({}, text('a\nb', 'code'))], '`a b`'],
}

test.each(Object.entries(examples))('what Markdown cannot say has its fallback: %s', (_, [content, markdown]) => {
  expect(toMarkdown(schema.node('doc', null, content))).toBe(`${markdown}\n`)
})
