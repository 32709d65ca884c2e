import { expect, test } from 'vitest'
import type { WaitingDraftJson } from '../../../shared/drafts/taming.ts'
import type { Member } from '../../support/people.ts'
import { visitor } from '../../support/people.ts'
import { deletes, starts, types } from '../writers.ts'
import { changesOf, town } from './support.ts'

type List = { drafts: WaitingDraftJson[]; next: string | null }
const waiting = async (who: Member, query = '') => (await who.get(`/api/v1/drafts${query}`)).json<List>()
const titles = ({ drafts }: List) => drafts.map(({ page }) => page.title)

test('drafts that are not published are listed, the oldest change first', async () => {
  const { wiki, ada, bo, page } = await town('The oak.')
  const elm = await starts(ada, 'Elm', 'The elm.')
  const ash = await starts(ada, 'Ash', 'The ash.')
  await ada.post('/api/v1/pages', { title: 'Empty' })
  expect(await waiting(ada)).toEqual({ drafts: [], next: null })
  await types(wiki, bo, elm.id, 'elm', ' tree')
  await types(wiki, ada, page.id, 'oak', ' tree')
  await types(wiki, ada, elm.id, 'The', ' old')
  expect(await waiting(ada)).toMatchObject({
    drafts: [
      { page: { title: 'Elm' }, head: 1, changes: 2, people: [{ name: 'Ada' }, { name: 'Bo' }] },
      { page: { title: 'Oak' }, changes: 1, people: [{ name: 'Ada' }] },
    ],
    next: null,
  })
  // What was typed and taken back again is nothing to publish.
  await types(wiki, ada, ash.id, 'ash', ' tree')
  await deletes(wiki, ada, ash.id, ' tree')
  expect(titles(await waiting(ada))).toEqual(['Elm', 'Oak'])
  await bo.post(`/api/v1/pages/${elm.id}/revisions`, { changes: 'mine' })
  expect(titles(await waiting(ada))).toContain('Elm')
  await bo.post(`/api/v1/pages/${elm.id}/revisions`, {})
  expect(titles(await waiting(ada))).toEqual(['Oak'])
  await ada.post(`/api/v1/pages/${page.id}/discards`, { of: 'all' })
  expect(await waiting(ada)).toEqual({ drafts: [], next: null })
})

test('the list is read on, and a page of it on the screen', async () => {
  const { wiki, ada } = await town('The oak.')
  const made: string[] = []
  for (let turn = 0; turn < 5; turn++) {
    const { id } = await starts(ada, `Tree ${turn}`, 'The tree.')
    await types(wiki, ada, id, 'tree', ' grows')
    made.push(`Tree ${turn}`)
  }
  const found: string[] = []
  let query = '?limit=2'
  for (let turn = 0; turn < 5 && query; turn++) {
    const list = await waiting(ada, query)
    found.push(...titles(list))
    query = list.next ? `?limit=2&after=${encodeURIComponent(list.next)}` : ''
  }
  expect(found).toEqual(made)
  const { body } = await ada.get('/drafts')
  expect(body).toMatch(/href="[^"]*\/draft"/)
  expect((await ada.get('/api/v1/drafts?after=nowhere')).statusCode).toBe(400)
  expect((await visitor(wiki).get('/api/v1/drafts')).statusCode).toBe(401)
})

test('a deleted page waits for nothing', async () => {
  const { wiki, ada, mo, page } = await town('The oak.')
  await types(wiki, ada, page.id, 'oak', ' tree')
  await mo.delete(`/api/v1/pages/${page.id}`)
  expect(await waiting(ada)).toEqual({ drafts: [], next: null })
})

test('a new epoch makes no change of a draft', async () => {
  const { wiki, ada, page } = await town('The oak.')
  await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page.id, { cause: 'squash' }))
  expect(await waiting(ada)).toEqual({ drafts: [], next: null })
})

test('a draft whose oldest change is taken back waits since the next, and is listed there', async () => {
  const { wiki, ada, bo, page } = await town('The oak is old.')
  const elm = await starts(ada, 'Elm', 'The elm.')
  await types(wiki, ada, page.id, 'oak', ' tree')
  await types(wiki, bo, elm.id, 'elm', ' grows')
  await types(wiki, bo, page.id, 'old', ' and large')
  await deletes(wiki, ada, page.id, ' tree')
  const { drafts } = await waiting(ada)
  expect(drafts.map(({ page: { title } }) => title)).toEqual(['Elm', 'Oak'])
  expect(drafts[1]?.since).toBe((await changesOf(ada, page.id)).changes[0]?.since)
})

test('many drafts of which nothing is known yet are all listed by one answer, and those that say nothing are not', async () => {
  const { wiki, ada } = await town('The oak.')
  const told: string[] = []
  for (let turn = 0; turn < 66; turn++) {
    const { id, title } = await starts(ada, `Tree ${turn}`, 'The tree.')
    await types(wiki, ada, id, 'tree', ' grows')
    if (turn % 3 === 0) await deletes(wiki, ada, id, ' grows')
    else told.push(title)
  }
  const first = await waiting(ada, '?limit=40')
  expect(titles(first)).toEqual(told.slice(0, 40))
  expect(titles(await waiting(ada, `?limit=40&after=${first.next}`))).toEqual(told.slice(40))
})

test('a draft that cannot be read keeps no other from being listed', async () => {
  const { wiki, ada, page } = await town('The oak.')
  const elm = await starts(ada, 'Elm', 'The elm.')
  await types(wiki, ada, page.id, 'oak', ' tree')
  await types(wiki, ada, elm.id, 'elm', ' tree')
  await wiki.db.write(async tx => {
    await tx.deleteFrom('draft_updates').where('page_id', '=', page.id).where('seq', '=', 1).execute()
    await tx.deleteFrom('draft_checkpoints').where('page_id', '=', page.id).execute()
  })
  expect(titles(await waiting(ada))).toEqual(['Elm'])
})
