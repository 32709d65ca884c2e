import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { onTestFinished, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { Bucket } from '../../server/realtime/bucket.ts'
import { Connection } from '../../server/realtime/connection.ts'
import { countsIn } from '../../server/realtime/counts.ts'
import { limitsOf } from '../../server/realtime/limits.ts'
import { LiveSocket, pack } from '../../server/realtime/live-socket.ts'
import { Tap } from '../../server/realtime/tap.ts'
import { readConfig } from '../../server/config.ts'
import { metrics } from '../../server/metrics.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { as } from '../support/people.ts'
import { dials, headersOf, type LiveWiki, liveWiki, opens, until } from './support.ts'

/** How often a limit took effect. */
async function reached(wiki: LiveWiki, setting: string): Promise<number> {
  const { body } = await wiki.http.inject({ url: '/metrics' })
  return Number(body.split(`limit_reached_total{setting="${setting}"} `)[1]?.split('\n')[0])
}

const isAnswer = (token: number) => (frame: Buffer) => frame.equals(frames.barrier(token))

test('leave to send comes back steadily, and is never more than a burst', () => {
  const bucket = new Bucket(10, 100, 0)
  expect(bucket.take(100, 0)).toBe(0)
  expect(bucket.take(5, 0)).toBe(500)
  expect(bucket.take(0, 500)).toBe(0)
  expect(bucket.take(101, 3600_000)).toBe(100)
  // A clock that goes backwards gives nothing and takes nothing.
  expect(bucket.take(0, 0)).toBe(100)
})

test('who sends too many messages is read more slowly, and neither closed nor unheard', async () => {
  const wiki = await liveWiki({ LIVE_MESSAGES_PER_SECOND: '100' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const socket = await dials(wiki, page, headersOf(wiki, ada))
  const start = performance.now()
  for (let token = 1; token <= 1100; token++) socket.send(frames.barrier(token))
  await socket.hears(isAnswer(900))
  const burst = performance.now() - start
  await socket.hears(isAnswer(1100))
  const all = performance.now() - start
  expect(all).toBeGreaterThan(900)
  expect(burst).toBeLessThan(all)
  const tokens = socket.frames.filter(frame => frame[0] === kinds.barrier).length
  expect(tokens).toBe(1100)
  expect(await reached(wiki, 'LIVE_MESSAGES_PER_SECOND')).toBeGreaterThan(0)
})

test('who sends too many bytes is read more slowly, and every one of them is kept', async () => {
  const wiki = await liveWiki({ LIVE_BYTES_PER_SECOND: '20000' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  const start = performance.now()
  // A burst is sixteen seconds' worth.
  for (let n = 0; n < 4; n++) adas.types('An oak', 'x'.repeat(85_000))
  await adas.saved()
  expect(performance.now() - start).toBeGreaterThan(500)
  expect((await wiki.logged(page)).length).toBe('An oak.'.length + 340_000)
  expect(await reached(wiki, 'LIVE_BYTES_PER_SECOND')).toBeGreaterThan(0)
})

test('what comes together with the very request to open is heard, and in order', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const socket = connect(Number(new URL(wiki.origin).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const headers = {
    ...headersOf(wiki, ada),
    host: new URL(wiki.origin).host,
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  // A binary frame of two bytes, under a mask of zeros: barrier 1 to 9.
  const asked = Array.from({ length: 9 }, (_, n) => [0x82, 0x82, 0, 0, 0, 0, kinds.barrier, n + 1])
  socket.write(`GET /sync/${page} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  socket.write(Uint8Array.from(asked.flat()))
  let heard = Buffer.alloc(0)
  const answers = Buffer.from(Array.from({ length: 9 }, (_, n) => [0x82, 2, kinds.barrier, n + 1]).flat())
  while (!heard.includes(answers)) heard = Buffer.concat([heard, ...((await once(socket, 'data')) as [Buffer])])
})

for (const times of [1, 2.5])
  test(`a message ${times} times over the limit is refused for good, with a reason and not for now`, async () => {
    const wiki = await liveWiki({ LIVE_MESSAGE_BYTES: '100000' })
    const ada = await as(wiki, 'member')
    const page = await wiki.page('An oak.')
    const socket = await dials(wiki, page, headersOf(wiki, ada))
    socket.send(frames.update(new Uint8Array(times * 100_000)))
    const refusal = await socket.hears(frame => frame[0] === kinds.rejected)
    expect(refusal.toString()).toContain('too-large')
    expect(await socket.farewell).toEqual({ code: 4413, reason: 'too-large' })
    expect(await reached(wiki, 'LIVE_MESSAGE_BYTES')).toBe(1)
  })

test('a message in many pieces is not let past the limit either', async () => {
  const wiki = await liveWiki({ LIVE_MESSAGE_BYTES: '100000' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const { socket, closed } = await dials(wiki, page, headersOf(wiki, ada))
  for (let piece = 0; piece < 4; piece++) socket.send(new Uint8Array(30_000), { fin: false })
  expect(await closed).toBe(4413)
})

const crowds = {
  LIVE_CONNECTIONS_PER_PERSON: 'too many connections of this person',
  LIVE_CONNECTIONS_PER_ADDRESS: 'too many connections from this address',
  LIVE_CONNECTIONS_PER_PAGE: 'too many connections to this page',
  LIVE_CONNECTIONS: 'too many connections in all',
}
for (const [setting, reason] of Object.entries(crowds))
  test(`${reason}: one more is told so, and let in once another has gone (${setting})`, async () => {
    const wiki = await liveWiki({ [setting]: '2' })
    const ada = await as(wiki, 'member')
    const page = await wiki.page('An oak.')
    const enters = async () => {
      const socket = await dials(wiki, page, headersOf(wiki, ada))
      await socket.hears(frame => frame[0] === kinds.hello)
      return socket
    }
    const [first] = [await enters(), await enters()]
    const third = await dials(wiki, page, headersOf(wiki, ada))
    expect(await third.farewell).toEqual({ code: 4503, reason })
    expect(await reached(wiki, setting)).toBe(1)

    first.close()
    await first.closed
    await enters()
    expect(await (await dials(wiki, page, headersOf(wiki, ada))).closed).toBe(4503)
  })

test('no more drafts are kept in memory than may be, and those that nobody has open make room', async () => {
  const wiki = await liveWiki({ LIVE_ROOMS: '2' })
  const ada = await as(wiki, 'member')
  const pages = [await wiki.page('An oak.'), await wiki.page('A birch.'), await wiki.page('A lime.')]
  const [oak = '', birch = '', lime = ''] = pages
  const enters = async (page: string) => {
    const socket = await dials(wiki, page, headersOf(wiki, ada))
    await socket.hears(frame => frame[0] === kinds.hello)
    return socket
  }
  await enters(oak)
  const leaves = await enters(birch)
  expect(await (await dials(wiki, lime, headersOf(wiki, ada))).farewell).toEqual({
    code: 4503,
    reason: 'too many drafts in memory',
  })
  expect(await reached(wiki, 'LIVE_ROOMS')).toBe(1)
  await enters(oak)

  leaves.close()
  await leaves.closed
  await enters(lime)
  while ((await wiki.realtime.counts()).rooms > 2) await new Promise(resolve => setImmediate(resolve))
  expect(await (await dials(wiki, birch, headersOf(wiki, ada))).closed).toBe(4503)
})

test('a person’s places are counted over all pages, and nobody else’s among them', async () => {
  const wiki = await liveWiki({ LIVE_CONNECTIONS_PER_PERSON: '2' })
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const [oak, birch] = [await wiki.page('An oak.'), await wiki.page('A birch.')]
  await opens(wiki, ada, oak)
  await opens(wiki, ada, birch)
  expect(await (await dials(wiki, oak, headersOf(wiki, ada))).closed).toBe(4503)
  for (const somebody of [bo, null, null, null]) await opens(wiki, somebody, oak)
})

test('an address is what a proxy on this machine says, and nobody else', async () => {
  const wiki = await liveWiki({ LIVE_CONNECTIONS_PER_ADDRESS: '1' })
  const page = await wiki.page('An oak.')
  const enters = async (forwarded: string) => {
    const socket = await dials(wiki, page, { origin: wiki.origin, 'x-forwarded-for': forwarded })
    return Promise.race([socket.hears(frame => frame[0] === kinds.hello).then(() => 'in'), socket.closed])
  }
  expect(await enters('203.0.113.7')).toBe('in')
  expect(await enters('203.0.113.7')).toBe(4503)
  expect(await enters('203.0.113.8')).toBe('in')
  // What the client itself wrote stands before what the proxy added.
  expect(await enters('198.51.100.1, 203.0.113.8')).toBe(4503)
  expect(await enters('2001:db8:1:2::1')).toBe('in')
  expect(await enters('2001:db8:1:2:ffff::9')).toBe(4503)
})

/** A connection as the server has it, and the socket at the other end. */
async function line() {
  const limits = limitsOf(readConfig({}))
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, WebSocket: LiveSocket })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const there = new WebSocket(`ws://127.0.0.1:${port}`)
  const [socket, request] = (await once(sockets, 'connection')) as [LiveSocket, IncomingMessage]
  socket.line = request.socket
  if (there.readyState !== WebSocket.OPEN) await once(there, 'open')
  const counts = countsIn(metrics())
  const tap = new Tap(socket, limits, counts)
  tap.open(() => {})
  const entrance = {
    pageId: 'p',
    epoch: 1,
    person: null,
    readonly: null,
    until: null,
    ends: null,
    clientId: undefined,
    isOver: false,
    clientIds: undefined,
    schema: undefined,
  }
  onTestFinished(() => {
    there.terminate()
    sockets.close()
    http.close()
  })
  return { limits, socket, there, connection: new Connection({ socket, tap, limits, counts }, entrance) }
}

test('a line that gives no sign of life for long is ended, and one that is merely quiet is not', async () => {
  const { there, connection } = await line()
  const pinged = once(there, 'ping')
  connection.beat(Date.now() + 15_000)
  await pinged
  expect(there.readyState).toBe(WebSocket.OPEN)
  connection.beat(Date.now() + 60_000)
  await once(there, 'close')
})

test('a reader who does not read is shown no cursors at first, and is cut in the end', async () => {
  const { limits, socket, there, connection } = await line()
  const heard: number[] = []
  there.on('message', (frame: Buffer) => heard.push(frame[0] ?? 0))
  there.pause()
  const [edit, cursor] = [new Uint8Array(100_000).fill(1), pack(new Uint8Array(1000).fill(2))]
  const filled = async (bytes: number) => {
    while (socket.bufferedAmount <= bytes && connection.isOpen) {
      connection.send(edit)
      // What the system takes is not ours any more.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  connection.sendLightly(cursor)
  await filled(2 ** 20)
  const before = socket.bufferedAmount
  connection.sendLightly(cursor)
  expect(socket.bufferedAmount).toBe(before)
  expect(connection.isOpen).toBe(true)

  await filled(limits.slowReader)
  connection.send(edit)
  expect(connection.isOpen).toBe(false)
  const held = socket.bufferedAmount
  for (let n = 0; n < 100; n++) connection.send(edit)
  expect(socket.bufferedAmount).toBe(held)

  there.resume()
  const [code] = (await once(there, 'close')) as [number]
  expect(code).toBe(4500)
  expect(heard.filter(first => first === 2)).toHaveLength(1)
})

test('a reader who stands still costs the others nothing, and finds every word on return', async () => {
  const wiki = await liveWiki({ LIVE_SLOW_READER_BYTES: '65536', LIVE_BYTES_PER_SECOND: '100000000' })
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  const slow = await dials(wiki, page, headersOf(wiki, null))
  await slow.hears(frame => frame[0] === kinds.hello)
  slow.socket.pause()
  const text = adas.ydoc.getXmlFragment('page')
  for (let n = 0; n < 200 && (await reached(wiki, 'LIVE_SLOW_READER_BYTES')) === 0; n++) {
    adas.types('An oak', 'x'.repeat(200_000))
    await adas.saved()
    const line = text.get(0)
    const words = line instanceof Y.XmlElement ? line.get(0) : undefined
    if (words instanceof Y.XmlText) words.delete('An oak'.length, 200_000)
    await adas.saved()
  }
  bos.types('A birch', ' so white')
  await until(adas.ydoc, () => adas.shows() === 'An oak.\nA birch so white.')
  slow.socket.resume()
  expect([4500, 1006]).toContain(await slow.closed)
  expect((await opens(wiki, null, page)).shows()).toBe('An oak.\nA birch so white.')
})

test('whoever asks for everything at once and again is answered once', async () => {
  const wiki = await liveWiki()
  const page = await wiki.page('An oak. '.repeat(5000))
  const socket = await dials(wiki, page, headersOf(wiki, null))
  for (let n = 0; n < 500; n++) socket.send(everything)
  socket.send(frames.barrier(1))
  await socket.hears(isAnswer(1))
  const answers = socket.frames.filter(frame => frame[0] === kinds.sync)
  expect(answers.length).toBeLessThan(50)
})

test('whoever asks for everything on and on pays for it with their leave to send', async () => {
  const wiki = await liveWiki({ LIVE_BYTES_PER_SECOND: '5000' })
  const page = await wiki.page('An oak. '.repeat(5000))
  const socket = await dials(wiki, page, headersOf(wiki, null))
  for (let n = 1; n <= 3; n++) {
    socket.send(everything)
    await socket.hears(() => socket.frames.filter(frame => frame[0] === kinds.sync).length === n)
    expect(await reached(wiki, 'LIVE_BYTES_PER_SECOND')).toBe(n < 3 ? 0 : 1)
  }
})

const everything = frames.step1(Y.encodeStateVector(new Y.Doc()))
