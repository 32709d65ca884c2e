import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Hello, Rejected } from '../../shared/realtime/contract.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { as, type Member, password } from '../support/people.ts'
import { dials, headersOf, type LiveWiki, liveWiki, opens, typeBehind } from './support.ts'

type Line = Awaited<ReturnType<typeof dials>>

const jsonIn = (frame: Buffer): unknown => JSON.parse(frame.subarray(frame.indexOf('{')).toString())
const isHello = (frame: Buffer) => frame[0] === kinds.hello

/** The hello that a line hears as its nth. */
async function hello(line: Line, nth = 1): Promise<Hello> {
  await line.hears(() => line.frames.filter(isHello).length >= nth)
  return jsonIn(line.frames.filter(isHello)[nth - 1] ?? Buffer.of()) as Hello
}

/** A page with a line of somebody on it, which has been greeted. */
async function onALine(wiki: LiveWiki, headers: Record<string, string>) {
  const page = await wiki.page('An oak.')
  const line = await dials(wiki, page, headers)
  await hello(line)
  return { page, line }
}

/** Types on a bare line, and says what the log holds once the line has been judged or closed. */
async function typesOn(wiki: LiveWiki, page: string, line: Line) {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate((await wiki.drafts.load(wiki.db.read, page)).ydoc))
  const before = Y.encodeStateVector(copy)
  typeBehind(copy, 'An oak', ' TOO LATE')
  line.send(frames.update(Y.encodeStateAsUpdate(copy, before)))
  await Promise.race([line.closed, line.hears(frame => frame[0] === kinds.rejected)])
  return wiki.logged(page)
}

async function within(milliseconds: number, promise: Promise<unknown>) {
  const start = performance.now()
  await promise
  expect(performance.now() - start).toBeLessThan(milliseconds)
}

async function endsIn(wiki: LiveWiki, member: Member, milliseconds: number): Promise<number> {
  const ends = Date.now() + milliseconds
  await wiki.db.write(tx =>
    tx.updateTable('sessions').set({ expires_at: ends }).where('person_id', '=', member.person.id).execute(),
  )
  return ends
}

test('a session that ends by itself closes its drafts within a second', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const ends = await endsIn(wiki, ada, 600)
  const { line } = await onALine(wiki, headersOf(wiki, ada))
  expect(await line.farewell).toEqual({ code: 4401, reason: 'signed out' })
  expect(Date.now()).toBeGreaterThanOrEqual(ends)
  expect(Date.now()).toBeLessThan(ends + 1000)
})

test('a session that was prolonged elsewhere meanwhile goes on', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  await endsIn(wiki, ada, 500)
  const { page, line } = await onALine(wiki, headersOf(wiki, ada))
  const ends = await endsIn(wiki, ada, 1500)
  // Past the first end: still there, and its words are taken.
  const adas = await opens(wiki, ada, page)
  while (Date.now() < ends - 700) await adas.saved()
  adas.types('An oak', ' of old')
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.')
  expect(await line.closed).toBe(4401)
  expect(Date.now()).toBeGreaterThanOrEqual(ends)
})

const endings: Record<string, (wiki: LiveWiki, member: Member) => Promise<unknown>> = {
  'signing out everywhere': (_wiki, member) => member.delete('/api/v1/session?everywhere=true'),
  'a new password': (_wiki, member) =>
    member.put('/api/v1/password', { current: password, password: 'another long one' }),
  'a password that the administrator gives': (wiki, member) =>
    wiki.accounts.membership.resetPassword(member.person.handle, 'another long one'),
}
for (const [name, happens] of Object.entries(endings))
  test(`${name} closes every draft within a second, and nothing more is taken`, async () => {
    const wiki = await liveWiki()
    const ada = await as(wiki, 'member')
    const other = await wiki.db.write(tx => wiki.accounts.sessions.begin(tx, ada.person.id, 'another browser'))
    const { page, line } = await onALine(wiki, headersOf(wiki, ada))
    const elsewhere = await dials(wiki, page, { ...headersOf(wiki, ada), cookie: `session=${other}` })
    await hello(elsewhere)
    await happens(wiki, ada)
    await within(1000, Promise.all([line.closed, elsewhere.closed]))
    expect([await line.closed, await elsewhere.closed]).toEqual([4401, 4401])
    expect(await typesOn(wiki, page, line)).toBe('An oak.')
    // Back again with the same cookie they are visitors, and no more.
    const again = await dials(wiki, page, headersOf(wiki, ada))
    expect(await hello(again)).toMatchObject({ canWrite: false, reason: 'visitor', user: null })
  })

test('who is suspended hears within a second why they cannot write and until when, and reads on', async () => {
  const wiki = await liveWiki()
  const [moderator, ada, bo] = [await as(wiki, 'moderator'), await as(wiki, 'member'), await as(wiki, 'member')]
  const { page, line } = await onALine(wiki, headersOf(wiki, ada))
  const until = Date.now() + 3600_000
  const path = `/api/v1/people/${ada.person.handle}/suspensions`
  expect((await moderator.post(path, { reason: 'spam', until })).statusCode).toBe(201)
  await within(1000, hello(line, 2))
  expect(await hello(line, 2)).toMatchObject({ canWrite: false, reason: 'suspended', until })

  expect(await typesOn(wiki, page, line)).toBe('An oak.')
  const refusal = await line.hears(frame => frame[0] === kinds.rejected)
  expect((jsonIn(refusal) as Rejected).reason).toBe('readonly')
  const bos = await opens(wiki, bo, page)
  bos.types('An oak', ' of old')
  await line.hears(frame => frame[0] === kinds.sync && frame.includes(' of old'))
  // Whoever comes only now hears the same.
  const again = await dials(wiki, page, headersOf(wiki, ada))
  expect(await hello(again)).toMatchObject({ canWrite: false, reason: 'suspended', until })
  // And a suspension that takes another time is told anew.
  await moderator.post(path, { reason: 'more spam', until: null })
  expect(await hello(line, 3)).toMatchObject({ canWrite: false, reason: 'suspended', until: null })
})

test('when a suspension is over, by time or by mercy, the words typed meanwhile are asked for and taken', async () => {
  const wiki = await liveWiki()
  const [moderator, ada] = [await as(wiki, 'moderator'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const path = `/api/v1/people/${ada.person.handle}/suspensions`
  const adas = await opens(wiki, ada, page)
  const heard: Hello[] = []
  const listeners: (() => void)[] = []
  adas.provider.messageHandlers[kinds.hello] = (_encoder, decoder) => {
    heard.push(jsonIn(Buffer.from(decoder.arr)) as Hello)
    for (const look of listeners.splice(0)) look()
  }
  const hears = async (count: number) => {
    while (heard.length < count) await new Promise<void>(resolve => listeners.push(resolve))
    return heard[count - 1]
  }

  await moderator.post(path, { reason: 'rest a little', until: Date.now() + 700 })
  expect(await hears(1)).toMatchObject({ canWrite: false, reason: 'suspended' })
  adas.types('An oak', ' of old')
  const until = heard[0]?.until ?? 0
  expect(await hears(2)).toMatchObject({ canWrite: true, reason: null, until: null })
  expect(Date.now()).toBeLessThan(until + 1000)
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.')

  await moderator.post(path, { reason: 'rest', until: null })
  await hears(3)
  adas.types(' of old', ' and tall')
  await moderator.delete(path)
  expect(await hears(4)).toMatchObject({ canWrite: true })
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak of old and tall.')
})

test('a page that is deleted closes for everybody within a second, and nothing more is taken', async () => {
  const wiki = await liveWiki()
  const [moderator, ada] = [await as(wiki, 'moderator'), await as(wiki, 'member')]
  const { page, line } = await onALine(wiki, headersOf(wiki, ada))
  const reader = await dials(wiki, page, headersOf(wiki, null))
  await hello(reader)
  const deleted = await moderator.delete(`/api/v1/pages/${page}`, { summary: 'spam' })
  expect(deleted.statusCode).toBeLessThan(300)
  await within(1000, Promise.all([line.closed, reader.closed]))
  expect(await line.farewell).toEqual({ code: 4410, reason: 'deleted' })
  expect(await reader.closed).toBe(4410)
  expect(await typesOn(wiki, page, line)).toBe('An oak.')
})

test('a token that is revoked closes what a program has open within a second, and nothing else', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const [one, two] = [await ada.token(['write']), await ada.token(['write'])]
  const { page, line } = await onALine(wiki, { authorization: `Bearer ${one.secret}` })
  const other = await dials(wiki, page, { authorization: `Bearer ${two.secret}` })
  const browser = await dials(wiki, page, headersOf(wiki, ada))
  await Promise.all([hello(other), hello(browser)])
  const tokens = await wiki.accounts.tokens.list(ada.person.id)
  const first = tokens.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0]
  await ada.delete(`/api/v1/tokens/${first?.id}`)
  await within(1000, line.closed)
  expect(await line.farewell).toEqual({ code: 4401, reason: 'sign in' })
  expect(await typesOn(wiki, page, line)).toBe('An oak.')
  for (const still of [other, browser]) {
    still.send(frames.barrier(7))
    await still.hears(frame => frame.equals(frames.barrier(7)))
  }
})

test('somebody whose account is approved while they read may write at once', async () => {
  const wiki = await liveWiki()
  const [moderator, newcomer] = [await as(wiki, 'administrator'), await as(wiki, 'member', { state: 'pending' })]
  const { line } = await onALine(wiki, headersOf(wiki, newcomer))
  expect(await hello(line)).toMatchObject({ canWrite: false, reason: 'pending' })
  await moderator.patch(`/api/v1/people/${newcomer.person.handle}`, { state: 'active' })
  expect(await hello(line, 2)).toMatchObject({ canWrite: true, reason: null })
})

test('rights that change while somebody is let in are not missed', async () => {
  const wiki = await liveWiki()
  const [moderator, ada] = [await as(wiki, 'moderator'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  for (let round = 0; round < 10; round++) {
    const coming = dials(wiki, page, headersOf(wiki, ada))
    const suspending = wiki.accounts.suspensions.suspend(moderator.person, ada.person.handle, {
      reason: 'spam',
      until: null,
    })
    const line = await coming
    await suspending
    await line.hears(frame => isHello(frame) && (jsonIn(frame) as Hello).reason === 'suspended')
    await wiki.accounts.suspensions.lift(moderator.person, ada.person.handle)
    line.close()
    await line.closed
  }
})

test('two people in one browser are never taken for each other', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of old')
  await adas.saved()
  // Ada signs out; Bo signs in; a tab of Ada's that slept comes back with the cookie that is Bo's now.
  await ada.delete('/api/v1/session')
  const jar = headersOf(wiki, bo)
  const woken = await dials(wiki, `${page}?client=${adas.ydoc.clientID}&person=${ada.person.id}`, jar)
  expect(await woken.farewell).toEqual({ code: 4401, reason: 'other person' })

  // A client that does not say whose words it keeps is told that its id is another's, and its words are refused.
  const careless = await dials(wiki, `${page}?client=${adas.ydoc.clientID}`, jar)
  expect(await hello(careless)).toMatchObject({ clientIdOk: false, user: { handle: bo.person.handle } })
  const before = Y.encodeStateVector(adas.ydoc)
  adas.types('A birch', ' so white')
  careless.send(frames.update(Y.encodeStateAsUpdate(adas.ydoc, before)))
  expect(await careless.closed).toBe(4422)
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch.')
  expect((await wiki.drafts.load(wiki.db.read, page)).ownerOf(adas.ydoc.clientID)).toBe(ada.person.id)
})

test('several tabs of one person and of two are each credited to whoever typed', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.', 'A lime.')
  const tabs = [await opens(wiki, ada, page), await opens(wiki, ada, page), await opens(wiki, bo, page)]
  const [first, second, third] = tabs
  first?.types('An oak', ' one')
  second?.types('A birch', ' two')
  third?.types('A lime', ' three')
  await Promise.all(tabs.map(tab => tab.saved()))
  const draft = await wiki.drafts.load(wiki.db.read, page)
  const owners = tabs.map(({ ydoc }) => draft.ownerOf(ydoc.clientID))
  expect(owners).toEqual([ada.person.id, ada.person.id, bo.person.id])
  const rows = await wiki.db.read.selectFrom('draft_updates').selectAll().where('page_id', '=', page).execute()
  for (const { ydoc } of tabs) {
    const credited = rows.filter(row => row.client_id === ydoc.clientID).map(row => row.person_id)
    expect(credited).toEqual([draft.ownerOf(ydoc.clientID)])
  }
})

test('the line that a sleeping laptop left behind does not keep its own person out', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of old')
  await adas.saved()
  // The first line never says that it has ended; the same client comes back on another.
  const again = await dials(wiki, `${page}?client=${adas.ydoc.clientID}&person=${ada.person.id}`, headersOf(wiki, ada))
  expect(await hello(again)).toMatchObject({ canWrite: true, clientIdOk: true })
  const before = Y.encodeStateVector(adas.ydoc)
  adas.provider.disconnect()
  adas.types(' of old', ' and tall')
  again.send(frames.update(Y.encodeStateAsUpdate(adas.ydoc, before)))
  again.send(frames.barrier(1))
  await again.hears(frame => frame.equals(frames.barrier(1)))
  expect(await wiki.logged(page)).toBe('An oak of old and tall.')
})
