import { expect, test } from 'vitest'
import { fromHtml } from '../../../shared/document/from-html.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { links } from '../../../shared/document/links.ts'
import { documentOf, draftable, fill, fragmentOf } from '../../../shared/document/live.ts'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import * as Y from 'yjs'

test('a picture keeps the link around it, also in a live draft', () => {
  const markdown = '[![Build](/media/badge.png)](https://ci.example/run) and words\n'
  const document = fromMarkdown(markdown)
  const fragment = fragmentOf(new Y.Doc())
  fill(fragment, document)
  expect(documentOf(fragment).eq(document)).toBe(true)
  expect(toMarkdown(documentOf(fragment))).toBe(markdown)
  expect(links(document).external).toContain('https://ci.example/run')
  const pasted = fromHtml(
    '<p><a href="https://ci.example/run"><img src="/media/badge.png" alt="Build"></a> and words</p>',
  )
  expect(pasted.eq(document)).toBe(true)
  expect(draftable(pasted).eq(pasted)).toBe(true)
})
