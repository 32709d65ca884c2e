import { expect, test } from 'vitest'
import { as } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { edits, starts, types } from '../writers.ts'
import { writtenBy } from './support.ts'

test('words that several people type between two revisions are theirs', async () => {
  const wiki = await freshWiki()
  const [ada, bo, cy] = [
    await as(wiki, 'member', { name: 'Ada' }),
    await as(wiki, 'member', { name: 'Bo' }),
    await as(wiki, 'member', { name: 'Cy' }),
  ]
  const { id } = await starts(ada, 'Oak', 'The oak is a tree.\n\nIt grows.')
  await types(wiki, bo, id, 'oak', ' of the village')
  await types(wiki, cy, id, 'grows', ' slowly')
  await ada.post(`/api/v1/pages/${id}/revisions`, { summary: 'more' })
  expect(await writtenBy(wiki, id, 2)).toEqual([
    'Ada 1: The oak',
    'Bo 2:  of the village',
    'Ada 1:  is a tree.It grows',
    'Cy 2:  slowly',
    'Ada 1: .',
  ])
  expect(await writtenBy(wiki, id, 1)).toEqual(['Ada 1: The oak is a tree.It grows.'])
  void edits
})
