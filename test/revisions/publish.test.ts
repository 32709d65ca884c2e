import { expect, test } from 'vitest'
import { shownOf } from '../../server/revisions/index.ts'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { deletes, draftOf, historyOf, type PageReply, type RevisionReply, starts, textOf, types } from './writers.ts'

test('a page starts with its first revision, and readers see it', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const reply = await ada.post('/api/v1/pages', { title: 'Oak', markdown: '# Oak\n\nA tree.', summary: 'Begin' })
  expect(reply.statusCode).toBe(201)
  const page = reply.json<PageReply>()
  expect(page).toMatchObject({ slug: 'Oak', title: 'Oak', language: 'en', head: { number: 1 } })
  expect(page.draft).toEqual({ room: page.id, epoch: 1 })
  const content = (format: string) => visitor(wiki).get(`/api/v1/pages/${page.id}/content?format=${format}`)
  expect((await content('markdown')).body).toBe('# Oak\n\nA tree.\n')
  expect((await content('text')).body).toBe('Oak\nA tree.')
  expect((await content('html')).body).toContain('<p dir="auto">A tree.</p>')
  expect((await content('document')).json()).toMatchObject({
    type: 'doc',
    content: [{ type: 'line' }, { type: 'line' }],
  })
})

test('a page without a text has a draft and nothing to read', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id, head } = (await ada.post('/api/v1/pages', { title: 'Oak' })).json<PageReply>()
  expect(head).toBeNull()
  const reply = await visitor(wiki).get(`/api/v1/pages/${id}/content`)
  expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, 'pages/unpublished'])
  expect(await historyOf(visitor(wiki), id)).toEqual([])
})

test('a reader never sees the draft', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'A tree.')
  await types(wiki, ada, id, 'A ', 'very old ')
  expect(await textOf(visitor(wiki), id)).toBe('A tree.')
})

test('everyone whose words are new signs the revision, and whoever published it is named', async () => {
  const wiki = await freshWiki()
  const [ada, bo, cy] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'A tree.\n\nIt is old.')
  await types(wiki, bo, id, 'A tree', ' that many people have loved')
  await types(wiki, cy, id, 'It is', ' very')
  const reply = await ada.post(`/api/v1/pages/${id}/revisions`, { summary: 'What they wrote', minor: true })
  expect(reply.statusCode).toBe(201)
  const revision = reply.json<RevisionReply>()
  expect(revision.authors.map(author => author.handle)).toEqual([bo.person.handle, cy.person.handle])
  expect(revision.publisher?.handle).toBe(ada.person.handle)
  expect(revision).toMatchObject({ number: 2, kind: 'edit', summary: 'What they wrote', minor: true, wordsAdded: 6 })
  const [newest, first] = await historyOf(visitor(wiki), id)
  expect(newest).toEqual(revision)
  expect(revision.parent).toBe(first?.id)
})

test('who only takes words away signs alone', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'A very old tree.')
  await deletes(wiki, bo, id, 'very old ')
  const revision = (await bo.post(`/api/v1/pages/${id}/revisions`, {})).json<RevisionReply>()
  expect(revision.authors.map(author => author.handle)).toEqual([bo.person.handle])
  expect([revision.wordsAdded, revision.wordsRemoved]).toEqual([0, 2])
})

test('licence, person and time of the consent are kept with the revision', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { head } = await starts(ada, 'Oak', 'A tree.')
  const row = await wiki.db.read
    .selectFrom('revisions')
    .selectAll()
    .where('id', '=', head?.id ?? '')
    .executeTakeFirst()
  expect(row).toMatchObject({ licence: 'CC-BY-SA-4.0', publisher_id: ada.person.id })
  expect(row?.consent_at).toBe(row?.at)
})

test('a draft that says what the head says is not published again', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'A tree.')
  const empty = await ada.post(`/api/v1/pages/${id}/revisions`, { summary: 'again' })
  expect([empty.statusCode, empty.json<{ code: string }>().code]).toEqual([409, 'revisions/nothing-changed'])
  const same = await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'A tree.', base: 1 })
  expect([same.statusCode, same.json<{ code: string }>().code]).toEqual([409, 'revisions/nothing-changed'])
  await types(wiki, ada, id, 'A ', 'small ')
  await deletes(wiki, ada, id, 'small ')
  expect((await ada.post(`/api/v1/pages/${id}/revisions`, {})).statusCode).toBe(409)
})

test('the change from a base is merged with what others have written since', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'The first line.\n\nThe second line.\n\nThe third line.')
  await types(wiki, bo, id, 'The second', ' and better')
  const reply = await ada.post(`/api/v1/pages/${id}/revisions`, {
    markdown: 'The very first line.\n\nThe second line.\n\nThe third line.',
    base: 1,
  })
  expect(reply.statusCode).toBe(201)
  expect(await textOf(ada, id)).toBe('The very first line.\nThe second and better line.\nThe third line.')
  expect(await draftOf(wiki, id)).toEqual(['The very first line.', 'The second and better line.', 'The third line.'])
  expect(
    reply
      .json<RevisionReply>()
      .authors.map(author => author.handle)
      .sort(),
  ).toEqual([ada.person.handle, bo.person.handle].sort())
})

test('a base may be older than the head', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'One.\n\nTwo.\n\nThree.')
  await bo.post(`/api/v1/pages/${id}/revisions`, { markdown: 'One.\n\nTwo.\n\nThree or more.', base: 1 })
  await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Just one.\n\nTwo.\n\nThree.', base: 1 })
  expect(await textOf(ada, id)).toBe('Just one.\nTwo.\nThree or more.')
})

test('words that somebody else has changed too are a conflict, and nothing is changed', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'The tree is old.\n\nIt stands.')
  await deletes(wiki, bo, id, 'old')
  await types(wiki, bo, id, 'The tree is ', 'ancient')
  const reply = await ada.post(`/api/v1/pages/${id}/revisions`, {
    markdown: 'The tree is young.\n\nIt stands.',
    base: 1,
  })
  expect(reply.statusCode).toBe(409)
  expect(reply.json()).toMatchObject({
    code: 'revisions/conflict',
    details: { conflicts: [{ kind: 'words', path: [0] }] },
  })
  expect(await draftOf(wiki, id)).toEqual(['The tree is ancient.', 'It stands.'])
  expect(await historyOf(ada, id)).toHaveLength(1)
})

test('one may overwrite one’s own unpublished words', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'The tree is old.')
  await deletes(wiki, ada, id, 'old')
  await types(wiki, ada, id, 'The tree is ', 'ancient')
  const reply = await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'The tree is young.', base: 1 })
  expect(reply.statusCode).toBe(201)
  expect(await textOf(ada, id)).toBe('The tree is young.')
})

test('content without a base is refused while the draft holds anything unpublished', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'A tree.')
  await types(wiki, bo, id, 'A ', 'big ')
  const moved = await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Something else.' })
  expect([moved.statusCode, moved.json<{ code: string }>().code]).toEqual([409, 'revisions/draft-moved'])
  await bo.post(`/api/v1/pages/${id}/revisions`, {})
  const replaced = await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Something else.' })
  expect(replaced.statusCode).toBe(201)
  expect(await textOf(ada, id)).toBe('Something else.')
})

test('a revision keeps its text for ever, stored once for all that say the same', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'One.')
  for (const markdown of ['Two.', 'One.', 'Two.']) await ada.post(`/api/v1/pages/${id}/revisions`, { markdown })
  const texts = [1, 2, 3, 4].map(number => textOf(ada, id, `&revision=${number}`))
  expect(await Promise.all(texts)).toEqual(['One.', 'Two.', 'One.', 'Two.'])
  const revisions = await historyOf(ada, id)
  expect(new Set(revisions.map(revision => revision.hash)).size).toBe(2)
  expect(await wiki.db.read.selectFrom('contents').select('hash').execute()).toHaveLength(2)
})

test('the head is announced inside the transaction that made it', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const told: string[] = []
  wiki.events.on('revision published', async (tx, { pageId, number }) => {
    const head = await tx.selectFrom('page_heads').select('shown').where('page_id', '=', pageId).executeTakeFirst()
    told.push(`${number}: ${head && shownOf(head.shown).text}`)
  })
  await starts(ada, 'Oak', 'A tree.')
  expect(told).toEqual(['1: A tree.'])
})
