import { expect, test } from 'vitest'
import { fragmentOf } from '../../shared/document/live.ts'
import { as } from '../support/people.ts'
import { adaAndBo, holdsBack, isTold, liveWiki, opens, rescuedFor, until } from './support.ts'

test('words in a block that a colleague deletes before having seen them are kept for their author', async () => {
  const { wiki, ada, bo, page, adas, bos } = await adaAndBo('An oak.', 'A birch.')
  const told = isTold(adas)
  holdsBack(bos)
  adas.types('A birch', ', white and slender,')
  await adas.saved()
  fragmentOf(bos.ydoc).delete(1, 1)
  await bos.saved()
  await told
  expect(await wiki.logged(page)).toBe('An oak.')
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ', white and slender,', cause: 'deleted' }])
  expect(await rescuedFor(bo, page)).toEqual([])
})

test('words in a block that a colleague deleted on a train are kept for their author', async () => {
  const { ada, page, adas, bos } = await adaAndBo('An oak.', 'A birch.')
  bos.provider.disconnect()
  fragmentOf(bos.ydoc).delete(1, 1)
  adas.types('A birch', ' so white')
  await adas.saved()
  bos.provider.connect()
  await until(adas.ydoc, () => adas.shows() === 'An oak.')
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ' so white' }])
})

test('words of two people side by side are kept for each of them, and for nobody else', async () => {
  const wiki = await liveWiki()
  const [ada, bo, cleo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const [adas, bos, cleos] = [await opens(wiki, ada, page), await opens(wiki, bo, page), await opens(wiki, cleo, page)]
  cleos.provider.disconnect()
  fragmentOf(cleos.ydoc).delete(1, 1)
  adas.types('A birch', ' so')
  await until(bos.ydoc, () => bos.shows().includes('A birch so'))
  bos.types('A birch so', ' white')
  await bos.saved()
  cleos.provider.connect()
  await until(adas.ydoc, () => adas.shows() === 'An oak.')
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ' so' }])
  expect(await rescuedFor(bo, page)).toMatchObject([{ text: ' white' }])
})

test('words that a colleague has read and deletes are gone, and nobody is bothered with them', async () => {
  const { ada, page, adas, bos } = await adaAndBo('An oak.', 'A birch.')
  adas.types('A birch', ' so white')
  await until(bos.ydoc, () => bos.shows().includes('so white'))
  fragmentOf(bos.ydoc).delete(1, 1)
  await bos.saved()
  expect(await rescuedFor(ada, page)).toEqual([])
})
