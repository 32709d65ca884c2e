import { parseDocument } from 'htmlparser2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { Refusal } from '../../server/refusal.ts'
import { naughtyStrings } from '../support/corpus.ts'
import { as, caller, type Member } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

let wiki: FreshWiki
let ada: Member
beforeAll(async () => {
  wiki = await freshWiki()
  ada = await as(wiki, 'moderator')
})
afterAll(() => wiki.close())

interface Element {
  name?: string
  attribs?: Record<string, string>
  children?: Element[]
}

/** Everything that a browser would run or load from elsewhere. */
function runs(html: string): string[] {
  const found: string[] = []
  const visit = ({ name = '', attribs = {}, children = [] }: Element) => {
    if (name === 'script' && !attribs['src']?.startsWith('/assets/')) found.push('script')
    if (['iframe', 'object', 'embed', 'base', 'style'].includes(name)) found.push(name)
    for (const [key, value] of Object.entries(attribs)) {
      if (/^on|^style$/i.test(key)) found.push(key)
      if (/^(href|src|action|formaction)$/i.test(key) && /^[\s\p{Cc}]*(javascript|data|vbscript):/iu.test(value))
        found.push(value)
      if (key === 'src' && !value.startsWith('/')) found.push(value)
    }
    children.forEach(visit)
  }
  visit(parseDocument(html) as unknown as Element)
  return found
}

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
