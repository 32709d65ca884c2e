import { expect, onTestFinished, test, vi } from 'vitest'
import { asideOf, forgetUnused } from '../../client/realtime/index.ts'
import { as } from '../support/people.ts'
import { adaAtOak, claims, fillDevice, opensInSync, opensTab, turns } from './at-browser.ts'
import { failBatches } from './failing.ts'
import { until } from './support.ts'

/** Fakes the clock of what is begun from here on, so that a pause need not be waited for. */
function holdClock() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
}

test('changes are called kept on the device only once it has stored them', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  await tab.cuts()
  tab.types('An oak', ' of old')
  expect(tab.draft.saving).toEqual({ kind: 'saving' })
  expect(await turns(tab.draft, 'offline')).toEqual({ kind: 'offline', count: 1, trouble: undefined })
  expect(tab.draft.ledger.device).toEqual({ kind: 'kept', count: 1, at: expect.any(Number) })
  expect(tab.draft.ledger.server.count).toBe(0)

  // A tab that ends without a word leaves what it called kept.
  await opensInSync(wiki, ada, page)
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch.')
})

test('letters in one paragraph are one change, and another paragraph is another', async () => {
  const { tab } = await adaAtOak()
  await tab.cuts()
  for (const letter of 'dlo fo ') tab.types('An oak', letter)
  expect(await turns(tab.draft, 'offline')).toMatchObject({ count: 1 })
  for (const letter of 'dlo fo ') tab.types('A birch', letter)
  expect(await turns(tab.draft, 'offline')).toMatchObject({ count: 2 })
  tab.types('An oak', '!')
  expect(await turns(tab.draft, 'offline')).toMatchObject({ count: 3 })
})

test('a device that takes nothing more is never said to keep anything, and recovers by itself', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  await tab.cuts()
  const empty = fillDevice()
  holdClock()
  tab.types('An oak', ' of old')
  expect(await turns(tab.draft, 'unsaved')).toEqual({ kind: 'unsaved', trouble: undefined })
  tab.types('An oak', ' very')
  expect(tab.draft.saving.kind).toBe('unsaved')
  expect(tab.draft.unconfirmed()).toBe('very of old')
  empty()
  await vi.advanceTimersByTimeAsync(5_000)
  vi.useRealTimers()
  await turns(tab.draft, 'offline')
  await opensInSync(wiki, ada, page)
  expect(await wiki.logged(page)).toBe('An oak very of old.\nA birch.')
})

test('a full device says nothing while the server has every word', async () => {
  const { tab } = await adaAtOak()
  fillDevice()
  tab.types('An oak', ' of old')
  await claims(tab.draft, () => tab.draft.saving.kind === 'saved' && tab.draft.ledger.device.kind === 'failed')
  expect(tab.draft.ledger).toMatchObject({ isKept: true, device: { count: 0 }, server: { count: 1 } })
})

test('a copy that is deleted in the middle is written again from what is on the screen', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  await tab.typesOnATrain('An oak', ' of old')
  await new Promise(resolve => {
    indexedDB.deleteDatabase(`commonleaf:${ada.person.id}:${page}`).addEventListener('success', resolve)
  })
  await claims(tab.draft, () => tab.draft.saving.kind === 'offline' && tab.draft.ledger.device.kind === 'kept')
  tab.draft.destroy()

  await opensInSync(wiki, ada, page)
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch.')
})

test('the copy of a long session stays small', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  await tab.cuts()
  for (let edit = 0; edit < 1_200; edit++) {
    tab.types('An oak', 'x')
    await turns(tab.draft, 'offline')
  }
  const rows = await new Promise<number>(resolve => {
    const opening = indexedDB.open(`commonleaf:${ada.person.id}:${page}`)
    opening.addEventListener('success', () => {
      const counting = opening.result.transaction('updates').objectStore('updates').count()
      counting.addEventListener('success', () => {
        opening.result.close()
        resolve(counting.result)
      })
    })
  })
  expect(rows).toBeLessThanOrEqual(500)
  await opensInSync(wiki, ada, page)
  expect((await wiki.logged(page)).match(/x/g)).toHaveLength(1_200)
})

test('two tabs of one person share a copy, and nothing is lost or doubled', async () => {
  const { wiki, ada, page, tab: one } = await adaAtOak()
  const other = await opensInSync(wiki, ada, page)
  expect(one.draft.ydoc.clientID).not.toBe(other.draft.ydoc.clientID)
  await Promise.all([one.typesOnATrain('An oak', ' of old'), other.typesOnATrain('A birch', ' of youth')])
  other.draft.destroy()

  await opensInSync(wiki, ada, page)
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch of youth.')
  one.mends()
  await turns(one.draft, 'saved')
  expect(one.shows()).toBe('An oak of old.\nA birch of youth.')
  const draft = await wiki.drafts.load(wiki.db.read, page)
  const typed = [one, other].map(({ draft: { ydoc } }) => draft.ownerOf(ydoc.clientID))
  expect(typed).toEqual([ada.person.id, ada.person.id])
})

test('people who share a browser carry nothing of each other', async () => {
  const { wiki, ada, page, tab: adas } = await adaAtOak()
  const bo = await as(wiki, 'member', { name: 'Bo' })
  await adas.typesOnATrain('An oak', ' of old')

  adas.cookie = bo.cookie
  adas.mends()
  expect(await turns(adas.draft, 'readonly')).toMatchObject({ reason: 'realtime.closed.other-person', way: 'sign-in' })
  const bos = await opensInSync(wiki, bo, page)
  expect(bos.shows()).toBe('An oak.\nA birch.')
  expect(await wiki.logged(page)).toBe('An oak.\nA birch.')

  // Ada's words go on in Ada's name as soon as she is signed in again and looks at the tab.
  adas.cookie = ada.cookie
  adas.signals.dispatchEvent(new Event('visibilitychange'))
  await turns(adas.draft, 'saved')
  await until(bos.draft.ydoc, () => bos.shows() === 'An oak of old.\nA birch.')
  const draft = await wiki.drafts.load(wiki.db.read, page)
  expect(draft.ownerOf(adas.draft.ydoc.clientID)).toBe(ada.person.id)
})

test('what an earlier visit could not send is counted, and shown while there is no connection', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  await tab.typesOnATrain('An oak', ' of old')
  await tab.typesOnATrain('A birch', ' of youth')
  tab.draft.destroy()

  const later = opensTab(wiki, ada, page, { cookie: 'session=none' })
  await turns(later.draft, 'readonly')
  await later.draft.synced
  expect(later.shows()).toBe('An oak of old.\nA birch of youth.')
  expect(later.draft.ledger).toMatchObject({ changes: 2, isKept: true, server: { count: 0 } })
  expect(later.draft.unconfirmed()).toBe('of old\nof youth')
  // Nothing was typed in this visit, so nothing is lost by ending it.
  expect(later.asksToStay()).toBe(false)
})

test('leaving is asked about while words are not on the server', async () => {
  const { tab } = await adaAtOak()
  expect(tab.asksToStay()).toBe(false)
  tab.types('An oak', ' of old')
  expect(tab.asksToStay()).toBe(true)
  await turns(tab.draft, 'saved')
  expect(tab.asksToStay()).toBe(false)
  await tab.typesOnATrain('An oak', ' very')
  expect(tab.asksToStay()).toBe(true)
})

test('what the server refuses is set aside on the device, offered, and never sent again', async () => {
  const { wiki, ada, page, tab } = await adaAtOak()
  const isAside = new Promise<void>(resolve => tab.draft.onAside(resolve))
  tab.draft.ydoc.transact(() => {
    tab.types('An oak', ' of my own')
    tab.draft.ydoc.getMap('elsewhere').set('not', 'a page')
  })
  const refused = await turns(tab.draft, 'readonly')
  expect(refused).toMatchObject({ reason: 'realtime.rejected.root', way: 'reload' })
  expect(tab.draft.unconfirmed()).toBe('of my own')
  await isAside
  expect(tab.asksToStay()).toBe(false)
  tab.draft.destroy()

  const later = await opensInSync(wiki, ada, page)
  expect(later.shows()).toBe('An oak.\nA birch.')
  const [kept, ...more] = await asideOf(ada.person.id, page)
  expect(more).toEqual([])
  expect(kept?.words).toBe('of my own')
  expect(await kept?.text()).toContain('An oak of my own.')
  expect(await asideOf((await as(wiki, 'member')).person.id, page)).toEqual([])
})

test('a commit that fails is told, the device has the words, and they are sent when there is room', async () => {
  const { wiki, page, tab } = await adaAtOak()
  const mend = await failBatches(wiki, 'a statement')
  tab.types('An oak', ' of old')
  expect(await turns(tab.draft, 'offline')).toEqual({ kind: 'offline', count: 1, trouble: 'disk' })
  await mend()
  await turns(tab.draft, 'saved')
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch.')
})

test('copies of pages that nobody opens any more go, but none that holds unsent words', async () => {
  const { wiki, ada, tab: done } = await adaAtOak()
  const unsent = await opensInSync(wiki, ada, await wiki.page('A birch.'))
  done.types('An oak', ' of old')
  await claims(done.draft, () => done.draft.saving.kind === 'saved' && done.draft.ledger.device.kind === 'kept')
  await unsent.typesOnATrain('A birch', ' of youth')
  for (const { draft } of [done, unsent]) draft.destroy()

  const count = async () => (await indexedDB.databases()).length
  const aMonth = 30 * 24 * 3_600_000
  await forgetUnused(ada.person.id, Date.now() + aMonth - 60_000)
  expect(await count()).toBe(2)
  await forgetUnused((await as(wiki, 'member')).person.id, Date.now() + 2 * aMonth)
  expect(await count()).toBe(2)
  await forgetUnused(ada.person.id, Date.now() + aMonth + 60_000)
  expect(await count()).toBe(1)
})
