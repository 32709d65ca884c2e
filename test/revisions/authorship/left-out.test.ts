import { expect, test } from 'vitest'
import { fragmentOf } from '../../../shared/document/live.ts'
import { moveBlock } from '../../../shared/document/moving.ts'
import { as } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { deletes, edits, type PageReply, starts, types } from '../writers.ts'
import { writtenBy } from './support.ts'

/** Ada's page, with Bo and a moderator beside her. */
async function town(markdown: string) {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const mo = await as(wiki, 'moderator', { name: 'Mo' })
  const page: PageReply = await starts(ada, 'Oak', markdown)
  const path = `/api/v1/pages/${page.id}`
  return { wiki, ada, bo, mo, id: page.id, path }
}

test('words that somebody put elsewhere before a publication that left them out are still whose they were', async () => {
  const { wiki, ada, bo, mo, id, path } = await town('Leaves fall\n\nOaks are trees that grow in every village')
  const spam = { markdown: 'Leaves fall\n\nOaks are trees that grow in every village\n\nSpam' }
  expect((await mo.post(`${path}/revisions`, spam)).statusCode).toBe(201)
  await types(wiki, bo, id, 'Leaves fall', ' and birds go')
  await edits(wiki, mo, id, ydoc => moveBlock(fragmentOf(ydoc), 0, 1))
  expect((await ada.post(`${path}/undos`, { revision: 2 })).statusCode).toBe(201)
  expect((await ada.post(`${path}/revisions`, {})).statusCode).toBe(201)
  expect(await writtenBy(wiki, id, 4)).toEqual([
    'Ada 1: Oaks are trees that grow in every villageLeaves fall',
    'Bo 4:  and birds go',
  ])
})

test('letters that a discard brings back to their word are still whose they were', async () => {
  const { wiki, ada, bo, mo, id, path } = await town('The nightingale sings.\n\nThe end.')
  await deletes(wiki, bo, id, 'tin')
  expect((await mo.post(`${path}/discards`, { of: 'all' })).statusCode).toBe(201)
  await types(wiki, bo, id, 'The end.', ' Bo says.')
  expect((await ada.post(`${path}/revisions`, {})).statusCode).toBe(201)
  expect(await writtenBy(wiki, id, 2)).toEqual(['Ada 1: The nightingale sings.The end.', 'Bo 2:  Bo says.'])
})
