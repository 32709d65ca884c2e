import { expect, test } from 'vitest'
import type { EpochCause } from '../../server/drafts/index.ts'
import { as, type Member } from '../support/people.ts'
import { type Editor, type LiveWiki, liveWiki, opens } from './support.ts'

const causes: EpochCause[] = ['squash', 'migration', 'restore']
const texts = ['شجرة قديمة جدا.', '古树 🌳 很老。', 'An oak.']

const begins = (wiki: LiveWiki, page: string, cause: EpochCause) =>
  wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause, knowsOwners: true }))

const rescuedFor = async (member: Member, page: string) =>
  (await member.get(`/api/v1/pages/${page}/rescued`)).json<{ passages: { text: string; cause: string }[] }>().passages

/** Why the standard provider has given a room up for good. */
const ended = ({ provider }: Editor) => new Promise<object>(resolve => provider.on('closed', resolve))

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
