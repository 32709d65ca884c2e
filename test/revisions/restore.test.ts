import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { draftOf, edits, historyOf, type PageReply, type RevisionReply, starts, textOf, types } from './writers.ts'
import { fragmentOf } from '../../shared/document/live.ts'
import { toText } from '../../shared/document/text.ts'
import { fromCanonical } from '../../shared/document/canonical.ts'

async function oak() {
  const wiki = await freshWiki()
  const [ada, bo, mo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'moderator')]
  const { id } = await starts(ada, 'Oak', 'The first line.\n\nThe second line.')
  return {
    wiki,
    ada,
    bo,
    mo,
    id,
    restores: (revision: number) => mo.post(`/api/v1/pages/${id}/restorations`, { revision }),
  }
}

test('a restore publishes exactly the old content, and says where it came from', async () => {
  const { ada, mo, id, restores } = await oak()
  await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Spoiled.' })
  const reply = await restores(1)
  expect(reply.statusCode).toBe(201)
  const [restored, , first] = await historyOf(ada, id)
  expect(restored).toMatchObject({
    kind: 'restore',
    number: 3,
    hash: first?.hash,
    source: { id: first?.id, number: 1 },
  })
  expect(restored?.publisher?.handle).toBe(mo.person.handle)
  expect(restored?.authors.map(author => author.handle)).toEqual([mo.person.handle])
  expect(await textOf(ada, id)).toBe('The first line.\nThe second line.')
})

test('words that are acknowledged but unpublished stay in place where the old content has their block', async () => {
  const { wiki, ada, bo, id, restores } = await oak()
  await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'The first line.\n\nThe second line, spoiled.' })
  await types(wiki, bo, id, 'The first', ' and unpublished')
  await restores(1)
  expect(await textOf(ada, id)).toBe('The first line.\nThe second line.')
  expect(await draftOf(wiki, id)).toEqual(['The first and unpublished line.', 'The second line.'])
  const published = (await bo.post(`/api/v1/pages/${id}/revisions`, {})).json<RevisionReply>()
  expect(published.authors.map(author => author.handle)).toEqual([bo.person.handle])
})

test('words whose block the old content does not have are rescued for whoever wrote them', async () => {
  const { wiki, ada, bo, mo, id, restores } = await oak()
  await ada.post(`/api/v1/pages/${id}/revisions`, {
    markdown: 'The first line.\n\nThe second line.\n\nAdvertisement here.',
  })
  await types(wiki, bo, id, 'Advertisement', ' or rather a long sentence of mine')
  await types(wiki, mo, id, 'here', ' and a note of the moderator')
  await restores(1)
  expect(await draftOf(wiki, id)).toEqual(['The first line.', 'The second line.'])
  const kept = async (personId: string) =>
    (await wiki.drafts.passagesOf(wiki.db.read, id, personId)).map(passage => [
      passage.cause,
      toText(fromCanonical(passage.document)).trim(),
    ])
  expect(await kept(bo.person.id)).toEqual([['restore', 'or rather a long sentence of mine']])
  expect(await kept(mo.person.id)).toEqual([['restore', 'and a note of the moderator']])
  expect(await kept(ada.person.id)).toEqual([])
})

test('a new block in the draft outlives a restore', async () => {
  const { wiki, ada, bo, id, restores } = await oak()
  await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'The first line.' })
  await types(wiki, bo, id, 'The first', ' best')
  await edits(wiki, bo, id, ydoc => {
    const fragment = fragmentOf(ydoc)
    const line = fragment.get(0).clone()
    fragment.insert(1, [line])
  })
  await restores(1)
  expect(await draftOf(wiki, id)).toContain('The first best line.')
  expect(await textOf(ada, id)).toBe('The first line.\nThe second line.')
})

test('the present content cannot be restored, nor one that is not there', async () => {
  const { mo, ada, id, restores } = await oak()
  const code = async (revision: number) => {
    const reply = await restores(revision)
    return [reply.statusCode, reply.json<{ code: string }>().code]
  }
  expect(await code(1)).toEqual([409, 'revisions/nothing-changed'])
  expect(await code(7)).toEqual([404, 'revisions/not-found'])
  await mo.delete(`/api/v1/pages/${id}`)
  expect(await code(2)).toEqual([422, 'revisions/no-text'])
  expect((await ada.post(`/api/v1/pages/${id}/restorations`, { revision: 1 })).statusCode).toBe(403)
})

test('a deleted page is gone for readers, and its history is still readable', async () => {
  const { ada, mo, id } = await oak()
  expect((await ada.delete(`/api/v1/pages/${id}`)).statusCode).toBe(403)
  expect((await mo.delete(`/api/v1/pages/${id}?summary=Copied%20from%20elsewhere`)).statusCode).toBe(204)
  for (const path of ['', '/content', '/content?format=text'])
    expect((await ada.get(`/api/v1/pages/${id}${path}`)).statusCode).toBe(410)
  expect((await mo.patch(`/api/v1/pages/${id}`, { title: 'No' })).statusCode).toBe(410)
  expect((await mo.post(`/api/v1/pages/${id}/revisions`, {})).statusCode).toBe(410)
  const [tombstone, first] = await historyOf(ada, id)
  expect(tombstone).toMatchObject({
    number: 2,
    kind: 'deletion',
    hash: null,
    size: 0,
    summary: 'Copied from elsewhere',
  })
  expect(tombstone?.parent).toBe(first?.id)
  expect(await textOf(ada, id, '&revision=1')).toBe('The first line.\nThe second line.')
  const changes = (await ada.get('/api/v1/changes')).json<{ changes: { kind: string }[] }>().changes
  expect(changes.map(change => change.kind)).toEqual(['deletion', 'edit'])
})

test('restoring brings a deleted page back, with its unpublished words', async () => {
  const { wiki, ada, bo, mo, id, restores } = await oak()
  await types(wiki, bo, id, 'The first', ' unpublished')
  await mo.delete(`/api/v1/pages/${id}`)
  const reply = await restores(1)
  expect(reply.json()).toMatchObject({ kind: 'restore', number: 3, source: { number: 1 } })
  const page = (await ada.get(`/api/v1/pages/${id}`)).json<PageReply>()
  expect(page.head?.number).toBe(3)
  expect(await draftOf(wiki, id)).toEqual(['The first unpublished line.', 'The second line.'])
})
