import { Parser } from 'htmlparser2'
import { expect, test } from 'vitest'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { toHtml } from '../../../shared/document/html.ts'
import { links } from '../../../shared/document/links.ts'
import { outline } from '../../../shared/document/outline.ts'
import { schema } from '../../../shared/document/schema.ts'
import { toText, wordCount } from '../../../shared/document/text.ts'
import { naughtyStrings } from '../../support/corpus.ts'
import { plainContext } from './context.ts'

const html = (markdown: string) => toHtml(fromMarkdown(markdown), plainContext)

test('headings get ids in their own script, each its own, and the outline names the same', () => {
  const doc = fromMarkdown('# Как это\n\n## 版权\n\n## 版权\n\n### !')
  expect(outline(doc).map(({ id, level }) => [id, level])).toEqual([
    ['как-это', 1],
    ['版权', 2],
    ['版权-2', 2],
    ['section', 3],
  ])
  expect([...toHtml(doc, plainContext).matchAll(/<(h\d) id="([^"]*)"/g)].map(found => [found[1], found[2]])).toEqual([
    ['h2', 'как-это'],
    ['h2', '版权'],
    ['h2', '版权-2'],
    ['h3', 'section'],
  ])
})

test('numbering goes on after a paragraph unless a start is given, and begins afresh under a heading', () => {
  const item = (text: string, attrs = {}) => schema.node('line', { kind: 'ordered', ...attrs }, [schema.text(text)])
  const doc = schema.node('doc', null, [
    item('a'),
    item('b'),
    schema.node('line', null, [schema.text('p')]),
    item('c'),
    item('x', { start: 9 }),
    schema.node('line', { kind: 'heading' }),
    item('z'),
  ])
  expect([...toHtml(doc, plainContext).matchAll(/<ol[^>]*>/g)].map(([tag]) => tag)).toEqual([
    '<ol>',
    '<ol start="3">',
    '<ol start="9">',
    '<ol>',
  ])
})

test('a paragraph and code indented under an item belong to it', () => {
  expect(html('- a\n\n  b\n\n  ```js\n  c\n  ```\n- d')).toBe(
    '<ul><li dir="auto">a\n<p dir="auto">b</p>\n<pre dir="ltr" tabindex="0"><code class="language-js" data-language="js">c</code></pre>\n</li>\n<li dir="auto">d</li>\n</ul>\n',
  )
})

test('links to pages show the current address and title, and a missing page can be written', () => {
  expect(html('[](/p/oak) [[Ash]] [[Elm|the elm]] [x](/p/oak#part)')).toContain(
    '<a class="page" href="/wiki/Oak" data-page="/p/oak">Oak</a> <a class="page" href="/wiki/Ash" data-title="Ash">Ash</a> <a class="page missing" href="/new?title=Elm"',
  )
  expect(links(fromMarkdown('[](/p/oak) [[Elm]] [x](/p/ash#part) https://a.b/c [@bo](/people/bo)'))).toMatchObject({
    pages: ['oak', 'ash'],
    titles: ['Elm'],
    external: ['https://a.b/c'],
    mentions: ['bo'],
  })
})

test('a picture on another site is named and linked, one of this wiki is shown', () => {
  expect(html('![Oak](https://evil.example/o.png)')).not.toContain('<img')
  expect(html('![Oak](https://evil.example/o.png)')).toContain('href="https://evil.example/o.png"')
  expect(html('![Oak](/media/o.png)')).toContain('<img src="/media/o.png" alt="Oak" loading="lazy">')
})

test('equal footnotes share a number, and ids bear the prefix they are given', () => {
  const twice = toHtml(fromMarkdown('a[^1] b[^1]\n\n[^1]: note'), { ...plainContext, idPrefix: 'p7-' })
  expect(twice.match(/id="p7-note:1"/g)).toHaveLength(1)
  expect(twice).toContain('href="#p7-ref:1.2"')
})

test('plain text holds captions, cells, alternatives and notes, but no addresses', () => {
  const doc = fromMarkdown('![alt](/media/a.png "cap")\n\n| h |\n|--|\n| c |\n\nx[^1] [w](https://a.b)\n\n[^1]: note')
  expect(toText(doc)).toBe('alt\ncap\nh\nc\nx w\nnote')
  expect(wordCount(doc)).toBe(7)
  expect(wordCount('版权和许可')).toBeGreaterThan(1)
})

test('no naughty string becomes an element, a handler or an address that runs, wherever it stands', () => {
  const allowed = new Set(
    'h2 p ul li ol blockquote pre code figure figcaption a span bdi small hr div table thead tbody tr th td caption aside details summary sup section strong s em u sub br img input cite audio video'.split(
      ' ',
    ),
  )
  for (const naughty of naughtyStrings()) {
    if (naughty === '') continue
    const text = schema.text(naughty)
    const link = schema.text(naughty, [schema.mark('link', { href: naughty, title: naughty })])
    const attrs = { src: naughty, alt: naughty, title: naughty }
    const doc = schema.node('doc', null, [
      schema.node('line', { kind: 'heading' }, [text]),
      schema.node('line', null, [
        link,
        schema.node('image', attrs),
        schema.node('page_link', { title: naughty, label: naughty }),
        schema.node('page_link', { page: naughty }),
        schema.node('mention', { handle: naughty }),
        schema.node('citation', { source: naughty, locator: naughty }),
        schema.node('math_inline', { tex: naughty }),
        schema.text('x', [schema.mark('lang', { lang: naughty })]),
      ]),
      schema.node('code_block', { language: naughty }, [text]),
      schema.node('figure', { src: naughty, alt: naughty, credit: naughty }, [text]),
      schema.node('figure', { src: `/media/${naughty}`, alt: naughty, medium: 'video' }),
      schema.node('embed', { href: naughty, title: naughty, description: naughty }),
      schema.node('transclusion', { page: naughty, section: naughty }),
      schema.node('table', { caption: naughty }, [
        schema.node('row', null, [schema.node('cell', null, [schema.node('line', null, [text])])]),
      ]),
    ])
    for (const made of [doc, fromMarkdown(naughty)]) {
      const faults: string[] = []
      const parser = new Parser({
        onopentag(name, attributes) {
          if (!allowed.has(name) && !/^h[2-6]$/.test(name)) faults.push(name)
          for (const [key, value] of Object.entries(attributes)) {
            if (key.startsWith('on') || key === 'style' || key === 'srcset') faults.push(key)
            if (['href', 'src'].includes(key) && /^\W*(?:javascript|data|vbscript)\W*:/i.test(value)) faults.push(value)
            if (key === 'src' && !value.startsWith('/media/')) faults.push(value)
          }
        },
      })
      parser.end(toHtml(made, plainContext))
      expect(faults, naughty).toEqual([])
    }
  }
})
