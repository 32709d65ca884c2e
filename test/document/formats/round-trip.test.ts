import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import { sayable } from './arbitrary.ts'

test('a document that Markdown can say comes back from Markdown as it was', () => {
  fc.assert(
    fc.property(sayable, doc => {
      const markdown = toMarkdown(doc)
      expect(fromMarkdown(markdown).toJSON(), markdown).toEqual(doc.toJSON())
    }),
    { numRuns: 2000, seed: 20 },
  )
})
