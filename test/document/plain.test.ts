import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentOf, draftable, fill, fragmentOf, InvalidDraft } from '../../shared/document/live.ts'
import { fromPlain, plainOf } from '../../shared/document/plain.ts'
import { anyDocument } from '../support/documents.ts'

test('a live draft read as plain JSON is the document that it holds', () => {
  fc.assert(
    fc.property(anyDocument(), document => {
      const ydoc = new Y.Doc()
      fill(fragmentOf(ydoc), document)
      const read = fromPlain(plainOf(fragmentOf(ydoc)))
      expect(read.toJSON()).toEqual(draftable(document).toJSON())
      expect(read.eq(documentOf(fragmentOf(ydoc)))).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('what the schema demands is added, and what it does not know is refused', () => {
  const read = (...content: Parameters<typeof fromPlain>[0][]) => fromPlain({ type: 'doc', content })
  expect(read().childCount).toBe(1)
  expect(read({ type: 'callout' }).firstChild?.firstChild?.type.name).toBe('line')
  for (const wrong of [
    { type: 'poem' },
    { type: 'line', attrs: { rhyme: true } },
    { type: 'line', attrs: { level: '2' } },
    { type: 'line', content: [{ type: 'text', text: 'x', marks: [{ type: 'blink' }] }] },
    { type: 'line', content: [{ type: 'line' }] },
    { type: 'code_block', content: [{ type: 'text', text: 'x', marks: [{ type: 'em' }] }] },
  ])
    expect(() => read(wrong), JSON.stringify(wrong)).toThrow(InvalidDraft)
})
