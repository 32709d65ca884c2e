import { expect, test } from 'vitest'
import { type Member, visitor } from '../../support/people.ts'
import { deletes, draftOf, historyOf, textOf, types } from '../writers.ts'
import { changesOf, suspend, takesLine, town } from './support.ts'

const text = '## Oak\n\nThe oak is an old tree in the garden.\n\n## Elm\n\nThe elm is young and green.'

const sends = (who: Member, slug: string, fields: Record<string, string>) =>
  who.post(`/wiki/${slug}/draft`, new URLSearchParams(fields))

test('the screen shows every change with its words, its person and a box', async () => {
  const { wiki, ada, bo, page } = await town(text)
  expect((await ada.get(`/wiki/${page.slug}/draft`)).body).toContain('nothing is waiting to be published')
  await types(wiki, bo, page.id, 'old', ' and <b>large</b>')
  await deletes(wiki, ada, page.id, ' and green')
  await takesLine(wiki, bo, page.id, 2)
  const { body, statusCode } = await ada.get(`/wiki/${page.slug}/draft`)
  expect(statusCode).toBe(200)
  for (const { id } of (await changesOf(ada, page.id)).changes) expect(body).toContain(`name="change:${id}"`)
  expect(body).toContain('&lt;b&gt;large&lt;/b&gt;')
  expect(body).not.toContain('<b>large</b>')
  expect(body).toMatch(/<del>[^<]*and green/)
  expect(body).toContain('<bdi>Bo</bdi>')
})

test('chosen changes are published from a form, and others stay', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  await types(wiki, bo, page.id, 'young', ' but thin')
  const { changes } = await changesOf(ada, page.id)
  const none = await sends(ada, page.slug, { act: 'publish', summary: 'kept words' })
  expect(none.statusCode).toBe(422)
  expect(none.body).toContain('kept words')
  const reply = await sends(ada, page.slug, { act: 'publish', summary: 'Thin', [`change:${changes[1]?.id}`]: '1' })
  expect([reply.statusCode, reply.headers.location]).toEqual([303, `/wiki/${page.slug}/draft`])
  expect((await historyOf(ada, page.id))[0]).toMatchObject({ summary: 'Thin', authors: [{ name: 'Bo' }] })
  await sends(ada, page.slug, { act: 'publish-mine' })
  expect(await textOf(ada, page.id)).toContain('old and large tree')
})

test('a form whose changes went on meanwhile is shown anew with what was chosen and still is', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  await types(wiki, bo, page.id, 'young', ' but thin')
  const { changes } = await changesOf(ada, page.id)
  const chosen = Object.fromEntries(changes.map(({ id }) => [`change:${id}`, '1']))
  await types(wiki, bo, page.id, 'but thin', ' as a rake')
  const reply = await sends(ada, page.slug, { act: 'publish', summary: 'Both', ...chosen })
  expect(reply.statusCode).toBe(409)
  expect(reply.body).toContain('as a rake')
  expect(reply.body).toMatch(new RegExp(`name="change:${changes[0]?.id}"\\s+value="1"\\s+checked`))
  expect(reply.body).toContain('value="Both"')
  expect((await historyOf(ada, page.id)).length).toBe(1)
})

test('everything that was seen is discarded by a moderator, and brought back from the same screen', async () => {
  const { wiki, ada, bo, mo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  await types(wiki, bo, page.id, 'young', ' but thin')
  const before = await draftOf(wiki, page.id)
  expect((await bo.get(`/wiki/${page.slug}/draft`)).body).not.toContain('value="discard-all"')
  const shown = (await mo.get(`/wiki/${page.slug}/draft`)).body
  const seen = /name="seen" value="([^"]*)"/.exec(shown)?.[1] ?? ''
  expect((await sends(bo, page.slug, { act: 'discard-all', seen })).statusCode).toBe(403)
  expect((await sends(mo, page.slug, { act: 'discard-all', seen })).statusCode).toBe(303)
  expect((await changesOf(ada, page.id)).changes).toEqual([])
  const after = (await mo.get(`/wiki/${page.slug}/draft`)).body
  const id = /name="discard" value="([^"]*)"/.exec(after)?.[1] ?? ''
  expect((await ada.get(`/wiki/${page.slug}/draft`)).body).not.toContain('name="discard"')
  expect((await sends(mo, page.slug, { discard: id })).statusCode).toBe(303)
  expect(await draftOf(wiki, page.id)).toEqual(before)
})

test('the screens are for those who may write', async () => {
  const { wiki, ada, mo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  for (const path of [`/wiki/${page.slug}/draft`, '/drafts'])
    expect((await visitor(wiki).get(path)).statusCode).not.toBe(200)
  expect((await ada.get('/wiki/nothing/draft')).statusCode).toBe(404)
  await mo.patch(`/api/v1/pages/${page.id}`, { slug: 'quercus' })
  expect((await ada.get(`/wiki/${page.slug}/draft`)).headers.location).toBe('/wiki/quercus/draft')
  await suspend(mo, ada)
  for (const path of ['/wiki/quercus/draft', '/drafts']) expect((await ada.get(path)).statusCode).not.toBe(200)
  expect((await sends(ada, 'quercus', { act: 'publish-mine' })).statusCode).toBe(403)
  expect((await visitor(wiki).get('/changes')).body).not.toContain('href="/drafts"')
  expect((await mo.get('/changes')).body).toContain('href="/drafts"')
})
