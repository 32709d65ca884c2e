import { expect, test } from 'vitest'
import { naughtyStrings } from '../support/corpus.ts'
import { as } from '../support/people.ts'
import { runs } from '../support/runs.ts'
import { freshWiki } from '../support/wiki.ts'
import { historyOf, type PageReply, types } from '../revisions/writers.ts'

/** What XML 1.0 cannot hold, however it is written. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const notXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/** Attributes and elements of a feed that nobody meant to write. */
const meant = /^<(?:\?xml|\/?(?:feed|id|title|updated|author|name|uri|link|entry|published|category|summary)\b)/

const line = (text: string, attrs: object = {}) => ({ type: 'line', attrs, content: [{ type: 'text', text }] })

test('no naughty string runs on any screen that looks back, nor breaks a feed', { timeout: 240_000 }, async () => {
  const wiki = await freshWiki()
  const strings = naughtyStrings().filter(
    (text, at) => text.trim() !== '' && (at % 9 === 0 || /<|javascript:/.test(text)),
  )
  let shown = 0
  for (const [at, given] of strings.entries()) {
    if (at % 3 !== 0) continue
    const naughty = given.toWellFormed()
    const mo = await as(wiki, 'moderator', { name: naughty.slice(0, 60) })
    const document = {
      type: 'doc',
      content: [
        line(naughty, { kind: 'heading', level: 2 }),
        line(`${naughty} and more`),
        { type: 'code_block', attrs: { language: 'x' }, content: [{ type: 'text', text: naughty }] },
        { type: 'table', content: [{ type: 'row', content: [{ type: 'cell', content: [line(naughty)] }] }] },
      ],
    }
    const begun = await mo.post('/api/v1/pages', { title: naughty, slug: `page-${at}`, document, summary: naughty })
    if (begun.statusCode !== 201) {
      expect(begun.statusCode, naughty).toBeLessThan(500)
      continue
    }
    const page = begun.json<PageReply>()
    const path = `/api/v1/pages/${page.id}`
    const changed = { type: 'doc', content: [...document.content.slice(0, 1), line(`Then ${naughty}`)] }
    const sent = await mo.post(`${path}/revisions`, { document: changed, base: 1, summary: naughty })
    expect(sent.statusCode, sent.body).toBe(201)
    await types(wiki, mo, page.id, 'Then ', naughty)
    await mo.put(`${path}/revisions/1/suppression`, { hidden: ['summary'], reason: naughty })
    shown++
    const query = encodeURIComponent(naughty)
    const faces = [
      `/history?section=${query}&person=${query}`,
      '/compare?from=1&to=2',
      '/compare?from=1&to=2&view=source',
      `/authors?by=${query}`,
      '/cite',
      '/play?revision=2',
      '/play/2',
      '/undo?revision=2',
      '/restore?revision=1',
      `/rollback?person=${mo.person.handle}`,
      '/suppress?revision=1',
      '/draft',
      '?revision=1',
    ]
    for (const face of faces) {
      const { statusCode, body } = await mo.get(`/wiki/${page.slug}${face}`)
      expect([200, 409, 422], `${naughty} ${face}`).toContain(statusCode)
      expect(runs(body), `${naughty} ${face}`).toEqual([])
    }
    const feed = await mo.get(`/wiki/${page.slug}/history.atom?section=${query}`)
    expect(notXml.test(feed.body), naughty).toBe(false)
    const whole = (await mo.get(`${path}/history.atom`)).body
    for (const tag of whole.match(/<[^>]*>/g) ?? []) expect(tag, naughty).toMatch(meant)
    expect(whole.replaceAll(/&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gi, ''), naughty).not.toContain('&')
    expect(notXml.test(whole), naughty).toBe(false)
    for (const format of ['bibtex', 'ris', 'csl-json', 'text']) {
      const cited = await mo.get(`${path}/citation?format=${format}`)
      expect(cited.statusCode, `${naughty} ${format}`).toBe(200)
      if (format === 'csl-json') expect(() => void JSON.parse(cited.body), naughty).not.toThrow()
    }
    expect(await historyOf(mo, page.id)).toHaveLength(2)
  }
  expect(shown).toBeGreaterThan(20)
  const reader = await as(wiki, 'member')
  for (const path of ['/changes', '/drafts', '/']) expect(runs((await reader.get(path)).body), path).toEqual([])
})
