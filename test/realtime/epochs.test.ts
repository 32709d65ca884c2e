import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { begins, causes, ended, rescuedFor } from './epochs.ts'
import { liveWiki, opens } from './support.ts'

const alphabet = 'ابتثجحخدذرabcdefghij一二三四五六七八九十'
const texts = ['شجرة قديمة جدا.', '古树 🌳 很老。', 'An oak.']

test('what three people type while epochs begin under them is all there, in its order', async () => {
  const wiki = await liveWiki()
  const page = await wiki.page(...texts)
  const writers = await Promise.all(
    ['古树', 'شجرة', 'An oak'].map(async behind => ({
      behind,
      editor: await opens(wiki, await as(wiki, 'member'), page),
    })),
  )
  const ends = writers.map(({ editor }) => ended(editor))
  for (let letter = 0; letter < 30; letter++) {
    for (const { behind, editor } of writers) editor.types(behind + alphabet.slice(0, letter), alphabet[letter] ?? '')
    if (letter === 10) void begins(wiki, page, 'squash')
    if (letter === 12) void begins(wiki, page, 'migration')
    await new Promise(resolve => setImmediate(resolve))
  }
  await Promise.all(writers.map(({ editor }) => editor.saved()))
  await Promise.all(ends)
  for (const { behind } of writers) expect(await wiki.logged(page)).toContain(behind + alphabet)
})

for (const cause of causes) {
  test(`an editor that is open when a ${cause} begins is heard, and sent to the new room`, async () => {
    const wiki = await liveWiki()
    const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
    const page = await wiki.page(...texts)
    const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
    adas.types('An oak', ', known,')
    await adas.saved()
    const ends = [ended(adas), ended(bos)]
    const begun = begins(wiki, page, cause)
    adas.types('很老', '，真的')
    bos.types('شجرة', ' بلوط')
    await Promise.all([begun, adas.saved(), bos.saved()])
    expect(await Promise.all(ends)).toMatchObject([
      { code: 4409, reason: '2' },
      { code: 4409, reason: '2' },
    ])
    expect(await wiki.logged(page)).toBe('شجرة بلوط قديمة جدا.\n古树 🌳 很老，真的。\nAn oak, known,.')
    const again = await opens(wiki, ada, `${page}~2`)
    expect(again.shows()).toBe('شجرة بلوط قديمة جدا.\n古树 🌳 很老，真的。\nAn oak, known,.')
    expect(await rescuedFor(ada, page)).toEqual([])
  })

  test(`what was written offline for days is moved over a ${cause}`, async () => {
    const wiki = await liveWiki()
    const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
    const page = await wiki.page(...texts)
    const adas = await opens(wiki, ada, page)
    adas.provider.disconnect()
    adas.types('An oak', ' on the train')
    adas.types('古树', '和新树')
    await begins(wiki, page, cause)
    const bos = await opens(wiki, bo, `${page}~2`)
    bos.types('قديمة', ' وكبيرة')
    await bos.saved()
    const end = ended(adas)
    adas.provider.connect()
    await adas.saved()
    expect(await end).toMatchObject({ code: 4409, reason: '2' })
    const all = 'شجرة قديمة وكبيرة جدا.\n古树和新树 🌳 很老。\nAn oak on the train.'
    expect(await wiki.logged(page)).toBe(all)
    expect(await rescuedFor(ada, page)).toEqual([])
  })
}
