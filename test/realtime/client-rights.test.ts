import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { adaAtOak, claims, opensTab, turns } from './at-browser.ts'

async function adaAndAModerator() {
  const here = await adaAtOak('An oak.')
  const { person } = await as(here.wiki, 'moderator')
  const { suspensions } = here.wiki.accounts
  const { handle } = here.ada.person
  return {
    ...here,
    suspend: (until: number | null = null) => suspensions.suspend(person, handle, { reason: 'Spam', until }),
    lift: () => suspensions.lift(person, handle),
  }
}

test('who is suspended while typing keeps what was not accepted, and it is sent when the right is back', async () => {
  const { wiki, page, tab, suspend, lift } = await adaAndAModerator()
  await suspend()
  // Typed before the news has come.
  tab.types('An oak', ' of old')
  await claims(
    tab.draft,
    () => tab.draft.saving.kind === 'readonly' && tab.draft.saving.reason === 'realtime.readonly.suspended',
  )
  await claims(tab.draft, () => tab.draft.ledger.device.count === 1)
  expect(tab.draft.ledger).toMatchObject({ changes: 1, isKept: true, server: { count: 0 } })
  expect(tab.draft.unconfirmed()).toBe('of old')
  expect(await wiki.logged(page)).toBe('An oak.')

  await lift()
  await turns(tab.draft, 'saved')
  expect(await wiki.logged(page)).toBe('An oak of old.')
  tab.types('An oak', ' tree')
  await tab.draft.barrier()
  expect(await wiki.logged(page)).toBe('An oak tree of old.')
})

test('words typed on a train by somebody suspended meanwhile wait on the device through visits', async () => {
  const { wiki, ada, page, tab, suspend, lift } = await adaAndAModerator()
  await tab.typesOnATrain('An oak', ' of old')
  const until = Date.now() + 3_600_000
  await suspend(until)
  tab.mends()
  expect(await turns(tab.draft, 'readonly')).toMatchObject({ reason: 'realtime.readonly.until' })
  tab.draft.destroy()

  const later = opensTab(wiki, ada, page)
  await turns(later.draft, 'readonly')
  expect(later.draft.unconfirmed()).toBe('of old')
  expect(await wiki.logged(page)).toBe('An oak.')
  await lift()
  await turns(later.draft, 'saved')
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('who is signed out signs in again elsewhere and goes on where they were', async () => {
  const { wiki, ada, page, tab } = await adaAtOak('An oak.')
  await tab.typesOnATrain('An oak', ' of old')
  await ada.delete('/api/v1/session?everywhere=true')
  tab.mends()
  expect(await turns(tab.draft, 'readonly')).toMatchObject({ reason: 'realtime.closed.4401', way: 'sign-in' })
  await expect(tab.draft.barrier()).rejects.toThrow('realtime.closed.4401')

  tab.cookie = `session=${await wiki.db.write(tx => wiki.accounts.sessions.begin(tx, ada.person.id, 'again'))}`
  tab.signals.dispatchEvent(new Event('visibilitychange'))
  await turns(tab.draft, 'saved')
  expect(await wiki.logged(page)).toBe('An oak of old.')
})
