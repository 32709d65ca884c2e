import { expect, test } from 'vitest'
import type { AuthorsJson } from '../../../shared/revisions/authors.ts'
import { as, visitor } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { starts, types } from '../writers.ts'

async function oak() {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const page = await starts(ada, 'Oak', '# The oak\n\nThe oak is a tree.\n\n- It grows.')
  await types(wiki, bo, page.id, 'oak is', ' now and')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { summary: 'more' })
  return { wiki, ada, bo, page, moderator: await as(wiki, 'moderator') }
}

const authorsOf = async (who: Pick<ReturnType<typeof visitor>, 'get'>, id: string, query = '') => {
  const reply = await who.get(`/api/v1/pages/${id}/authors${query}`)
  return { status: reply.statusCode, json: reply.json<AuthorsJson>() }
}

test('anybody may ask who wrote which words of a page', async () => {
  const { wiki, ada, moderator, page } = await oak()
  for (const who of [visitor(wiki), ada, moderator]) {
    const { status, json } = await authorsOf(who, page.id)
    expect(status).toBe(200)
    expect(json.words).toBe(11)
    expect(json.people.map(({ person, words, percent }) => [person?.name, words, percent])).toEqual([
      ['Ada', 9, 81.8],
      ['Bo', 2, 18.2],
    ])
    expect(json.blocks.map(({ passages }) => passages)).toEqual([
      [{ text: 'The oak', author: 0, revision: 1 }],
      [
        { text: 'The oak is', author: 0, revision: 1 },
        { text: ' now and', author: 1, revision: 2 },
        { text: ' a tree.', author: 0, revision: 1 },
      ],
      [{ text: 'It grows.', author: 0, revision: 1 }],
    ])
    expect(json.sources.map(({ number }) => number)).toEqual([1, 2])
  }
  const old = await authorsOf(ada, page.id, '?revision=1')
  expect(old.json.people.map(({ person }) => person?.name)).toEqual(['Ada'])
})

test('what is not there is refused, and so is the text that a moderator hid', async () => {
  const { wiki, ada, moderator, page } = await oak()
  expect((await authorsOf(ada, page.id, '?revision=9')).status).toBe(404)
  expect((await authorsOf(ada, page.id, '?revision=0')).status).toBe(400)
  expect((await authorsOf(ada, 'nowhere')).status).toBe(404)
  await moderator.put(`/api/v1/pages/${page.id}/revisions/1/suppression`, { hidden: ['text'], reason: 'private' })
  for (const who of [visitor(wiki), moderator]) expect((await authorsOf(who, page.id, '?revision=1')).status).toBe(410)
  expect((await visitor(wiki).get('/wiki/Oak/authors?revision=1')).statusCode).toBe(410)
  expect((await authorsOf(ada, page.id)).status).toBe(200)
})

test('of an author whom a moderator hid the words stay and the name goes', async () => {
  const { wiki, bo, moderator, page } = await oak()
  await moderator.put(`/api/v1/pages/${page.id}/revisions/2/suppression`, { hidden: ['author'], reason: 'asked' })
  const { json } = await authorsOf(visitor(wiki), page.id)
  expect(json.people.map(({ person, hidden, words }) => [person?.name ?? null, hidden, words])).toEqual([
    ['Ada', false, 9],
    [null, true, 2],
  ])
  for (const path of ['/wiki/Oak/authors', '/wiki/Oak']) {
    const { body } = await visitor(wiki).get(path)
    expect(body).not.toContain('>Bo<')
    expect(body).not.toContain(bo.person.handle)
  }
  const asked = await visitor(wiki).get(`/wiki/Oak/authors?by=${bo.person.handle}`)
  expect(asked.body).not.toContain('is-out')
  expect((await visitor(wiki).get('/wiki/Oak/authors')).body).toContain('A hidden author')
})

test('the page shows every passage with its author and revision, and filters', async () => {
  const { wiki, bo } = await oak()
  const { body, statusCode } = await visitor(wiki).get('/wiki/Oak/authors')
  expect(statusCode).toBe(200)
  expect(body).toContain('Who wrote what')
  expect(body.match(/class="pas-by"/g)).toHaveLength(5)
  expect(body).toMatch(/<bdi>Bo<\/bdi>, revision 2,/)
  const only = (await visitor(wiki).get(`/wiki/Oak/authors?by=${bo.person.handle}`)).body
  expect(only.match(/is-out/g)).toHaveLength(4)
  expect((await visitor(wiki).get('/wiki/Oak/authors?age=older')).body.match(/is-out/g)).toHaveLength(5)
  expect((await visitor(wiki).get('/wiki/Oak/authors?revision=1')).body).not.toContain('>Bo<')
  for (const [query, status] of [
    ['?revision=x', 404],
    ['?revision=9', 404],
    ['?by=nobody&age=x', 200],
  ] as const)
    expect((await visitor(wiki).get(`/wiki/Oak/authors${query}`)).statusCode).toBe(status)
  const page = (await visitor(wiki).get('/wiki/Oak')).body
  expect(page).toContain('(82%)')
  expect(page).toContain('/wiki/Oak/authors')
})
