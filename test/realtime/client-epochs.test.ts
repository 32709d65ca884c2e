import { expect, onTestFinished, test } from 'vitest'
import { asideOf, bringEarlier } from '../../client/realtime/index.ts'
import { roomOf } from '../../shared/realtime/room.ts'
import { as, type Member } from '../support/people.ts'
import { adaAtOak, claims, opensInSync, opensTab, type TabEnd, turns } from './at-browser.ts'
import { backedUp, begins, causes, restores } from './epochs.ts'
import { headersOf, type LiveWiki, rescuedFor, socketsWith, until } from './support.ts'

const moves = ({ draft }: TabEnd) => new Promise<boolean>(resolve => draft.onMoved(resolve))

/** Brings what the device keeps of earlier epochs, as the editor does when it opens a page. */
function brings(wiki: LiveWiki, member: Member, room: string, onAside = () => {}) {
  const address = { room, personId: member.person.id, say: (key: string) => key, server: wiki.sync }
  const WebSocket = socketsWith(headersOf(wiki, member))
  onTestFinished(bringEarlier({ ...address, WebSocket }, onAside))
}

const copies = async () => (await indexedDB.databases()).map(({ name }) => name)

for (const cause of causes) {
  test(`a tab that is open when a ${cause} begins goes to the new room with everything it has`, async () => {
    const { wiki, ada, page, tab } = await adaAtOak()
    const moved = moves(tab)
    const begun = begins(wiki, page, cause)
    tab.types('An oak', ' of old')
    expect(await moved).toBe(true)
    await begun
    expect(await wiki.logged(page)).toBe('An oak of old.\nA birch.')
    expect(await copies()).toEqual([])
    const next = await opensInSync(wiki, ada, roomOf(page, 2))
    expect(next.shows()).toBe('An oak of old.\nA birch.')
  })

  test(`what a closed tab kept for days is brought over a ${cause} when the page is opened again, once`, async () => {
    const { wiki, ada, page, tab } = await adaAtOak()
    tab.types('A birch', ' of youth')
    await turns(tab.draft, 'saved')
    await tab.typesOnATrain('An oak', ' of old')
    tab.draft.destroy()
    await begins(wiki, page, cause)

    const room = roomOf(page, 2)
    const later = opensTab(wiki, ada, room)
    await later.draft.synced
    brings(wiki, ada, room)
    brings(wiki, ada, room)
    await until(later.draft.ydoc, () => later.shows() === 'An oak of old.\nA birch of youth.')
    await turns(later.draft, 'saved')
    await expect.poll(copies).toEqual([`commonleaf:${ada.person.id}:${room}`])
    expect(await wiki.logged(page)).toBe('An oak of old.\nA birch of youth.')
  })
}

test('a tab that comes back from days offline is heard where it wrote, and then goes on', async () => {
  const { wiki, page, tab } = await adaAtOak()
  await tab.typesOnATrain('An oak', ' of old')
  await begins(wiki, page, 'squash')
  const moved = moves(tab)
  tab.mends()
  expect(await moved).toBe(true)
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch.')
})

test('who may only read meanwhile keeps an earlier copy until they may write again', async () => {
  const { wiki, ada, page } = await adaAtOak()
  const moderator = await as(wiki, 'moderator')
  const tab = await opensInSync(wiki, ada, page)
  await tab.typesOnATrain('An oak', ' of old')
  tab.draft.destroy()
  await begins(wiki, page, 'squash')
  const { suspensions } = wiki.accounts
  await suspensions.suspend(moderator.person, ada.person.handle, { reason: 'Spam', until: null })

  const room = roomOf(page, 2)
  const later = opensTab(wiki, ada, room)
  await turns(later.draft, 'readonly')
  brings(wiki, ada, room)
  const again = opensTab(wiki, ada, page)
  expect(await moves(again)).toBe(false)
  expect(await copies()).toContain(`commonleaf:${ada.person.id}:${page}`)
  expect(await wiki.logged(page)).toBe('An oak.\nA birch.')

  await suspensions.lift(moderator.person, ada.person.handle)
  await claims(later.draft, () => later.draft.saving.kind === 'saved')
  brings(wiki, ada, room)
  await until(later.draft.ydoc, () => later.shows() === 'An oak of old.\nA birch.')
})

test('what an old room refuses of an earlier copy is set aside, and whoever opened the page is told', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  await tab.typesOnATrain('An oak', ' of my own')
  tab.draft.ydoc.getMap('elsewhere').set('not', 'a page')
  await turns(tab.draft, 'offline')
  tab.draft.destroy()
  await begins(wiki, page, 'squash')
  await new Promise<void>(resolve => brings(wiki, ada, roomOf(page, 2), resolve))
  expect(await asideOf(ada.person.id, page)).toMatchObject([{ words: 'of my own' }])
  expect(await wiki.logged(page)).toBe('An oak.\nA birch.')
})

test('words of an earlier visit are known as one’s own where a restore has forgotten whose they are', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  const seq = await backedUp(wiki, page)
  tab.types('An oak', ' of old')
  await claims(tab.draft, () => tab.draft.saving.kind === 'saved' && tab.draft.ledger.device.kind === 'kept')
  tab.draft.destroy()
  const later = await opensInSync(wiki, ada, page)
  await later.typesOnATrain('A birch', ' of youth')
  await restores(wiki, page, seq, { forgets: true })
  const moved = moves(later)
  later.mends()
  expect(await moved).toBe(true)
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch of youth.')
  expect(await rescuedFor(ada, page)).toEqual([])
})
