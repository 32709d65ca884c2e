import { expect, test } from 'vitest'
import { copyOf } from '../support/drafts.ts'
import { as, type Member } from '../support/people.ts'
import { authorsBeyond, ended, isHeard } from './epochs.ts'
import { type LiveWiki, liveWiki, opens } from './support.ts'

const settings = { LIVE_SQUASH_CLIENTS: '5', LIVE_UNLOAD_SECONDS: '0' }

/** So many visits, each of which leaves a word and a client id. */
async function visits(wiki: LiveWiki, member: Member, room: string, times: number) {
  let last = await opens(wiki, member, room)
  for (let visit = 0; visit < times; visit++) {
    last.types('An oak', ` ${visit}`)
    await last.saved()
    last.provider.destroy()
    if (visit + 1 < times) last = await opens(wiki, member, room, { ydoc: copyOf(last.ydoc) })
  }
  return last
}

const epochOf = async (wiki: LiveWiki, page: string) => (await wiki.drafts.standing(wiki.db.read, page))?.epoch

/** Resolves with the next epoch that begins on any page. */
const nextEpoch = (wiki: LiveWiki) =>
  new Promise<{ pageId: string; epoch: number; cause: string }>(resolve => wiki.events.after('epoch begun', resolve))

test('a page with many past client ids is written anew once nobody is there, and nobody loses or gains a word', async () => {
  const wiki = await liveWiki({ ...settings, LIVE_UNLOAD_SECONDS: '1' })
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', '古树。')
  const bos = await opens(wiki, bo, page)
  bos.types('古树', '，博写的')
  await bos.saved()
  bos.provider.disconnect()
  const squashed = nextEpoch(wiki)
  await visits(wiki, ada, page, 6)
  expect(await squashed).toMatchObject({ pageId: page, epoch: 2, cause: 'squash' })
  const draft = await wiki.drafts.load(wiki.db.read, page)
  expect(draft.clients.size).toBe(3)
  expect(await wiki.logged(page)).toBe('An oak 5 4 3 2 1 0.\n古树，博写的。')
  expect(await authorsBeyond(wiki, page, 'An oak.', '古树。')).toEqual(
    expect.arrayContaining([ada.person.id, bo.person.id]),
  )

  bos.types('An oak', ', heard late,')
  await isHeard(bos)
  for (const words of [', heard late,', ' 5', ' 0', '，博写的']) expect(await wiki.logged(page)).toContain(words)
  expect(await epochOf(wiki, page)).toBe(2)
})

test('publishing and restoring go on over a squash, and credit everyone whose words are new', async () => {
  const wiki = await liveWiki()
  const [ada, bo, mo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'moderator')]
  const made = await wiki.revisions.startPage(ada.person, {
    title: 'Trees',
    document: (await wiki.drafts.load(wiki.db.read, await wiki.page('An oak.', 'شجرة.'))).document(),
  })
  const bos = await opens(wiki, bo, made.id)
  bos.types('An oak', ', tall and old,')
  await bos.saved()
  const end = ended(bos)
  await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, made.id, { cause: 'squash' }))
  await end
  const mos = await opens(wiki, mo, `${made.id}~2`)
  mos.types('شجرة', ' كبيرة')
  await mos.saved()
  await wiki.revisions.publish(ada.person, made.id, { summary: 'both' })
  const history = (await ada.get(`/api/v1/pages/${made.id}/revisions`)).json<{
    revisions: { authors: { id: string }[] }[]
  }>()
  expect(new Set(history.revisions[0]?.authors.map(({ id }) => id))).toEqual(new Set([bo.person.id, mo.person.id]))

  mos.types('An oak', ' NEVER PUBLISHED')
  await mos.saved()
  await wiki.revisions.restore(mo.person, made.id, 1, {})
  expect(await wiki.logged(made.id)).toBe('An oak NEVER PUBLISHED.\nشجرة.')
})

test('a page that many people wrote is not written anew again and again', async () => {
  const wiki = await liveWiki(settings)
  const page = await wiki.page('An oak.')
  for (let count = 0; count < 7; count++) {
    const member = await as(wiki, 'member')
    const editor = await opens(wiki, member, page)
    editor.types('An oak', ` ${count}`)
    await editor.saved()
    editor.provider.destroy()
  }
  const draft = await wiki.drafts.load(wiki.db.read, page)
  expect(wiki.drafts.isHeavy(draft, 5)).toBe(false)
})
