import { expect, test } from 'vitest'
import { comparedBlocks } from '../../server/history/compare/visual.ts'
import { comparedSource } from '../../server/history/compare/source.ts'
import { translator } from '../../server/html/index.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { schema } from '../../shared/document/schema.ts'
import type { Node } from 'prosemirror-model'

const t = translator('en')
const context = { page: () => undefined, titled: () => undefined, message: (name: string) => name }
const isolates = /[\u2068\u2069]/g

const compared = (before: string | Node, after: string | Node) => {
  const [a, b] = [before, after].map(text => (typeof text === 'string' ? fromMarkdown(text) : text)) as [Node, Node]
  const { hunks, body } = comparedBlocks(t, a, b, context)
  return { labels: hunks.map(({ label }) => label.replace(isolates, '')), html: body.markup }
}
const labels = (before: string | Node, after: string | Node) => compared(before, after).labels
/** The words without what is only said, and without tags. */
const shown = (html: string) =>
  html.replace(/<span class="vh"[^>]*>[^<]*<\/span>/g, '').replace(/<(?!\/?(?:ins|del)\b)[^>]+>/g, '')

test('a change is named by where it stands and what happened', () => {
  const page = (first: string, second: string) => `Top.\n\n## The first year\n\n${first}\n\n## Later\n\n${second}`
  const sentence =
    'Programmes began small and with clear goals. First they looked at what was being bought. None needs a law.'
  expect(
    labels(
      page(sentence, 'It sets no deadline and obliges nobody.'),
      page(
        'Programmes began small and with clear goals. They found out what the state buys, and they chose a licence. None needs a law.',
        'It sets no deadline and *obliges nobody*.',
      ),
    ),
  ).toEqual(['The first year: sentence rewritten', 'Later: emphasis added'])
  expect(labels('An oak.', 'An old oak.')).toEqual(['1 word added'])
  expect(labels('An old oak stands.', 'An old elm stands.')).toEqual(['1 word replaced'])
  expect(labels('Oaks.', 'Oaks.\n\nElms.')).toEqual(['Paragraph added'])
  expect(labels('One.\n\nTwo.', 'One.\n\nTwo.\n\n## New\n\nThree.\n\nFour.')).toEqual(['New: section added'])
  expect(labels('# One\n\nText.', '## Two\n\nText.')).not.toEqual([])
  expect(labels('A [site](https://a.example).', 'A [site](https://b.example).')).toEqual(['Link target changed'])
  expect(labels('A note.[^1]\n\n[^1]: Page one.', 'A note.[^1]\n\n[^1]: Page two.')).toEqual(['Footnote changed'])
})

test('a table tells of its cells, rows and columns', () => {
  const table = (...rows: string[]) => `| a | b |\n|---|---|\n${rows.join('\n')}`
  expect(labels(table('| x | 3 |', '| y | 4 |'), table('| x | 2–4 |', '| y | 4 |'))).toEqual(['Table: 1 cell changed'])
  expect(labels(table('| x | 3 |'), table('| x | 3 |', '| y | 4 |', '| z | 5 |'))).toEqual(['Table: 2 rows added'])
  const sized = (...rows: string[]) => `## Sizes\n\n${table(...rows)}`
  expect(labels(sized('| x | 3 |'), sized('| x | 2–4 |', '| z | 5 |'))).toEqual([
    'Sizes: table: 1 cell changed, 1 row added',
  ])
  expect(labels('| a | b |\n|---|---|\n| x | 3 |', '| a |\n|---|\n| x |')).toEqual(['Table: 1 column removed'])
  expect(shown(compared(table('| x | 3 |', '| y | 4 |'), table('| x | 2–4 |', '| y | 4 |')).html)).toContain(
    '<del>3</del><ins>2–4</ins>',
  )
})

test('what moved says where from and leaves a link where it stood', () => {
  const policy = (word: string) =>
    `A policy that allows any open licence is easy to agree and hard to use, because materials under different ${word} cannot always be combined with each other.`
  const filler = Array.from(
    { length: 6 },
    (_, at) => `Another paragraph, number ${at}, which stays where it is and is long enough to stay.`,
  ).join('\n\n')
  const before = `## Choose one licence\n\n${filler}\n\n## Objections\n\n${policy('licences')}\n\nThe end of it.`
  const after = `## Choose one licence\n\n${policy('terms')}\n\n${filler}\n\n## Objections\n\nThe end of it.`
  const {
    html,
    labels: [label],
  } = compared(before, after)
  expect(label).toBe('Choose one licence: paragraph moved here')
  // Also where other changes follow.
  for (const text of [html, compared(before, `${after}\n\nThe end.`).html])
    expect(shown(text)).toContain('Moved here from “Objections”, with one change')
  expect(shown(html)).toMatch(/A paragraph stood here\.\s*It moved up to “Choose one licence”/)
  expect(html).toMatch(/class="bl-ghost" data-of="c1"[^]*href="#c1"/)
  expect(shown(html)).toContain('<del>licences</del><ins>terms</ins>')
})

test('formatting and attributes are said in words', () => {
  const said = (before: string | Node, after: string | Node) =>
    compared(before, after)
      .html.replace(/<span class="vh"[^>]*>[^<]*<\/span>/g, '')
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
  expect(said('It obliges nobody.', 'It *obliges* nobody.')).toContain('plain → emphasis')
  expect(said('A [site](https://a.example).', 'A [site](https://b.example).')).toContain(
    'link to https://a.example → link to https://b.example',
  )
  expect(said('## Title', '### Title')).toContain('heading level 2 → heading level 3')
  expect(said('- one', '1. one')).toContain('bulleted item → numbered item')
  expect(said('```js\nlet a\n```', '```ts\nlet a\n```')).toContain('language of the code: js → ts')
  expect(said('> [!NOTE]\n> Mind the boar.', '> [!WARNING]\n> Mind the boar.')).toContain('kind: note → warning')
  const figure = (attrs: object) =>
    schema.node('doc', null, [
      schema.node('figure', { src: '/media/a.png', ...attrs }, [schema.text('An oak in winter')]),
    ])
  expect(said(figure({ alt: 'Oak' }), figure({ alt: 'Old oak' }))).toContain('description: “Oak” → “Old oak”')
})

test('of a picture that was replaced both are shown', () => {
  const figure = (src: string) =>
    schema.node('doc', null, [schema.node('figure', { src, alt: 'Oak' }, [schema.text('An oak in winter')])])
  const {
    html,
    labels: [label],
  } = compared(figure('/media/a.png'), figure('/media/b.png'))
  expect(label).toBe('Picture replaced')
  expect(html.indexOf('a.png')).toBeLessThan(html.indexOf('b.png'))
  expect(html).toMatch(/<del class="bl-del">[^]*a\.png[^]*<\/del>(<\/div>)?\s*<ins class="bl-ins">[^]*b\.png/)
})

test('stretches without a change are folded, the heading before a change is not', () => {
  const text = (last: string) =>
    `## One\n\n${Array.from({ length: 5 }, (_, at) => `Paragraph ${at}.`).join('\n\n')}\n\n## Two\n\nA.\n\nB.\n\nC.\n\n${last}`
  const { html } = compared(text('Old words stand here.'), text('New words stand here.'))
  expect(html).toMatch(
    /<details class="fold">[^]*1 section unchanged[^]*<\/details>\s*<h2[^>]*>Two<\/h2>\s*<details class="fold">[^]*3 paragraphs unchanged/,
  )
  for (const words of ['Paragraph 4.', 'B.']) expect(html).toContain(words)
})

test('an item keeps its list, its number and its depth', () => {
  const { html } = compared(
    '1. one\n2. two\n3. three\n   - deep\n',
    '1. one\n2. two and more\n3. three\n   - deep inside\n',
  )
  expect(html).toMatch(/<ol><li[^>]*>one<\/li>\s*<li[^>]*><div class="hunk/)
  expect(html).toMatch(/<ul><li[^>]*><div class="hunk/)
})

test('words are marked as wholes, not as confetti, in any script', () => {
  const words = (before: string, after: string) => shown(compared(before, after).html).trim()
  expect(words('They met in the old town hall. It was late.', 'They met at a new school house. It was late.')).toBe(
    'They met <del>in the old town hall</del><ins>at a new school house</ins>. It was late.',
  )
  expect(words('开放教育资源是公开许可的教学材料。', '开放教育资源是自由许可的教学材料。')).toBe(
    '开放教育资源是<del>公开</del><ins>自由</ins>许可的教学材料。',
  )
  expect(words('A family 👨‍👩‍👧 here.', 'A family 👨‍👩‍👦 here.')).toBe('A family <del>👨‍👩‍👧</del><ins>👨‍👩‍👦</ins> here.')
  expect(words('الموارد التعليمية المفتوحة مفيدة.', 'الموارد التعليمية الحرة مفيدة.')).toBe(
    'الموارد التعليمية <del>المفتوحة</del><ins>الحرة</ins> مفيدة.',
  )
})

test('a line runs its own way, whatever language the marks are told in', () => {
  const { html } = compared('الموارد التعليمية المفتوحة.', 'الحرة التعليمية المفتوحة.')
  // What has a direction of its own does not count where the browser looks for the first letter.
  expect(html).toMatch(/<p dir="auto"><span class="vh" lang="en" dir="ltr"> removed: <\/span><del>/)
})

test('the source is compared by line and word', () => {
  const { body, hunks } = comparedSource(
    t,
    fromMarkdown('## Title\n\nAn oak is a tree.\n\nEnd.'),
    fromMarkdown('## Title\n\nAn *oak* is an old tree.\n\nEnd.\n\nMore.'),
  )
  expect(hunks.map(({ label }) => label.replace(isolates, ''))).toEqual([
    'Title: 1 line changed',
    'Title: 2 lines added',
  ])
  expect(body.markup).toMatch(/class="d">[^]*oak[^]*class="a">/)
  expect(shown(body.markup)).toContain('An <ins>_</ins>oak<ins>_</ins> is')
})
