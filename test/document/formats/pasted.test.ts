import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHtml } from '../../../shared/document/from-html.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { toHtml } from '../../../shared/document/html.ts'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import { withoutBlanks } from './arbitrary.ts'
import { plainContext } from './context.ts'

const pasted = (name: string) =>
  toMarkdown(fromHtml(readFileSync(new URL(`./pasted/${name}.html.txt`, import.meta.url), 'utf8')))

test('a piece of a Word document keeps its headings, lists, tables and footnotes', () => {
  expect(pasted('word')).toBe(`# Caring for old oaks

An oak can live for **a thousand years**, if _nobody_ hurries it.[^1]

- Look at the crown
  - dead wood is <u>habitat</u>

1. Call a surgeon

|  |  |
| --- | --- |
| Year | Girth |

[^1]: So says the forester.
`)
})

test('a piece of a Google document keeps bold, italic and nested lists, and is not bold all over', () => {
  expect(pasted('google-docs')).toBe(
    `## Plan for spring

**First** we meet, _then_~~ we argue~~ [we plant](https://example.org/plan).

- Spades
  - two
- Water
`.replace('~~ we argue~~', '<s> we argue</s>'),
  )
})

test('a page of another wiki loses its buttons and keeps its notes and its table of facts', () => {
  expect(pasted('mediawiki')).toBe(`Quercus robur

|  |  |
| --- | --- |
| Family | [Fagaceae](/wiki/Fagaceae "Fagaceae") |

The **pedunculate oak** is a tree.[^1]

## Use

- timber
  - ships
- tanning

[^1]: A flora.
`)
})

test('our own HTML comes back as the same document', () => {
  fc.assert(
    fc.property(withoutBlanks, doc => {
      const html = toHtml(doc, plainContext)
      expect(fromHtml(html).toJSON(), html).toEqual(doc.toJSON())
    }),
    { numRuns: 500, seed: 20 },
  )
})

test('an address that could run is dropped with its link, in HTML and in Markdown', () => {
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:x',
    'data:text/html,x',
    'vbscript:x',
  ]) {
    const escaped = href.replace('\n', '&#10;')
    expect(toHtml(fromHtml(`<p><a href="${escaped}">words</a></p>`), plainContext)).toBe('<p dir="auto">words</p>\n')
    expect(toHtml(fromMarkdown(`[words](<${escaped}>)`), plainContext)).toBe('<p dir="auto">words</p>\n')
  }
})
