import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { corpus, corpusText } from '../support/corpus.ts'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { draftOf, edits, type PageReply, type RevisionReply, starts, textOf } from './writers.ts'
import { fragmentOf, fill } from '../../shared/document/live.ts'

test('a history is read a part at a time, newest first', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'Text 1.')
  for (const number of [2, 3, 4, 5]) await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: `Text ${number}.` })
  const read = async (query: string) =>
    (await visitor(wiki).get(`/api/v1/pages/${id}/revisions?${query}`)).json<{
      revisions: RevisionReply[]
      next: string | null
    }>()
  const first = await read('limit=2')
  expect(first.revisions.map(one => one.number)).toEqual([5, 4])
  const second = await read(`limit=2&before=${first.next}`)
  expect(second.revisions.map(one => one.number)).toEqual([3, 2])
  const third = await read(`limit=2&before=${second.next}`)
  expect([third.revisions.map(one => one.number), third.next]).toEqual([[1], null])
})

test('recent changes tell of all pages, a part at a time', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  for (const title of ['Ash', 'Beech', 'Cedar']) await starts(ada, title, 'A tree.')
  const seen: string[] = []
  let before = ''
  for (let turns = 0; turns < 5; turns++) {
    const reply = await visitor(wiki).get(`/api/v1/changes?limit=1${before && `&before=${before}`}`)
    const { changes, next } = reply.json<{ changes: { page: PageReply; number: number }[]; next: string | null }>()
    seen.push(...changes.map(change => `${change.page.title} ${change.number}`))
    if (next === null) break
    before = next
  }
  expect(seen).toEqual(['Cedar 1', 'Beech 1', 'Ash 1'])
})

test('two revisions are compared word by word', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'A tree.\n\nIt is old.')
  await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'A tall tree.\n\nIt is old.' })
  const reply = await visitor(wiki).get(`/api/v1/pages/${id}/compare?from=1&to=2`)
  expect(reply.json()).toMatchObject({
    from: { number: 1 },
    to: { number: 2 },
    changes: [
      { kind: 'change', inline: [{ kind: 'keep' }, { kind: 'insert', nodes: [{ text: 'tall ' }] }, { kind: 'keep' }] },
      { kind: 'keep', count: 1 },
    ],
    summary: { blocks: 1, wordsAdded: 1, wordsRemoved: 0 },
  })
})

test.each(['ar', 'en', 'zh-hans'])('real pages come back from Markdown as the same document: %s', async language => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const folder = `translations/opensource-guide/${language}`
  for (const file of readdirSync(join(corpus, folder)).slice(0, 4)) {
    const page = await starts(ada, file, corpusText(`${folder}/${file}`))
    const markdown = (await ada.get(`/api/v1/pages/${page.id}/content?format=markdown`)).body
    const document = (await ada.get(`/api/v1/pages/${page.id}/content?format=document`)).json<object>()
    const again = (await ada.post('/api/v1/pages', { title: `${file} again`, markdown })).json<PageReply>()
    const copied = (await ada.post('/api/v1/pages', { title: `${file} copied`, document })).json<PageReply>()
    const first = await wiki.revisions.byId(page.head?.id ?? '')
    expect((await wiki.revisions.byId(again.head?.id ?? ''))?.hash).toBe(first?.hash)
    expect((await wiki.revisions.byId(copied.head?.id ?? ''))?.hash).toBe(first?.hash)
  }
})

test('a page whose draft was written before its first revision publishes that draft', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = (await ada.post('/api/v1/pages', { title: 'Oak' })).json<PageReply>()
  await edits(wiki, ada, id, ydoc => {
    const fragment = fragmentOf(ydoc)
    fragment.delete(0, fragment.length)
    fill(fragment, fromMarkdown('A tree.'))
  })
  expect((await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Other.' })).statusCode).toBe(409)
  expect((await ada.post(`/api/v1/pages/${id}/revisions`, { summary: 'First' })).json()).toMatchObject({ number: 1 })
  expect(await textOf(visitor(wiki), id)).toBe('A tree.')
  expect(await draftOf(wiki, id)).toEqual(['A tree.'])
})
