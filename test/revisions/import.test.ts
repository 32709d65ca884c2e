import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { as, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'
import { draftOf, historyOf, type PageReply, textOf, types } from './writers.ts'

const source = 'https://example.org/oak'
const path = 'oak.md'
const day = 24 * 60 * 60 * 1000

/** Imports texts, oldest first, one a day; null is a deletion. */
async function imports(wiki: FreshWiki, texts: (string | null)[], { from = 0 } = {}) {
  const { importing } = wiki.revisions
  const authorId = await wiki.db.write(tx => wiki.accounts.people.addImported(tx, { name: 'author-1' }))
  const page = { title: 'Oak', slug: 'Oak', language: 'en', licence: 'CC-BY-4.0', at: 0 }
  const known = await importing.known(source, path)
  const pageId = known?.pageId ?? (await wiki.db.write(tx => importing.startPage(tx, page))).id
  await wiki.db.write(async tx => {
    for (const [turn, text] of texts.entries()) {
      const externalId = `sha-${from + turn}`
      if (known?.ids.has(externalId)) continue
      const document = text === null ? null : fromMarkdown(text)
      const at = (from + turn) * day
      const { title, licence } = page
      const given = {
        source,
        path,
        externalId,
        pageId,
        authorId,
        at,
        summary: `Edit ${from + turn}`,
        title,
        licence,
        document,
      }
      await importing.add(tx, given)
    }
  })
  await wiki.db.write(tx => importing.finish(tx, pageId))
  return pageId
}

test('an imported history keeps times, summaries, authors and edits that changed nothing', async () => {
  const wiki = await freshWiki()
  const id = await imports(wiki, ['One.', 'One.', 'One and two.'])
  const revisions = await historyOf(visitor(wiki), id)
  expect(revisions.map(one => [one.number, one.kind, one.at, one.summary, one.licence, one.wordsAdded])).toEqual([
    [3, 'import', 2 * day, 'Edit 2', 'CC-BY-4.0', 2],
    [2, 'import', day, 'Edit 1', 'CC-BY-4.0', 0],
    [1, 'import', 0, 'Edit 0', 'CC-BY-4.0', 1],
  ])
  expect(revisions[0]?.authors).toMatchObject([{ handle: 'author-1', name: 'author-1' }])
  expect(revisions[1]?.hash).toBe(revisions[2]?.hash)
  expect(await textOf(visitor(wiki), id)).toBe('One and two.')
  expect(await draftOf(wiki, id)).toEqual(['One and two.'])
})

test('an imported page can be edited on: its draft says what its head says', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const id = await imports(wiki, [
    'One.\n\n![a picture](https://example.org/a.png) **bold [link](https://example.org)**',
  ])
  expect((await ada.post(`/api/v1/pages/${id}/revisions`, {})).statusCode).toBe(409)
  expect((await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Two.' })).statusCode).toBe(201)
})

test('a second import adds only what is new, and merges it with what people wrote here', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const id = await imports(wiki, ['One.\n\nTwo.'])
  await types(wiki, ada, id, 'One', ' and more')
  expect(await imports(wiki, ['One.\n\nTwo.'])).toBe(id)
  expect(await historyOf(ada, id)).toHaveLength(1)
  await imports(wiki, ['One.\n\nTwo and three.'], { from: 1 })
  expect(await historyOf(ada, id)).toHaveLength(2)
  expect(await textOf(ada, id)).toBe('One.\nTwo and three.')
  expect(await draftOf(wiki, id)).toEqual(['One and more.', 'Two and three.'])
})

test('a history that ends deleted answers 410 and can be read and restored', async () => {
  const wiki = await freshWiki()
  const mo = await as(wiki, 'moderator')
  const id = await imports(wiki, ['One.', null, 'Back again.', null])
  expect((await mo.get(`/api/v1/pages/${id}`)).statusCode).toBe(410)
  expect((await historyOf(mo, id)).map(one => one.kind)).toEqual(['deletion', 'import', 'deletion', 'import'])
  expect(await textOf(mo, id, '&revision=3')).toBe('Back again.')
  expect((await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 3 })).statusCode).toBe(201)
  expect(await textOf(mo, id)).toBe('Back again.')
})

test('a move makes a redirect, and a living address beats it', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const id = await imports(wiki, ['One.'])
  const { importing } = wiki.revisions
  expect(await wiki.db.write(tx => importing.move(tx, id, { slug: 'Quercus', title: 'Quercus', at: day }))).toBe(true)
  expect(await wiki.pages.bySlug('oak')).toMatchObject({ moved: true, page: { id, title: 'Quercus' } })
  const other = (await ada.post('/api/v1/pages', { title: 'Oak', slug: 'Oak' })).json<PageReply>()
  expect(await wiki.pages.bySlug('oak')).toMatchObject({ moved: false, page: { id: other.id } })
  expect(await wiki.db.write(tx => importing.move(tx, id, { slug: 'oak', at: 2 * day }))).toBe(false)
})
