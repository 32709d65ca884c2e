import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseAfterWaking, pauseBefore } from '../../client/realtime/waiting.ts'
import { closing } from '../../shared/realtime/closing.ts'
import { as } from '../support/people.ts'
import { adaAtOak, claims, freshDevice, opensInSync, opensTab, turns } from './at-browser.ts'
import { liveWiki } from './support.ts'

test('nobody waits as long as everybody else, nor for ever, nor not at all', () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.nat(50), chance, (attempt, random) => {
      const pause = pauseBefore(attempt, 1006, random)
      expect(pause).toBeGreaterThanOrEqual(500)
      expect(pause).toBeLessThanOrEqual(10_000)
      expect(pauseBefore(attempt, closing.overloaded, random)).toBeGreaterThanOrEqual(10_000)
      expect(pauseAfterWaking(random)).toBeLessThanOrEqual(1_000)
    }),
  )
  const first = Array.from({ length: 100 }, () => pauseBefore(0, closing.restart))
  expect(new Set(first).size).toBeGreaterThan(50)
  expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(500)
})

test('a line that only looks open is noticed when the device wakes, and nothing is lost or doubled', async () => {
  const { wiki, page, tab } = await adaAtOak('An oak.')
  // Whatever is said on this line goes nowhere, as when the network changed while the lid was shut.
  tab.lines.at(-1)?.pause()
  tab.types('An oak', ' of old')
  tab.signals.dispatchEvent(new Event('visibilitychange'))
  await turns(tab.draft, 'offline')
  await turns(tab.draft, 'saved')
  expect(tab.lines.length).toBe(2)
  tab.lines[0]?.terminate()
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('a line that holds is kept through waking', async () => {
  const { tab } = await adaAtOak()
  for (const signal of ['pageshow', 'visibilitychange', 'online']) tab.signals.dispatchEvent(new Event(signal))
  tab.types('An oak', ' of old')
  await tab.draft.barrier()
  expect(tab.lines.length).toBe(1)
})

test('a device that loses its network says so at once, and tries again soon when it is back', async () => {
  const { tab } = await adaAtOak()
  tab.signals.dispatchEvent(new Event('offline'))
  expect(tab.draft.saving).toEqual({ kind: 'offline', count: 0, trouble: undefined })
  expect(tab.draft.nextTry).toBeGreaterThan(Date.now())
  tab.signals.dispatchEvent(new Event('online'))
  expect(tab.draft.nextTry).toBeLessThanOrEqual(Date.now() + 1_000)
  await turns(tab.draft, 'saved')
})

test('where there are too many, one more is told so, keeps what is typed, and comes later', async () => {
  freshDevice()
  const wiki = await liveWiki({ LIVE_CONNECTIONS_PER_PERSON: '1' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const first = await opensInSync(wiki, ada, page)
  const second = opensTab(wiki, ada, page)
  await second.draft.synced
  expect(await turns(second.draft, 'offline')).toEqual({ kind: 'offline', count: 0, trouble: 'busy' })
  expect(second.draft.nextTry).toBeGreaterThan(Date.now() + 5_000)
  second.types('An oak', ' of old')
  await claims(second.draft, () => second.draft.ledger.device.count === 1)
  const isGone = new Promise(resolve => first.lines.at(-1)?.once('close', resolve))
  first.draft.destroy()
  // The closing handshake has been answered, so the server has let go of the first.
  await isGone
  second.draft.retry()
  await turns(second.draft, 'saved')
  expect(await wiki.logged(page)).toBe('An oak of old.')
})
