import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparedBlocks } from '../../server/history/compare/visual.ts'
import { comparedSource } from '../../server/history/compare/source.ts'
import { translator } from '../../server/html/index.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { schema } from '../../shared/document/schema.ts'
import { corpusHistory, naughtyStrings } from '../support/corpus.ts'
import { anyEdit } from '../support/documents.ts'
import { readOff, squeezed, wordsOf } from './compared-html.ts'

const sorted = (text: string) => [...text].sort().join('')

const t = translator('en')
const context = { page: () => undefined, titled: () => undefined, message: (name: string) => name }

test.each(['oer-small', 'opensource-guide-en'] as const)(
  'of every edit of a real history both texts can be read off the comparison: %s',
  name => {
    const wrong: string[] = []
    let pairs = 0
    for (const { path, revisions } of corpusHistory(name)) {
      const texts = revisions.flatMap(({ text }) => (text === undefined ? [] : [fromMarkdown(text)]))
      for (const [at, after] of texts.entries()) {
        const before = texts[at - 1]
        if (!before || before.eq(after)) continue
        pairs++
        const { body, hunks } = comparedBlocks(t, before, after, context)
        const where = `${path} ${at}`
        const html = body.markup
        if (readOff(html, 'after').join('\n') !== wordsOf(after).join('\n')) wrong.push(`${where}: after`)
        const [was, isWas] = [squeezed(readOff(html, 'before')), squeezed(wordsOf(before))]
        // What went from between two paragraphs that were joined stands beside them.
        const isJoined = body.markup.includes('class="pil"')
        if (isJoined ? sorted(was) !== sorted(isWas) : was !== isWas) wrong.push(`${where}: before`)
        if (hunks.length === 0) wrong.push(`${where}: no changes`)
        if (hunks.some(({ id, label }) => !html.includes(`id="${id}"`) || !label)) wrong.push(`${where}: not anchored`)
        const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
        if (new Set(ids).size !== ids.length) wrong.push(`${where}: an id twice`)
        if (at % 5 === 0) comparedSource(t, before, after)
      }
    }
    expect(pairs).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  },
  120_000,
)

test('what people write is shown, never run, and can be read off again', () => {
  const strings = naughtyStrings().filter(text => text.trim() !== '')
  const line = (text: string) => schema.node('line', null, text ? [schema.text(text)] : [])
  const doc = (texts: readonly string[]) => schema.node('doc', null, texts.map(line))
  const [before, after] = [
    doc(strings),
    doc(strings.toReversed().map((text, at) => (at % 3 === 0 ? `${text} new` : text))),
  ]
  const { body } = comparedBlocks(t, before, after, context)
  const source = comparedSource(t, before, after).body
  for (const { markup } of [body, source]) {
    expect(markup).not.toMatch(/<(script|img|iframe|svg onload|object|embed|style)\b/i)
    expect(markup).not.toMatch(/<[^>]+\son\w+=/i)
    expect(markup).not.toMatch(/href="(javascript|data|vbscript):/i)
  }
  expect(squeezed(readOff(body.markup, 'after'))).toBe(squeezed(wordsOf(after)))
})

test('any two documents can be read off their comparison', () => {
  fc.assert(
    fc.property(anyEdit(), ([before, after]) => {
      const { body, hunks } = comparedBlocks(t, before, after, context)
      expect(squeezed(readOff(body.markup, 'after'))).toBe(squeezed(wordsOf(after)))
      expect(sorted(squeezed(readOff(body.markup, 'before')))).toBe(sorted(squeezed(wordsOf(before))))
      expect(hunks.length === 0).toBe(before.eq(after))
      comparedSource(t, before, after)
    }),
  )
})
