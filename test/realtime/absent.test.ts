import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { typeBehind } from '../support/drafts.ts'
import { LiveClient } from '../support/live-client.ts'
import { as } from '../support/people.ts'
import { dials, headersOf, liveWiki, opens } from './support.ts'

test('nobody takes the client id of somebody who has gone offline, whose words would then be refused', async () => {
  const wiki = await liveWiki()
  const [ada, mallory] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const adas = new LiveClient({ server: wiki.sync, room: page, headers: headersOf(wiki, ada), pause: 0 })
  adas.connect()
  await adas.saved()
  adas.disconnect()
  typeBehind(adas.ydoc, 'An oak', ' of old')

  const evil = await dials(wiki, `${page}?client=${adas.ydoc.clientID}`, headersOf(wiki, mallory))
  await evil.hears(frame => frame.includes('"clientIdOk":false'))
  const forger = await opens(wiki, mallory, page, { ydoc: forging(adas.ydoc.clientID) })
  forger.types('An oak', 'FORGED')
  expect(await forger.closed).toBe(4422)

  adas.connect()
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.')
  adas.destroy()
})

test('a client id is still its person’s after everybody has left and the page was closed', async () => {
  const wiki = await liveWiki({ LIVE_UNLOAD_SECONDS: '0' })
  const [ada, mallory] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  adas.provider.destroy()
  while ((await wiki.realtime.counts()).rooms > 0) await new Promise(resolve => setImmediate(resolve))
  const evil = await dials(wiki, `${page}?client=${adas.ydoc.clientID}`, headersOf(wiki, mallory))
  await evil.hears(frame => frame.includes('"clientIdOk":false'))
})

function forging(clientId: number) {
  const ydoc = new Y.Doc()
  ydoc.clientID = clientId
  return ydoc
}
