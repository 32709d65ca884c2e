import { expect, test } from 'vitest'
import { as } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { deletes, starts, types } from '../writers.ts'
import { writtenBy } from './support.ts'

async function oakOfAda() {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const { id } = await starts(ada, 'Oak', 'The oak is a tree.\n\nIt grows.')
  const publishes = async () => {
    const reply = await ada.post(`/api/v1/pages/${id}/revisions`, { summary: 'more' })
    return reply.json<{ authors: { name: string }[] }>().authors.map(({ name }) => name)
  }
  return { wiki, ada, bo, id, publishes }
}

test('whoever is credited with new words of a revision signs it, and nobody else does', async () => {
  const { wiki, bo, id, publishes } = await oakOfAda()
  await types(wiki, bo, id, 'oak', ' of the village')
  expect(await publishes()).toEqual(['Bo'])
  expect(await writtenBy(wiki, id, 2)).toContain('Bo 2:  of the village')
})

test('whoever published signs a revision that only takes words away', async () => {
  const { wiki, bo, id, publishes } = await oakOfAda()
  await deletes(wiki, bo, id, 'is a tree')
  expect(await publishes()).toEqual(['Ada'])
})

test('one letter in a word of somebody else is signed by whoever set it, behind those who wrote more', async () => {
  const { wiki, ada, bo, id, publishes } = await oakOfAda()
  await types(wiki, bo, id, 'tree', 's')
  await types(wiki, ada, id, 'grows', ' slowly')
  expect(await publishes()).toEqual(['Ada', 'Bo'])
  expect(await writtenBy(wiki, id, 2)).toContain('Bo 2: s')
})

test('a part that is published is signed by whoever wrote its words, not by others of that block', async () => {
  const { wiki, ada, bo, id } = await oakOfAda()
  await types(wiki, ada, id, 'grows', ' slowly')
  await types(wiki, bo, id, 'oak', ' of the village')
  const reply = await bo.post(`/api/v1/pages/${id}/revisions`, { changes: 'mine' })
  expect(reply.json<{ authors: { name: string }[] }>().authors.map(({ name }) => name)).toEqual(['Bo'])
})
