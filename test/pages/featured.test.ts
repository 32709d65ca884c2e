import { expect, test } from 'vitest'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

test('a moderator puts a page on the front page and takes it off again, by form and by program', async () => {
  const wiki = await freshWiki()
  const [member, moderator] = [await as(wiki, 'member'), await as(wiki, 'moderator')]
  const made = await member.post('/api/v1/pages', { title: 'Oak', language: 'en', markdown: 'A tree that grows old.' })
  const { id } = made.json<{ id: string }>()
  const front = async () => (await visitor(wiki).get('/')).body
  const lead = /A tree that grows old/

  expect(await front()).not.toMatch(lead)
  expect((await moderator.post('/wiki/Oak/feature', new URLSearchParams())).statusCode).toBe(303)
  expect(await front()).toMatch(lead)
  expect((await moderator.put(`/api/v1/pages/${id}/featured`, { featured: false })).statusCode).toBe(200)
  expect(await front()).not.toMatch(lead)

  expect((await member.put(`/api/v1/pages/${id}/featured`, { featured: true })).statusCode).toBe(403)
  expect((await member.get('/wiki/Oak')).body).not.toContain('/wiki/Oak/feature')
  expect((await moderator.get('/wiki/Oak')).body).toContain('/wiki/Oak/feature')
})
