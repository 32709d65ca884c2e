import * as broadcast from 'lib0/broadcastchannel'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { WebSocket as NodeSocket } from 'ws'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { frames } from '../../shared/realtime/messages.ts'
import { readFrame } from '../support/live-frames.ts'
import { as, type Member } from '../support/people.ts'
import { opensTab } from './at-browser.ts'
import { dials, headersOf, type LiveWiki, liveWiki, opens, typeBehind } from './support.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** The wiki's own client, and every frame that it sends. */
function connects(wiki: LiveWiki, member: Member, room: string) {
  const sent: Uint8Array[] = []
  const overhear = (line: NodeSocket) => {
    const send = line.send.bind(line)
    line.send = (data: Uint8Array) => {
      sent.push(Uint8Array.from(data))
      send(data)
    }
  }
  const { draft } = opensTab(wiki, member, room, { hears: overhear })
  return { draft, sent }
}

test('a line on which nobody says anything is spoken on every fifteen seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const wiki = await liveWiki()
  const page = await wiki.page('An oak.')
  const reader = await dials(wiki, page, headersOf(wiki, null))
  await reader.hears(frame => readFrame(frame).kind === 'hello')
  for (let beats = 1; beats < 4; beats++) {
    vi.advanceTimersByTime(15_000)
    let heard = 0
    await reader.hears(frame => frame.equals(frames.barrier(0)) && ++heard === beats)
  }
})

test('a browser never sends back the cursors of others', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const { draft, sent } = connects(wiki, ada, page)
  await draft.barrier()
  const bos = await opens(wiki, bo, page)
  const place = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(fragmentOf(bos.ydoc), 0))
  for (let moves = 0; moves < 5; moves++) {
    bos.provider.awareness.setLocalState({ cursor: { anchor: place, head: place }, moves })
    await new Promise(resolve => draft.awareness.once('update', resolve))
  }
  await draft.barrier()
  const shown = sent.flatMap(frame => {
    const heard = readFrame(frame)
    return heard.kind === 'awareness' ? heard.entries.map(({ clientId }) => clientId) : []
  })
  expect(new Set(shown)).toEqual(new Set([draft.ydoc.clientID]))
})

test('tabs of one browser hear each other by way of the server only', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  let overheard = 0
  const listen = () => overheard++
  const channel = `${wiki.sync}/${page}`
  broadcast.subscribe(channel, listen)
  onTestFinished(() => void broadcast.unsubscribe(channel, listen))
  const { draft } = connects(wiki, ada, page)
  await draft.synced
  typeBehind(draft.ydoc, 'An oak', ' of old')
  await draft.barrier()
  expect(overheard).toBe(0)
})

test('what a client answers to a question reaches nobody where it brings nothing new', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const adas = await opens(wiki, ada, page)
  fragmentOf(adas.ydoc).delete(1, 1)
  await adas.saved()
  const { seq } = await wiki.drafts.load(wiki.db.read, page)
  const bos = await dials(wiki, page, headersOf(wiki, bo))
  await bos.hears(frame => readFrame(frame).kind === 'hello')
  // All that was ever deleted is in it, as in every answer.
  const answer = Y.encodeStateAsUpdate(adas.ydoc, Y.encodeStateVector(adas.ydoc))
  expect(answer.length).toBeGreaterThan(2)
  adas.provider.ws?.send(frames.step2(answer))
  await adas.saved()
  bos.send(frames.barrier(1))
  await bos.hears(frame => frame.equals(frames.barrier(1)))
  expect(bos.frames.map(frame => readFrame(frame).kind)).not.toContain('update')
  expect((await wiki.drafts.load(wiki.db.read, page)).seq).toBe(seq)
})

test('who comes while a page is being put away finds every word, and loses none', async () => {
  const wiki = await liveWiki({ LIVE_UNLOAD_SECONDS: '0' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  for (const letter of 'stuvwxyz') {
    const adas = await opens(wiki, ada, page)
    adas.types('An oak', letter)
    await adas.saved()
    adas.provider.destroy()
  }
  expect(await wiki.logged(page)).toBe('An oakzyxwvuts.')
})
