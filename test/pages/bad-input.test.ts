import { Parser } from 'htmlparser2'
import { expect, test } from 'vitest'
import { naughtyStrings } from '../support/corpus.ts'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { type PageReply, starts, textOf } from '../revisions/writers.ts'

test.each<[string, object, number, string]>([
  ['no title', {}, 400, 'http/malformed'],
  ['a title that is a number', { title: 7 }, 400, 'http/malformed'],
  ['a field that does not exist', { title: 'Oak', colour: 'green' }, 400, 'http/malformed'],
  ['a title of blanks', { title: ' \u00a0\u3000 ' }, 422, 'pages/title-unusable'],
  ['a title nobody can see', { title: '\u200b\u2060\ufeff' }, 422, 'pages/title-unusable'],
  ['a title with a NUL', { title: 'Oak\0' }, 422, 'pages/title-unusable'],
  ['a title with half a character', { title: 'Oak \ud800' }, 422, 'pages/title-unusable'],
  ['a title of 251 characters', { title: 'o'.repeat(251) }, 422, 'pages/title-unusable'],
  ['a title of 5 000 characters', { title: 'o'.repeat(5000) }, 400, 'http/malformed'],
  ['a language that is none', { title: 'Oak', language: 'not a language' }, 422, 'pages/language-unknown'],
  ['a slug of signs', { title: 'Oak', slug: '///' }, 422, 'pages/slug-unusable'],
  ['a reserved slug', { title: 'Oak', slug: 'History' }, 422, 'pages/slug-unusable'],
  ['a slug with a NUL', { title: 'Oak', slug: 'o\0k' }, 422, 'pages/slug-unusable'],
  ['a summary with a NUL', { title: 'Oak', markdown: 'x', summary: 'o\0k' }, 422, 'pages/summary-unusable'],
  ['a summary of 501 characters', { title: 'Oak', markdown: 'x', summary: 's'.repeat(501) }, 400, 'http/malformed'],
  ['two texts', { title: 'Oak', markdown: 'x', document: { type: 'doc' } }, 400, 'revisions/text-both'],
  ['a text with a NUL', { title: 'Oak', markdown: 'o\0k' }, 422, 'revisions/text-nul'],
  ['a text with half a character', { title: 'Oak', markdown: 'o\udfff' }, 422, 'revisions/text-malformed'],
  ['a text above a megabyte', { title: 'Oak', markdown: 'oak '.repeat(300_000) }, 413, 'revisions/text-large'],
  ['a body of 5 MB', { title: 'Oak', markdown: 'oak '.repeat(1_310_720) }, 413, 'http/too-large'],
  ['a document that is a list', { title: 'Oak', document: [] }, 400, 'http/malformed'],
])('%s is refused', async (_what, body, status, code) => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const reply = await ada.post('/api/v1/pages', body)
  expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([status, code])
  expect((await ada.get('/api/v1/changes')).json()).toEqual({ changes: [], next: null })
})

test.each<[string, object, string]>([
  ['an unknown node', { type: 'blink' }, 'content[0].type'],
  [
    'an attribute of the wrong type',
    { type: 'line', attrs: { kind: 'heading', level: '2' } },
    'content[0].attrs.level',
  ],
  ['an unknown attribute', { type: 'line', attrs: { onclick: 'x' } }, 'content[0].attrs.onclick'],
  [
    'a script as an address',
    {
      type: 'line',
      content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] }],
    },
    'content[0].content[0].marks[0].attrs.href',
  ],
])('a document with %s is refused, with the place', async (_what, block, path) => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const reply = await ada.post('/api/v1/pages', { title: 'Oak', document: { type: 'doc', content: [block] } })
  expect(reply.statusCode).toBe(422)
  expect(reply.json()).toMatchObject({ code: 'revisions/text-document', details: { path } })
})

test('questions that make no sense are refused', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'A tree.')
  const status = async (path: string) => (await ada.get(path)).statusCode
  expect(await status(`/api/v1/pages/${id}/content?format=pdf`)).toBe(400)
  expect(await status(`/api/v1/pages/${id}/content?revision=one`)).toBe(400)
  expect(await status(`/api/v1/pages/${id}/content?revision=0`)).toBe(400)
  expect(await status(`/api/v1/pages/${id}/content?revision=9`)).toBe(404)
  expect(await status(`/api/v1/pages/${id}/revisions?before=never`)).toBe(400)
  expect(await status(`/api/v1/pages/${id}/revisions?limit=501`)).toBe(400)
  expect(await status(`/api/v1/pages/${id}/revisions?colour=green`)).toBe(400)
  expect(await status(`/api/v1/pages/${id}/compare?from=1`)).toBe(400)
  expect(await status(`/api/v1/pages/${id}/compare?from=1&to=9`)).toBe(404)
  expect(await status('/api/v1/changes?before=x.y')).toBe(400)
  expect(await status('/api/v1/pages/none')).toBe(404)
  expect(await status(`/api/v1/pages/${'x'.repeat(900)}`)).toBe(400)
  expect(await status('/api/v1/pages?slug=%00')).toBe(200)
  const post = async (path: string, body: object) => {
    const reply = await ada.post(`/api/v1/pages/${id}/${path}`, body)
    return [reply.statusCode, reply.json<{ code: string }>().code]
  }
  expect(await post('revisions', { base: 1 })).toEqual([400, 'revisions/text-base'])
  expect(await post('revisions', { markdown: 'x', base: 9 })).toEqual([422, 'revisions/unknown-base'])
  expect(await post('revisions', { markdown: 'x', base: '1' })).toEqual([400, 'http/malformed'])
  expect((await ada.patch(`/api/v1/pages/${id}`, { title: '' })).statusCode).toBe(400)
  expect((await ada.patch(`/api/v1/pages/${id}`, {})).statusCode).toBe(200)
})

test(
  'every string that breaks software is a title, a summary and a text, or refused',
  { timeout: 120_000 },
  async () => {
    const wiki = await freshWiki()
    const ada = await as(wiki, 'member')
    const outcomes = new Map<number, number>()
    const { id } = await starts(ada, 'Strings', 'Begin.')
    for (const [turn, naughty] of naughtyStrings().entries()) {
      const titled = await ada.post('/api/v1/pages', { title: naughty })
      outcomes.set(titled.statusCode, (outcomes.get(titled.statusCode) ?? 0) + 1)
      if (titled.statusCode === 201) {
        const page = titled.json<PageReply>()
        expect(page.title).toBe(naughty.normalize('NFC').replace(/\s+/gu, ' ').trim())
        const found = await ada.get(`/api/v1/pages?slug=${encodeURIComponent(page.slug)}`)
        expect(found.json<{ pages: PageReply[] }>().pages.map(one => one.id)).toEqual([page.id])
      } else expect([400, 422]).toContain(titled.statusCode)

      const markdown = `Before ${turn}.\n\n\`\`\`\n${naughty}\n\`\`\`\n\n${naughty}`
      const reply = await ada.post(`/api/v1/pages/${id}/revisions`, { markdown, summary: naughty.slice(0, 500) })
      expect([201, 422]).toContain(reply.statusCode)
      if (reply.statusCode !== 201) continue
      expect((await textOf(ada, id)).split('\n')[0]).toBe(`Before ${turn}.`)
      const html = (await ada.get(`/api/v1/pages/${id}/content?format=html`)).body
      expect(dangersIn(html)).toEqual([])
    }
    expect(outcomes.get(201)).toBeGreaterThan(450)
  },
)

const harmless =
  /^(p|h[2-6]|pre|code|ul|ol|li|blockquote|table|caption|thead|tbody|tr|th|td|hr|br|em|strong|del|s|a|sup|section|input|span|div|bdi|figure|figcaption|mark)$/

/** Elements that a text may not hold, attributes that run something, and addresses that are no addresses. */
function dangersIn(html: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!harmless.test(name)) found.push(`<${name}>`)
      for (const [attribute, value] of Object.entries(attributes))
        if (/^(on|style|srcdoc|formaction)/.test(attribute) || /^\s*(javascript|data|vbscript):/i.test(value))
          found.push(`${attribute}=${value}`)
    },
  })
  parser.end(html)
  return found
}
