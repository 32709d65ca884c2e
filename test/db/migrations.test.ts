import { expect, test } from 'vitest'
import type { RevisionJson } from '../../shared/revisions/contract.ts'
import { canonical } from '../../shared/document/canonical.ts'
import { contents } from '../../server/revisions/contents.ts'
import { bringIn, historyFile, pageLine, revision } from '../exchange/support.ts'
import { as, type Caller, visitor } from '../support/people.ts'
import { checked } from '../upkeep/support.ts'
import { oakAndElm, source, texts } from './oak.ts'
import { wikiFrom } from './old.ts'

const opened = () => wikiFrom('0010', oakAndElm())

const historyOf = async (who: Caller, page: string) =>
  (await who.get(`/api/v1/pages/${page}/revisions`)).json<{ revisions: RevisionJson[] }>().revisions

test('an older database keeps every text, loose or packed', async () => {
  const { db } = await opened()
  const { read } = contents()
  for (const { json, hash } of texts) expect(canonical(await read(db.read, hash))).toBe(json)
})

test('an older database keeps who published and who wrote every revision, and which one stood before it', async () => {
  const wiki = await opened()
  const told = (await historyOf(visitor(wiki), 'oak')).map(
    ({ number, parent, publisher, authors, newcomers, hash }) => {
      return [number, parent, publisher?.id, authors.map(({ id }) => id), newcomers, hash]
    },
  )
  const [first, second, third] = texts
  expect(told).toEqual([
    [4, 'oak-3', 'ada', ['ada'], [], first?.hash],
    [3, 'oak-2', 'kim', ['kim'], ['kim'], third?.hash],
    [2, 'oak-1', 'ada', ['bo', 'ada'], ['bo'], second?.hash],
    [1, null, 'ada', ['ada'], ['ada'], first?.hash],
  ])
  const mo = await as(wiki, 'moderator')
  expect(await historyOf(mo, 'elm')).toMatchObject([
    { number: 2, kind: 'deletion', authors: [{ id: 'bo' }], parent: 'elm-1', hash: null },
    { number: 1, authors: [{ id: 'bo' }], hash: texts[3]?.hash },
  ])
})

test('readers of an older database are shown the page as it was rendered', async () => {
  const wiki = await opened()
  expect((await visitor(wiki).get('/wiki/oak')).body).toContain('<p>As it was rendered then.</p>')
})

test('an import into an older database knows the revisions and people that it brought before', async () => {
  const wiki = await opened()
  const line = (...shas: string[]) =>
    historyFile([
      pageLine(
        'oak.md',
        shas.map((sha, at) => revision(`A nut ${at}.`, at, { sha, author: 'kim' })),
        { source },
      ),
    ])
  expect(await bringIn(wiki, line('sha3'))).toMatchObject({ revisions: 0, people: 0 })
  expect(await bringIn(wiki, line('sha3', 'sha4'))).toMatchObject({ revisions: 1, people: 0 })
  const [newest] = await historyOf(visitor(wiki), 'oak')
  expect(newest).toMatchObject({ number: 5, kind: 'import', authors: [{ id: 'kim' }], parent: 'oak-4' })
})

test('in an older database work goes on: a text that comes back takes back what came between', async () => {
  const wiki = await opened()
  const mo = await as(wiki, 'moderator')
  expect((await mo.post('/api/v1/pages/oak/restorations', { revision: 2 })).statusCode).toBe(201)
  const history = await historyOf(mo, 'oak')
  expect(history.map(({ number, revertedBy }) => [number, revertedBy?.number])).toEqual([
    [5, undefined],
    [4, 5],
    [3, 4],
    [2, undefined],
    [1, undefined],
  ])
})

test('an older database is whole once it is brought to the newest shape', async () => {
  const { config, close } = await opened()
  await close()
  expect(await checked({ config })).toEqual([])
})
