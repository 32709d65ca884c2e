import { expect, onTestFinished, test } from 'vitest'
import { fragmentOf } from '../../shared/document/live.ts'
import { shownIn } from '../support/drafts.ts'
import { LiveClient } from '../support/live-client.ts'
import { as, type Member } from '../support/people.ts'
import { opensTab } from './at-browser.ts'
import { headersOf, type LiveWiki, liveWiki, opens, rescuedFor, typeBehind, until } from './support.ts'

/** Somebody's tab from which nothing arrives any more, though everything still reaches it. */
async function halfALine(wiki: LiveWiki, ada: Member, page: string) {
  const { draft, lines } = opensTab(wiki, ada, page)
  await draft.synced
  await draft.barrier()
  const [line] = lines
  if (!line) throw new Error('there is no line')
  line.send = () => {}
  return { draft, line }
}

test('words that never arrived, in a block that was removed meanwhile, are kept when the line is back', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const bos = await opens(wiki, bo, page)
  const { draft, line } = await halfALine(wiki, ada, page)
  typeBehind(draft.ydoc, 'A birch', ' so white')
  fragmentOf(bos.ydoc).delete(1, 1)
  await until(draft.ydoc, () => !shownIn(draft.ydoc).includes('birch'))
  line.terminate()
  draft.retry()
  await draft.barrier()
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ' so white' }])
  expect(await wiki.logged(page)).toBe('An oak.')
})

test('a block removed on a line that ended takes nobody’s unseen words with it unnoticed', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const bos = await opens(wiki, bo, page)
  const { draft, line } = await halfALine(wiki, ada, page)
  fragmentOf(draft.ydoc).delete(1, 1)
  let isHeard = false
  draft.ydoc.once('update', () => (isHeard = true))
  bos.types('A birch', ' so white')
  await until(draft.ydoc, () => isHeard)
  line.terminate()
  draft.retry()
  await draft.barrier()
  expect(await rescuedFor(bo, page)).toMatchObject([{ text: ' so white' }])
})

test('what was typed and taken back on a line that ended is nobody’s loss', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.', 'A birch.')
  const { draft, line } = await halfALine(wiki, ada, page)
  typeBehind(draft.ydoc, 'A birch', ' so white')
  fragmentOf(draft.ydoc).delete(1, 1)
  line.terminate()
  draft.retry()
  await draft.barrier()
  expect(await wiki.logged(page)).toBe('An oak.')
  expect(await rescuedFor(ada, page)).toEqual([])
})

test('a client written from the protocol keeps such words too', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const bos = await opens(wiki, bo, page)
  const adas = new LiveClient({ server: wiki.sync, room: page, headers: headersOf(wiki, ada), pause: 0 })
  onTestFinished(() => adas.destroy())
  adas.connect()
  await adas.saved()
  adas.disconnect()
  typeBehind(adas.ydoc, 'A birch', ' so white')
  fragmentOf(bos.ydoc).delete(1, 1)
  await bos.saved()
  adas.connect()
  await adas.saved()
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ' so white' }])
})
