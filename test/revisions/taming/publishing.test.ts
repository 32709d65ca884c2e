import { expect, test } from 'vitest'
import type { AuthorsJson } from '../../../shared/revisions/authors.ts'
import { visitor } from '../../support/people.ts'
import { deletes, draftOf, historyOf, type RevisionReply, textOf, types } from '../writers.ts'
import { addsLine, changesOf, suspend, toldOf, town } from './support.ts'

const text = '## Oak\n\nThe oak is an old tree in the garden.\n\n## Elm\n\nThe elm is young and green.'

test('one’s own changes are published while those of others stay in the draft as they are', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  await types(wiki, bo, page.id, 'and large', ' and half a sen')
  await deletes(wiki, bo, page.id, 'young and ')
  const before = await draftOf(wiki, page.id)
  const seq = (await changesOf(ada, page.id)).seq

  const reply = await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine', summary: 'Larger' })
  expect(reply.statusCode).toBe(201)
  expect(reply.json<RevisionReply>()).toMatchObject({ number: 2, summary: 'Larger', authors: [{ name: 'Ada' }] })
  expect(await textOf(ada, page.id)).toContain('an old and large tree in the garden')
  expect(await textOf(ada, page.id)).toContain('The elm is young and green.')
  expect(await draftOf(wiki, page.id)).toEqual(before)
  expect(await changesOf(ada, page.id)).toMatchObject({ seq, head: 2 })
  expect(await toldOf(ada, page.id)).toEqual(['Bo: words +and half a sen', 'Bo: words −young and'])

  // The rest is credited to whoever did it.
  const rest = await ada.post(`/api/v1/pages/${page.id}/revisions`, {})
  expect(rest.json<RevisionReply>().authors).toMatchObject([{ name: 'Bo' }])
  expect(await toldOf(ada, page.id)).toEqual([])
})

test('a deletion that waits through a publication of others keeps its person', async () => {
  const { wiki, ada, bo, mo, page } = await town(text)
  await deletes(wiki, bo, page.id, 'young and ')
  await types(wiki, ada, page.id, 'old', ' and large')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  await types(wiki, mo, page.id, 'garden', ' of Mo')
  await mo.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  expect(await toldOf(ada, page.id)).toEqual(['Bo: words −young and'])
})

test('a section is published alone', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  await types(wiki, bo, page.id, 'young', ' and thin')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: { section: 'Elm' } })
  expect((await historyOf(ada, page.id))[0]?.authors).toMatchObject([{ name: 'Bo' }])
  expect(await textOf(ada, page.id)).toContain('thin')
  expect(await textOf(ada, page.id)).not.toContain('large')
  const none = await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: { section: 'Ash' } })
  expect([none.statusCode, none.json<{ code: string }>().code]).toEqual([409, 'revisions/nothing-changed'])
})

test('chosen changes are published, and refused with the new list once one of them is another', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  await types(wiki, bo, page.id, 'young', ' and thin')
  const { changes } = await changesOf(ada, page.id)
  const [large, thin] = changes.map(({ id }) => id)
  await types(wiki, bo, page.id, 'and thin', ' as a rake')
  const gone = await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: [large, thin] })
  expect(gone.statusCode).toBe(409)
  expect(gone.json()).toMatchObject({
    code: 'revisions/changes-gone',
    details: { gone: [thin], changes: [{ id: large }, { after: expect.stringContaining('as a rake') }] },
  })
  expect((await historyOf(ada, page.id)).length).toBe(1)
  expect((await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: [large] })).statusCode).toBe(201)
})

test('a new block is published with one’s own changes only by whoever made it, and without the words of others', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await addsLine(wiki, ada, page.id, 3, 'The ash is tall.')
  await types(wiki, bo, page.id, 'The ash is tall.', ' So is the fir.')
  const theirs = await bo.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  expect(theirs.statusCode).toBe(409)
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  expect(await textOf(ada, page.id)).toContain('The ash is tall.')
  expect(await textOf(ada, page.id)).not.toContain('fir')
  await bo.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  expect(await textOf(ada, page.id)).toContain('The ash is tall. So is the fir.')
})

test('authorship is that of whoever wrote what is published, whoever published it', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, bo, page.id, 'old', ' and very large')
  await types(wiki, ada, page.id, 'very large', ' and wide')
  await deletes(wiki, bo, page.id, 'young and ')
  await types(wiki, ada, page.id, 'green', ' in spring')
  const { changes } = await changesOf(ada, page.id)
  const ofBo = changes.filter(({ section, mine }) => section === 'Oak' && !mine).map(({ id }) => id)
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: ofBo })
  await bo.post(`/api/v1/pages/${page.id}/revisions`, { changes: { section: 'Oak' } })
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })

  const read = async (number: number) =>
    (await ada.get(`/api/v1/pages/${page.id}/authors?revision=${number}`)).json<AuthorsJson>()
  const fresh = async (number: number) => {
    const { blocks, people } = await read(number)
    return blocks.flatMap(({ passages }) =>
      passages.flatMap(({ text: words, author, revision }) =>
        revision === number ? [`${people[author]?.person?.name}: ${words.trim()}`] : [],
      ),
    )
  }
  expect(await fresh(2)).toEqual(['Bo: and very large'])
  expect(await fresh(3)).toEqual(['Ada: and wide'])
  expect(await fresh(4)).toEqual(['Ada: in spring'])
  expect((await historyOf(ada, page.id)).map(({ authors }) => authors.map(({ name }) => name))).toEqual([
    ['Ada'],
    ['Ada'],
    ['Bo'],
    ['Ada'],
  ])
})

test('visitors and the suspended publish nothing, and nobody sends a choice and a text at once', async () => {
  const { wiki, ada, mo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  const path = `/api/v1/pages/${page.id}/revisions`
  expect((await visitor(wiki).post(path, { changes: 'mine' })).statusCode).toBe(401)
  const both = await ada.post(path, { changes: 'mine', markdown: 'x' })
  expect([both.statusCode, both.json<{ code: string }>().code]).toEqual([400, 'revisions/changes-and-text'])
  expect((await ada.post(path, { changes: 'yours' })).statusCode).toBe(400)
  await suspend(mo, ada)
  expect((await ada.post(path, { changes: 'mine' })).statusCode).toBe(403)
})

test('of a page that was never published one’s own part is its first revision', async () => {
  const { wiki, ada, bo } = await town(text)
  const { id } = (await ada.post('/api/v1/pages', { title: 'Ash' })).json<{ id: string }>()
  await addsLine(wiki, bo, id, 0, 'The ash is Bo’s.')
  await addsLine(wiki, ada, id, 1, 'The ash is Ada’s.')
  const reply = await bo.post(`/api/v1/pages/${id}/revisions`, { changes: 'mine' })
  expect(reply.json<RevisionReply>()).toMatchObject({ number: 1, authors: [{ name: 'Bo' }] })
  expect((await textOf(ada, id)).trim()).toBe('The ash is Bo’s.')
  expect((await draftOf(wiki, id)).filter(Boolean)).toEqual(['The ash is Bo’s.', 'The ash is Ada’s.'])
  expect((await ada.post(`/api/v1/pages/${id}/discards`, { of: 'mine' })).statusCode).toBe(201)
  expect((await draftOf(wiki, id)).filter(Boolean)).toEqual(['The ash is Bo’s.'])
})

test('who is hidden in the history is not named by what the draft changes', async () => {
  const { wiki, ada, bo, mo, page } = await town(text)
  await types(wiki, bo, page.id, 'old', ' and secret')
  await bo.post(`/api/v1/pages/${page.id}/revisions`, {})
  const hidden = await mo.put(`/api/v1/pages/${page.id}/revisions/2/suppression`, {
    hidden: ['author'],
    reason: 'Asked',
  })
  expect(hidden.statusCode).toBe(200)
  await types(wiki, ada, page.id, 'young', ' but thin')
  expect(JSON.stringify(await changesOf(ada, page.id))).not.toContain('Bo')
  expect((await ada.get(`/wiki/${page.slug}/draft`)).body).not.toContain('<bdi>Bo</bdi>')
})
