import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { authorsBeyond, backedUp, brings, isHeard, kept, rescuedFor, restores } from './epochs.ts'
import { type LiveWiki, liveWiki, opens } from './support.ts'

const texts = ['An oak.', '古树很老。', 'شجرة كبيرة.']

/** Two people who write after a backup, each with the words of the other in their tab. */
async function afterABackup(wiki: LiveWiki) {
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(...texts)
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  adas.types('An oak', ' of Ada')
  await adas.saved()
  const backup = await backedUp(wiki, page)
  adas.types('of Ada', ' the first')
  await adas.saved()
  bos.types('古树', '是博的')
  await bos.saved()
  await adas.saved()
  bos.types('the first', ' and Bo')
  adas.types('كبيرة', ' جدا')
  await Promise.all([adas.saved(), bos.saved()])
  await Promise.all([adas.saved(), bos.saved()])
  for (const { provider } of [adas, bos]) provider.disconnect()
  return { ada, bo, page, adas, bos, backup }
}

for (const forgets of [false, true])
  test(`words that a backup lacks come back with their authors, once, ${forgets ? 'though nobody knows who they were' : 'and are credited'}`, async () => {
    const wiki = await liveWiki()
    const { ada, bo, page, adas, bos, backup } = await afterABackup(wiki)
    await restores(wiki, page, backup, { forgets })
    expect(await wiki.logged(page)).toBe('An oak of Ada.\n古树很老。\nشجرة كبيرة.')

    adas.types('An oak', ', mine,')
    await isHeard(adas)
    expect(await wiki.logged(page)).toBe('An oak, mine, of Ada the first.\n古树很老。\nشجرة كبيرة جدا.')
    expect(await authorsBeyond(wiki, page, 'An oak.', '古树很老。', 'شجرة كبيرة.')).toEqual([ada.person.id])

    await isHeard(bos)
    expect(await wiki.logged(page)).toBe('An oak, mine, of Ada the first and Bo.\n古树是博的很老。\nشجرة كبيرة جدا.')
    expect(await authorsBeyond(wiki, page, ...texts)).toEqual([ada.person.id, bo.person.id])
    await isHeard(adas)
    await brings(wiki, bo, page, kept(bos))
    expect(await wiki.logged(page)).toBe('An oak, mine, of Ada the first and Bo.\n古树是博的很老。\nشجرة كبيرة جدا.')
    expect(await rescuedFor(bo, page)).toEqual([])
  })

test('what a restore brought back is not blanked by an old tab in which it was deleted', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(...texts)
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  const backup = await backedUp(wiki, page)
  bos.deletes('古树很老')
  bos.deletes('An oak')
  await bos.saved()
  await adas.saved()
  adas.types('شجرة', ' جميلة')
  await adas.saved()
  await restores(wiki, page, backup)
  await Promise.all([adas, bos].map(({ provider }) => new Promise(resolve => provider.on('closed', resolve))))
  expect(await wiki.logged(page)).toBe('An oak.\n古树很老。\nشجرة جميلة كبيرة.')
})

test('a line that somebody has split since the backup is not doubled', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('The old oak stands on the hill above the river.', 'An elm.')
  const adas = await opens(wiki, ada, page)
  const backup = await backedUp(wiki, page)
  adas.splits(' on the hill above the river.')
  adas.types('above', ' and beyond')
  await adas.saved()
  await restores(wiki, page, backup)
  await new Promise(resolve => adas.provider.on('closed', resolve))
  expect(await wiki.logged(page)).toBe('The old oak stands\n on the hill above and beyond the river.\nAn elm.')
})

test('words for an epoch that nobody remembers are kept for their author', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(...texts)
  const first = await opens(wiki, bo, page)
  const adas = kept(first)
  const editor = await opens(wiki, ada, `${page}~1234`, { ydoc: adas, isAwaited: false })
  editor.types('شجرة', ' في حديقتي')
  editor.types('An oak', ' in my garden 🌳')
  const end = new Promise<{ code: number; reason: string }>(resolve => editor.provider.on('closed', resolve))
  await editor.saved()
  expect(await end).toMatchObject({ code: 4409, reason: '1' })
  expect(await wiki.logged(page)).toBe(texts.join('\n'))
  const [passage, ...more] = await rescuedFor(ada, page)
  expect(passage?.text).toContain('in my garden 🌳')
  expect(passage?.text).toContain('في حديقتي')
  expect(passage?.text).not.toContain('oak')
  expect(more).toEqual([])
  await brings(wiki, ada, `${page}~1234`, kept(editor))
  expect(await rescuedFor(ada, page)).toHaveLength(1)
})
