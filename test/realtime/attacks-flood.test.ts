import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { as } from '../support/people.ts'
import { dials, headersOf, liveWiki } from './support.ts'
import { type Line, siege } from './siege.ts'

const breath = () => new Promise(resolve => setImmediate(resolve))

describe('a flood is felt by nobody but its sender:', () => {
  const filler = new Uint8Array(4000).fill(7)
  const everything = frames.step1(Y.encodeStateVector(new Y.Doc()))
  const floods: Record<string, (line: Line, n: number) => void> = {
    'of barriers': (line, n) => line.send(frames.barrier(n + 1)),
    'of questions for everything': line => line.send(everything),
    'of questions who is here': line => line.send(frames.queryAwareness()),
    'of kinds that nobody knows': line => line.send(Uint8Array.from([99, ...filler])),
    'of pings': line => line.socket.ping(filler.subarray(0, 100)),
  }
  test.each(Object.entries(floods))('%s', async (_name, storm) => {
    const besieged = await siege()
    await besieged.withstands(async () => {
      const lines = await Promise.all(Array.from({ length: 5 }, () => besieged.storms()))
      for (let n = 0; n < 2000; n++) {
        for (const line of lines) storm(line, n)
        // The attackers live in the same process as the wiki; they must not be what slows it.
        if (n % 50 === 0) await breath()
      }
      for (const line of lines) line.socket.terminate()
    })
  })

  test('of megabytes', async () => {
    const besieged = await siege({ LIVE_MESSAGE_BYTES: '1000000' })
    await besieged.withstands(async () => {
      const lines = await Promise.all(Array.from({ length: 5 }, () => besieged.storms()))
      const large = new Uint8Array(900_000).fill(99)
      for (let n = 0; n < 20; n++) {
        for (const line of lines) line.send(large)
        await breath()
      }
      expect(lines.map(line => line.socket.readyState)).toEqual([1, 1, 1, 1, 1])
      for (const line of lines) line.socket.terminate()
    })
  })
})

test('hundreds of lines of one person are turned away, and nobody else is', async () => {
  const besieged = await siege({ LIVE_CONNECTIONS_PER_PERSON: '20' })
  const { wiki, page, mallory } = besieged
  const codes: number[] = []
  const sockets: WebSocket[] = []
  await besieged.withstands(async () => {
    for (let n = 0; n < 300; n++) {
      const socket = new WebSocket(`${wiki.sync}/${page}`, { headers: headersOf(wiki, mallory) })
      sockets.push(socket)
      socket.on('close', code => codes.push(code))
      if (n % 20 === 0) await once(socket, 'open')
    }
    while (codes.length < 280)
      await Promise.race(sockets.filter(one => one.readyState < 3).map(one => once(one, 'close')))
  })
  expect(codes).toEqual(codes.map(() => 4503))
  for (const socket of sockets) socket.terminate()
})

test('hundreds of lines from one address are turned away, and nobody at another', async () => {
  const besieged = await siege({ LIVE_CONNECTIONS_PER_ADDRESS: '20' })
  const { wiki, page } = besieged
  const codes: number[] = []
  await besieged.withstands(async () => {
    const headers = { origin: wiki.origin, 'x-forwarded-for': '203.0.113.7' }
    const lines = []
    for (let n = 0; n < 150; n++) lines.push(await dials(wiki, page, headers))
    codes.push(...(await Promise.all(lines.slice(20).map(line => line.closed))))
  })
  expect(codes).toEqual(codes.map(() => 4503))
})

test('rooms that do not exist are many and cost nothing', async () => {
  const besieged = await siege()
  const { wiki, page, mallory } = besieged
  const names = [
    '',
    '.',
    '..%2f..%2fetc%2fpasswd',
    '__proto__',
    'constructor',
    `${page}~0`,
    `${page}~1`,
    `${page}~-1`,
    `${page}~1e9`,
    `${page}~99999999999`,
    `${page}/`,
    `${page}%00`,
    `${page.toUpperCase()}x`,
    'x'.repeat(5000),
    encodeURIComponent('شجرة'),
    ...Array.from({ length: 100 }, (_, n) => `0190b0a0-0000-7000-8000-${String(n).padStart(12, '0')}`),
  ]
  await besieged.withstands(async () => {
    for (const name of names)
      expect(await (await dials(wiki, name, headersOf(wiki, mallory))).closed, name.slice(0, 40)).toBe(4404)
  })
  const { body } = await wiki.http.inject({ url: '/metrics' })
  expect(body).toContain('commonleaf_rooms 1\n')
})

test('a site that forges where it comes from writes with nobody’s cookie', async () => {
  const wiki = await liveWiki({ PUBLIC_URL: 'http://wiki.example' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const forged: Record<string, string>[] = [
    { host: 'evil.example', origin: 'http://evil.example' },
    { host: 'wiki.example', origin: 'http://evil.example' },
    { host: 'evil.example', origin: 'http://wiki.example.evil.example' },
    { host: 'wiki.example', origin: 'http://wiki.example:8080' },
    { host: 'wiki.example', origin: 'https://wiki.example' },
    { host: 'wiki.example', origin: 'null' },
    { host: 'wiki.example', origin: '' },
    { host: 'evil.example', 'x-forwarded-host': 'wiki.example', origin: 'http://evil.example' },
    { host: 'wiki.example', 'sec-fetch-site': 'cross-site' },
    { host: 'wiki.example' },
  ]
  for (const headers of forged)
    expect(await (await dials(wiki, page, { cookie: ada.cookie, ...headers })).closed, JSON.stringify(headers)).toBe(
      4403,
    )
  const own = await dials(wiki, page, { cookie: ada.cookie, host: 'evil.example', origin: 'http://wiki.example' })
  await own.hears(frame => frame[0] === kinds.hello)
})
