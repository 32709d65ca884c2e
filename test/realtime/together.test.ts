import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { frames } from '../../shared/realtime/messages.ts'
import { paragraphs } from '../support/documents.ts'
import { as } from '../support/people.ts'
import { adaAndBo, dials, headersOf, liveWiki, opens, typeBehind, until } from './support.ts'

test('two people in the standard provider see each other’s words', async () => {
  const { wiki, page, adas, bos } = await adaAndBo('An oak.', 'A birch.')

  adas.types('An oak', ' of old')
  bos.types('A birch', ' so white')
  const both = 'An oak of old.\nA birch so white.'
  await Promise.all([adas, bos].map(({ ydoc, shows }) => until(ydoc, () => shows() === both)))
  expect(await wiki.logged(page)).toBe(both)
})

test('an acknowledgement means that another process finds the words', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const { ydoc } = await opens(wiki, ada, page)
  const socket = await dials(wiki, page, headersOf(wiki, ada))
  const mine = new Y.Doc()
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(ydoc))
  const before = Y.encodeStateVector(mine)
  typeBehind(mine, 'An oak', ' of old')
  socket.send(frames.update(Y.encodeStateAsUpdate(mine, before)))
  socket.send(frames.barrier(7))
  await socket.hears(frame => frame.equals(frames.barrier(7)))
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('a server that starts again has every word', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const first = await opens(wiki, ada, page)
  for (const word of ' of the old wood'.split('')) first.types('An oak', word)
  await first.saved()
  await wiki.realtime.close()
  expect(await first.closed).toBe(4500)
  expect(await wiki.logged(page)).toBe('An oakdoow dlo eht fo .')
})

test('the words of a colleague stay where they are while the server changes the draft', async () => {
  const { wiki, bo, page, adas, bos } = await adaAndBo('An oak.', 'A birch.')
  adas.types('A birch', ' so white')
  const target = paragraphs('A tall oak.', 'A birch.')
  await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: bo.person.id, kind: 'restore', target }))
  const merged = 'A tall oak.\nA birch so white.'
  await Promise.all([adas, bos].map(({ ydoc, shows }) => until(ydoc, () => shows() === merged)))
  expect(await wiki.logged(page)).toBe(merged)
})
