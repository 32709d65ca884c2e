import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { as } from '../support/people.ts'
import { authorsBeyond, begins, brings, ended, isHeard, kept, rescuedFor } from './epochs.ts'
import { type Editor, liveWiki, opens, until } from './support.ts'

const texts = ['An oak.', '古树很老。', 'شجرة كبيرة.', 'An elm 🌳.']

function lineOf({ ydoc }: Editor, index: number): Y.XmlElement<Record<string, string | number>> {
  const line = fragmentOf(ydoc).get(index)
  if (!(line instanceof Y.XmlElement)) throw new Error('no line')
  return line
}

test('words for a block that was removed before a squash are kept for their author', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(...texts)
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  adas.provider.disconnect()
  fragmentOf(bos.ydoc).delete(1, 1)
  await bos.saved()
  bos.provider.destroy()
  await begins(wiki, page, 'squash')
  adas.types('古树', '在我家')
  await isHeard(adas)
  expect(await wiki.logged(page)).toBe('An oak.\nشجرة كبيرة.\nAn elm 🌳.')
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: '在我家', cause: 'deleted' }])
  await brings(wiki, ada, page, kept(adas))
  expect(await rescuedFor(ada, page)).toHaveLength(1)
})

test('words for a block that the new epoch has lost are kept, those in the others find their place', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(...texts)
  const adas = await opens(wiki, ada, page)
  adas.provider.disconnect()
  await begins(wiki, page, 'squash')
  const bos = await opens(wiki, bo, `${page}~2`)
  fragmentOf(bos.ydoc).delete(2, 1)
  bos.types('An oak', ' of Bo')
  await bos.saved()
  adas.types('شجرة', ' في حديقتي')
  adas.types('An elm', ' of Ada')
  await isHeard(adas)
  await until(bos.ydoc, () => bos.shows() === 'An oak of Bo.\n古树很老。\nAn elm of Ada 🌳.')
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: 'في حديقتي ', cause: 'merge', context: '古树很老。' }])
  expect(await rescuedFor(bo, page)).toEqual([])
  expect(await authorsBeyond(wiki, page, ...texts)).toEqual(expect.arrayContaining([ada.person.id, bo.person.id]))
})

test('two people who put different words in the place of the same ones: those who come late have theirs kept', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('The oak is old.')
  const adas = await opens(wiki, ada, page)
  adas.provider.disconnect()
  await begins(wiki, page, 'squash')
  const bos = await opens(wiki, bo, `${page}~2`)
  bos.deletes('old')
  bos.types('The oak is ', 'ancient')
  await bos.saved()
  adas.deletes('old')
  adas.types('The oak is ', 'venerable')
  await isHeard(adas)
  expect(await wiki.logged(page)).toBe('The oak is ancient.')
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: 'venerable', cause: 'merge' }])
})

test('headings, moved list items, deletions and marks made offline carry over', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(
    'A title',
    'The first item of the list',
    'The second item of the list',
    'A spare line',
    'End',
  )
  const adas = await opens(wiki, ada, page)
  for (const index of [1, 2]) lineOf(adas, index).setAttribute('kind', 'bullet')
  await adas.saved()
  adas.provider.disconnect()
  await begins(wiki, page, 'squash')
  const bos = await opens(wiki, bo, `${page}~2`)
  bos.types('End', ' of it')
  await bos.saved()

  lineOf(adas, 0).setAttribute('kind', 'heading')
  lineOf(adas, 0).setAttribute('level', 1)
  const second = fragmentOf(adas.ydoc).get(2).clone()
  adas.ydoc.transact(() => {
    fragmentOf(adas.ydoc).insert(1, [second])
    fragmentOf(adas.ydoc).delete(3, 1)
  })
  fragmentOf(adas.ydoc).delete(3, 1)
  const text = lineOf(adas, 3).get(0)
  if (text instanceof Y.XmlText) text.format(0, 3, { strong: {} })
  await isHeard(adas)
  const { content } = (await wiki.drafts.load(wiki.db.read, page)).document().toJSON()
  expect(content).toMatchObject([
    { attrs: { kind: 'heading', level: 1 }, content: [{ text: 'A title' }] },
    { attrs: { kind: 'bullet' }, content: [{ text: 'The second item of the list' }] },
    { attrs: { kind: 'bullet' }, content: [{ text: 'The first item of the list' }] },
    { content: [{ text: 'End', marks: [{ type: 'strong' }] }, { text: ' of it' }] },
  ])
  expect(await rescuedFor(ada, page)).toEqual([])
})

test('somebody who types in the new room notices nothing but words when an old client is heard', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(...texts)
  const adas = await opens(wiki, ada, page)
  adas.provider.disconnect()
  await begins(wiki, page, 'migration')
  const bos = await opens(wiki, bo, `${page}~2`)
  const told: unknown[] = []
  bos.provider.messageHandlers[123] = (_encoder, decoder) => told.push(decoder.arr)
  adas.types('An oak', ' of Ada')
  const heard = isHeard(adas)
  for (const letter of 'oB fo ') bos.types('An elm', letter)
  await heard
  await until(bos.ydoc, () => bos.shows().includes('An oak of Ada.'))
  await bos.saved()
  expect(await wiki.logged(page)).toContain('An elm of Bo 🌳.')
  expect(told).toEqual([])
})

test('readers and visitors are sent to the new room at once', async () => {
  const wiki = await liveWiki()
  const page = await wiki.page(...texts)
  const here = await opens(wiki, null, page)
  const [end, begun] = [ended(here), performance.now()]
  await begins(wiki, page, 'squash')
  expect(await end).toMatchObject({ code: 4409, reason: '2' })
  const late = await opens(wiki, null, page, { isAwaited: false })
  expect(await ended(late)).toMatchObject({ code: 4409, reason: '2' })
  expect(performance.now() - begun).toBeLessThan(1500)
})

test('an epoch may begin while the last is being left: words go through both', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page(...texts)
  const adas = await opens(wiki, ada, page)
  adas.provider.disconnect()
  adas.types('An oak', ' of Ada')
  for (const cause of ['squash', 'migration', 'squash'] as const) await begins(wiki, page, cause)
  const end = ended(adas)
  await isHeard(adas)
  expect(await end).toMatchObject({ reason: '4' })
  expect(await wiki.logged(page)).toContain('An oak of Ada.')
})
