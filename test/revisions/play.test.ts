import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHtml } from '../../shared/document/html.ts'
import { grownHtml } from '../../server/history/play/grown.ts'
import { as, visitor } from '../support/people.ts'
import { anyEdit } from '../support/documents.ts'
import { freshWiki } from '../support/wiki.ts'
import { starts, types } from './writers.ts'

/** A page of four revisions, of which the third is taken back by the fourth. */
async function grown() {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { name: 'Ada' })
  const moderator = await as(wiki, 'moderator', { name: 'Mo' })
  const page = await starts(ada, 'Oak', 'A tree with leaves.')
  await types(wiki, ada, page.id, 'leaves.', ' It is old.')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { summary: 'Say how old' })
  const bo = await as(wiki, 'member', { name: 'Bodhi' })
  await types(wiki, bo, page.id, 'old.', ' Unspeakable secret.')
  await bo.post(`/api/v1/pages/${page.id}/revisions`, { summary: 'Careless talk' })
  await moderator.post(`/api/v1/pages/${page.id}/restorations`, { revision: 2 })
  return { wiki, ada, moderator, page }
}

test('everybody can play a history: each picture has its text, its people, and marks what is new', async () => {
  const { wiki, ada, moderator } = await grown()
  const suspended = await as(wiki, 'member', { name: 'Eve' })
  const { handle } = suspended.person
  expect((await moderator.post(`/api/v1/people/${handle}/suspensions`, { reason: 'Rest' })).statusCode).toBeLessThan(
    300,
  )
  for (const who of [visitor(wiki), ada, moderator, suspended]) {
    const first = await who.get('/wiki/Oak/play')
    expect([first.statusCode, first.body.includes('A tree with leaves.')]).toEqual([200, true])
    const second = await who.get('/wiki/Oak/play/2')
    expect(second.statusCode).toBe(200)
    expect(second.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(second.body).toContain('<ins> It is old.</ins>')
    expect(second.body).toContain('Say how old')
    expect(second.body).not.toContain('<html')
  }
})

test('without scripts a form and two links lead through the revisions', async () => {
  const { wiki } = await grown()
  const { body } = await visitor(wiki).get('/wiki/Oak/play?revision=2')
  expect(body).toContain('A tree with leaves.<ins> It is old.</ins>')
  expect(body).toContain('href="/wiki/Oak/play?revision=1"')
  expect(body).toContain('href="/wiki/Oak/play?revision=3"')
  expect(body).toMatch(/<input[^>]*type="number"[^>]*name="revision"/)
})

test('a picture that somebody has is still the same until something of it changes', async () => {
  const { wiki, moderator, page } = await grown()
  const reader = visitor(wiki)
  const { headers } = await reader.get('/wiki/Oak/play/3')
  const etag = String(headers.etag)
  expect(headers['cache-control']).toBe('private, no-cache')
  expect((await reader.get('/wiki/Oak/play/3', { 'if-none-match': etag })).statusCode).toBe(304)
  await moderator.put(`/api/v1/pages/${page.id}/revisions/3/suppression`, { hidden: ['summary'], reason: 'Private' })
  const again = await reader.get('/wiki/Oak/play/3', { 'if-none-match': etag })
  expect(again.statusCode).toBe(200)
  expect(again.body).not.toContain('Careless talk')
})

test('what is suppressed is in no picture, neither its own nor the next, for moderators neither', async () => {
  const { wiki, moderator, page } = await grown()
  const hidden = ['text', 'author', 'summary']
  await moderator.put(`/api/v1/pages/${page.id}/revisions/3/suppression`, { hidden, reason: 'Private' })
  for (const who of [visitor(wiki), moderator])
    for (const path of ['/play/3', '/play/4', '/play?revision=3', '/play?revision=4']) {
      const reply = await who.get(`/wiki/Oak${path}`)
      expect(reply.statusCode).toBe(200)
      for (const secret of ['Unspeakable', 'Bodhi', 'Careless']) expect(reply.body, path).not.toContain(secret)
    }
  expect((await visitor(wiki).get('/wiki/Oak/play/3')).body).toContain('was suppressed')
})

test('a deletion is a picture that says so, and a deleted page still plays', async () => {
  const { wiki, moderator, page } = await grown()
  await moderator.delete(`/api/v1/pages/${page.id}`)
  const last = await visitor(wiki).get('/wiki/Oak/play/5')
  expect([last.statusCode, last.body.includes('deleted the page')]).toEqual([200, true])
  expect((await visitor(wiki).get('/wiki/Oak/play')).statusCode).toBe(200)
})

test('what is no revision of the page is refused', async () => {
  const { wiki } = await grown()
  for (const path of ['/play/0', '/play/99', '/play/x', '/play/1e3', '/play?revision=99', '/play?revision=%00'])
    expect((await visitor(wiki).get(`/wiki/Oak${path}`)).statusCode, path).toBe(404)
  expect((await visitor(wiki).get('/wiki/None/play')).statusCode).toBe(404)
})

const context = { page: () => undefined, titled: () => undefined, message: (name: string) => name }
const textOf = (html: string) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')

test('a picture says exactly what the revision says, whatever came before it', () => {
  fc.assert(
    fc.property(anyEdit(), ([before, after]) => {
      expect(textOf(grownHtml(before, after, context))).toBe(textOf(toHtml(after, context)))
      expect(grownHtml(after, after, context)).toBe(toHtml(after, context))
    }),
    { numRuns: 300 },
  )
})
