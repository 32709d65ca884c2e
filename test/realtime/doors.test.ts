import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addsNothing } from '../../server/realtime/edit.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { as } from '../support/people.ts'
import { dials, headersOf, liveWiki, opens, typeBehind, until } from './support.ts'

test('another site cannot write with somebody’s cookie', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  for (const origin of ['https://evil.example', 'null', `${wiki.origin}.evil.example`]) {
    const socket = await dials(wiki, page, { cookie: ada.cookie, origin })
    expect(await socket.closed).toBe(4403)
  }
})

test('a program writes with a token of scope write, and reads with one of scope read', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const helloTo = async (scope: 'read' | 'write') => {
    const { secret } = await ada.token([scope])
    const socket = await dials(wiki, page, { authorization: `Bearer ${secret}` })
    const frame = await socket.hears(frame => frame[0] === kinds.hello)
    return JSON.parse(frame.subarray(frame.indexOf('{')).toString())
  }
  expect(await helloTo('write')).toMatchObject({
    canWrite: true,
    epoch: 1,
    schemaVersion: 1,
    user: { handle: ada.person.handle },
  })
  expect(await helloTo('read')).toMatchObject({ canWrite: false, reason: 'token' })
  const wrong = await dials(wiki, page, { authorization: 'Bearer nonsense' })
  expect(await wrong.closed).toBe(4401)
})

test('a room that is not there says why', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const codeOf = async (room: string) => (await dials(wiki, room, headersOf(wiki, ada))).closed
  expect(await codeOf('0190b0a0-0000-7000-8000-000000000000')).toBe(4404)
  expect(await codeOf('%E0%A4')).toBe(4404)
  expect(await codeOf(`${page}~2`)).toBe(4409)
  expect(await codeOf(`${page}?schema=0`)).toBe(4426)
  await wiki.db.write(tx => tx.updateTable('pages').set({ epoch: 2 }).where('id', '=', page).execute())
  expect(await codeOf(page)).toBe(4409)
  await wiki.db.write(tx => tx.updateTable('pages').set({ epoch: 1, deleted_at: 1 }).where('id', '=', page).execute())
  expect(await codeOf(page)).toBe(4410)
})

test('a draft that cannot be read whole is not opened', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  await wiki.db.write(tx => tx.deleteFrom('draft_updates').where('page_id', '=', page).execute())
  expect(await (await dials(wiki, page, headersOf(wiki, ada))).closed).toBe(4500)
})

test('a visitor reads along, and nothing of theirs gets in', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const [adas, reader] = [await opens(wiki, ada, page), await opens(wiki, null, page)]
  const refusal = new Promise<void>(resolve => {
    reader.provider.messageHandlers[kinds.rejected] = () => resolve()
  })
  adas.types('An oak', ' of old')
  await until(reader.ydoc, () => reader.shows() === 'An oak of old.')
  reader.types('An oak', 'NO')
  await refusal
  await adas.saved()
  expect(adas.shows()).toBe('An oak of old.')
})

test('a reader’s answer to a sync step is no edit', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.', 'A birch.')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of old')
  const reader = await dials(wiki, page, headersOf(wiki, null))
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate((await wiki.drafts.load(wiki.db.read, page)).ydoc))
  await reader.hears(frame => frame[0] === kinds.hello)
  expect(reader.frames.some(frame => frame[0] === 0 && frame[1] === 0)).toBe(false)
  reader.send(frames.step2(Y.encodeStateAsUpdate(copy)))
  reader.send(frames.barrier(1))
  await reader.hears(frame => frame.equals(frames.barrier(1)))
  expect(reader.frames.some(frame => frame[0] === kinds.rejected)).toBe(false)
  const edited = new Y.Doc()
  Y.applyUpdate(edited, Y.encodeStateAsUpdate(copy))
  typeBehind(edited, 'A birch', '!')
  expect(addsNothing(copy, Y.encodeStateAsUpdate(edited))).toBe(false)
})

test('a person who is suspended goes on reading, and nothing more of theirs gets in', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  const turned = new Promise<void>(resolve => {
    bos.provider.messageHandlers[kinds.hello] = () => resolve()
  })
  await wiki.db.write(async tx => {
    const row = {
      id: 'x',
      person_id: bo.person.id,
      by_id: null,
      reason: 'spam',
      at: Date.now(),
      until: null,
      lifted_at: null,
    }
    await tx.insertInto('suspensions').values(row).execute()
    await wiki.events.announce(tx, 'rights changed', { personId: bo.person.id })
  })
  await turned
  const refusal = new Promise<void>(resolve => {
    bos.provider.messageHandlers[kinds.rejected] = () => resolve()
  })
  bos.types('An oak', 'SPAM')
  await refusal
  adas.types('An oak', ' of old')
  await until(bos.ydoc, () => bos.shows().includes('of old'))
  await adas.saved()
  expect(adas.shows()).toBe('An oak of old.')
})

test('signing out closes the draft, and leaves the other sessions open', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const secret = await wiki.db.write(tx => wiki.accounts.sessions.begin(tx, ada.person.id, 'another browser'))
  const [here, there] = [await opens(wiki, ada, page), await opens(wiki, { cookie: `session=${secret}` }, page)]
  await ada.delete('/api/v1/session')
  expect(await here.closed).toBe(4401)
  there.types('An oak', ' of old')
  await there.saved()
})

test('signing out everywhere closes the draft', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  await wiki.db.write(tx => wiki.accounts.sessions.endAll(tx, ada.person.id))
  expect(await adas.closed).toBe(4401)
})
