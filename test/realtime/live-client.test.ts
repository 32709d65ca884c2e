import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { paragraphs } from '../support/documents.ts'
import { shownIn, typeBehind } from '../support/drafts.ts'
import { LiveClient, type LiveOptions, type Lived } from '../support/live-client.ts'
import { write } from '../support/live-frames.ts'
import { as, type Member } from '../support/people.ts'
import { headersOf, type LiveWiki, liveWiki } from './support.ts'

function opens(wiki: LiveWiki, member: Member | null, room: string, more: Partial<LiveOptions> = {}) {
  const client = new LiveClient({
    server: wiki.sync,
    room,
    headers: headersOf(wiki, member),
    backoff: { first: 20, most: 100 },
    ...more,
  })
  onTestFinished(() => client.destroy())
  client.connect()
  return client
}

const shown = ({ ydoc }: LiveClient) => shownIn(ydoc)

/** The next of what happens to a client that is as wanted. */
const next = (client: LiveClient, isWanted: (lived: Lived) => boolean) =>
  new Promise<Lived>(resolve => {
    const stop = client.on(lived => {
      if (!isWanted(lived)) return
      stop()
      resolve(lived)
    })
  })

test('a client that was written from the protocol alone opens a page, writes, and knows when it is saved', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [opens(wiki, ada, page), opens(wiki, bo, page)]
  await Promise.all([adas.saved(), bos.saved()])
  expect(adas.hello).toMatchObject({ canWrite: true, epoch: 1, clientIdOk: true, user: { name: 'Ada' } })
  typeBehind(adas.ydoc, 'An oak', ' of old')
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.')
  expect([adas.made, adas.confirmed]).toEqual([1, 1])
  await bos.until(() => shown(bos) === 'An oak of old.')
})

test('such a client comes back by itself, in the middle of a frame too, and nothing is missing or doubled', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const lines: Socket[] = []
  const dial = () => {
    const line = connect(Number(new URL(wiki.sync).port), '127.0.0.1')
    lines.push(line)
    return line
  }
  const adas = opens(wiki, ada, page, { dial })
  await adas.saved()
  const [line] = lines
  if (!line) throw new Error('there is no line')
  const whole = line.write.bind(line)
  line.write = (bytes: Uint8Array | string) => {
    const isSent = whole(bytes.slice(0, Math.ceil(bytes.length / 2)))
    line.destroy()
    return isSent
  }
  typeBehind(adas.ydoc, 'An oak', ' of')
  await next(adas, lived => lived.kind === 'closed')
  typeBehind(adas.ydoc, 'An oak of', ' old')
  await adas.saved()
  expect(lines.length).toBeGreaterThan(1)
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('such a client writes after days offline from what its device has kept', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.')
  const before = opens(wiki, ada, page)
  await before.saved()
  before.disconnect()
  typeBehind(before.ydoc, 'An oak', ' of old')
  const kept = Y.encodeStateAsUpdate(before.ydoc)
  before.destroy()
  const bos = opens(wiki, bo, page)
  await bos.saved()
  typeBehind(bos.ydoc, 'A birch', ' so white')
  await bos.saved()

  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, kept, 'device')
  const after = opens(wiki, ada, page, { ydoc })
  expect(after.made).toBe(0)
  await after.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch so white.')
})

test('such a client answers a question after a gap, and is then told that its words are saved', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = opens(wiki, ada, page)
  await adas.saved()
  const stop = holdBack(adas)
  typeBehind(adas.ydoc, 'An oak', ' of')
  stop()
  const asked = next(adas, ({ kind }) => kind === 'step1')
  typeBehind(adas.ydoc, 'An oak of', ' old')
  await asked
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

/** One update gets lost on the way, as no real line loses it. */
function holdBack(client: LiveClient) {
  const original = client.ydoc.emit.bind(client.ydoc)
  client.ydoc.emit = () => {}
  return () => void (client.ydoc.emit = original)
}

test('such a client is told who restored a page, and what was published', async () => {
  const wiki = await liveWiki()
  const bo = await as(wiki, 'member', { name: 'Bo Lind' })
  const page = await wiki.page('An oak.')
  const bos = opens(wiki, bo, page)
  await bos.saved()
  const changed = next(bos, ({ kind }) => kind === 'event')
  const target = paragraphs('A birch.')
  await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: bo.person.id, kind: 'restore', target }))
  expect(await changed).toMatchObject({ body: { kind: 'changed', change: 'restore', by: 'Bo Lind' } })
  expect(shown(bos)).toBe('A birch.')
  const published = next(bos, ({ kind }) => kind === 'event')
  await wiki.revisions.publish(bo.person, page, { summary: 'trees' })
  expect(await published).toMatchObject({ body: { kind: 'published', by: 'Bo Lind', revision: 1 } })
})

test('such a client shows its cursor and sees the others come and go', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [opens(wiki, ada, page), opens(wiki, bo, page)]
  const place = { type: null, tname: 'page', item: null, assoc: 0 }
  adas.show({ cursor: { anchor: place, head: place } })
  const { clientID } = adas.ydoc
  await bos.until(() => bos.present.has(clientID))
  expect(bos.present.get(clientID)?.state).toMatchObject({ user: { name: 'Ada' }, cursor: { anchor: place } })
  adas.show(null)
  await bos.until(() => !bos.present.has(clientID))
})

test('such a client says nothing where it may only read, and stays away where it is not wanted', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const visitor = opens(wiki, null, page)
  await visitor.until(() => visitor.isSynced)
  expect(visitor.hello).toMatchObject({ canWrite: false, reason: 'visitor', user: null })
  typeBehind(visitor.ydoc, 'An oak', 'NO')
  visitor.send(write.update(Y.encodeStateAsUpdate(visitor.ydoc)))
  await visitor.until(() => visitor.rejections.length > 0)
  expect(visitor.rejections).toEqual([{ reason: 'readonly' }])
  const lost = opens(wiki, ada, '0190b0a0-0000-7000-8000-000000000000')
  expect(await next(lost, ({ kind }) => kind === 'closed')).toMatchObject({ code: 4404 })
  expect(lost.ended).toBe(4404)
})

test('such a client takes another client id where its own is somebody else’s', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const adas = opens(wiki, ada, page)
  await adas.saved()
  const ydoc = new Y.Doc()
  ydoc.clientID = adas.ydoc.clientID
  const bos = opens(wiki, bo, page, { ydoc })
  await bos.saved()
  expect(bos.ydoc.clientID).not.toBe(adas.ydoc.clientID)
  typeBehind(bos.ydoc, 'An oak', ' of old')
  await bos.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

for (const cause of ['squash', 'restore'] as const)
  test(`such a client is heard in its old room after a ${cause}, and then goes on in the new one`, async () => {
    const wiki = await liveWiki()
    const ada = await as(wiki, 'member')
    const page = await wiki.page('An oak.')
    const before = opens(wiki, ada, page)
    await before.saved()
    before.disconnect()
    typeBehind(before.ydoc, 'An oak', ' of old')
    await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause }))
    before.connect()
    const sentOn = next(before, ({ kind }) => kind === 'closed')
    await before.saved()
    expect(await wiki.logged(page)).toBe('An oak of old.')
    expect(await sentOn).toMatchObject({ code: 4409, reason: '2' })

    const after = opens(wiki, ada, `${page}~2`)
    await after.saved()
    expect(shown(after)).toBe('An oak of old.')
  })
