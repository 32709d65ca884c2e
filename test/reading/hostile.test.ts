import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { Refusal } from '../../server/refusal.ts'
import { naughtyStrings } from '../support/corpus.ts'
import { runs } from '../support/runs.ts'
import { as, caller, type Member } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

let wiki: FreshWiki
let ada: Member
beforeAll(async () => {
  wiki = await freshWiki()
  ada = await as(wiki, 'moderator')
})
afterAll(() => wiki.close())

test('no naughty string runs on any face of a page, as title, text or summary', { timeout: 240_000 }, async () => {
  const strings = naughtyStrings().filter(Boolean)
  let shown = 0
  for (const [at, naughty] of strings.entries()) {
    const document = fromMarkdown(naughty.toWellFormed())
    const page = await wiki.revisions
      .startPage(ada.person, { title: naughty, slug: `page-${at}`, document, summary: naughty })
      .catch((error: unknown) => {
        if (error instanceof Refusal) return undefined
        throw error
      })
    if (!page) continue
    shown++
    // All faces for some, the page itself for all: the rest shows the same values through the same template.
    const faces = at % 20 === 0 ? ['', '/history', '/edit', '/move', '/delete', '?revision=1'] : ['']
    for (const face of faces) {
      const { statusCode, body } = await ada.get(`/wiki/${page.slug}${face}`)
      expect([200, 404], `${naughty} ${face}`).toContain(statusCode)
      expect(runs(body), `${naughty} ${face}`).toEqual([])
    }
  }
  expect(shown).toBeGreaterThan(300)
  for (const path of ['/changes', '/pages', '/']) expect(runs((await ada.get(path)).body), path).toEqual([])
})

test('no naughty string as an address or a parameter is more than a clear refusal', { timeout: 120_000 }, async () => {
  const reader = caller(wiki, {})
  for (const naughty of naughtyStrings()) {
    const part = encodeURIComponent(naughty.toWellFormed())
    for (const path of [`/wiki/${part}`, `/new?title=${part}`, `/pages?title=${part}`, `/r/${part}`, `/p/${part}`]) {
      const { statusCode, body } = await reader.get(path)
      expect(statusCode, path).toBeLessThan(500)
      expect(runs(body), path).toEqual([])
    }
  }
})
