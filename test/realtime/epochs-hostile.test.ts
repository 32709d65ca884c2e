import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { copyOf } from '../support/drafts.ts'
import { as, type Member } from '../support/people.ts'
import { begins, ended, isHeard } from './epochs.ts'
import { dials, headersOf, type LiveWiki, liveWiki, opens, typeBehind } from './support.ts'

/** Opens an old room by hand, with a copy of what the draft ended as, and sends what has been done to that. */
async function sends(wiki: LiveWiki, member: Member, room: string, ydoc: Y.Doc, change: (ydoc: Y.Doc) => void) {
  const socket = await dials(wiki, room, headersOf(wiki, member))
  await socket.hears(frame => frame[0] === kinds.hello)
  const before = Y.encodeStateVector(ydoc)
  change(ydoc)
  socket.send(frames.step2(Y.encodeStateAsUpdate(ydoc, before)))
  socket.send(frames.barrier(1))
  const code = await socket.closed
  return { code, kinds: socket.frames.map(frame => frame[0]), isSaved: socket.frames.some(isBarrier) }
}

const isBarrier = (frame: Buffer) => frame[0] === kinds.barrier && frame[1] === 1

async function anOldRoom() {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', '古树很老。')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of Ada')
  await adas.saved()
  const ydoc = copyOf(adas.ydoc)
  adas.provider.disconnect()
  await begins(wiki, page, 'squash')
  return { wiki, ada, bo, page, adas, ydoc }
}

test('hostile bytes for an old epoch are refused, and nobody sees them', async () => {
  const { wiki, bo, page, ydoc } = await anOldRoom()
  const attacks: ((ydoc: Y.Doc) => void)[] = [
    old => fragmentOf(old).insert(0, [new Y.XmlElement('script')]),
    old => fragmentOf(old).insert(0, [new Y.XmlElement('row')]),
    old => old.getMap('elsewhere').set('a', 1),
    old => old.getXmlFragment('page').insert(0, [new Y.XmlText('bare')]),
    old => {
      const line = new Y.XmlElement('line')
      line.setAttribute('kind', 'poem')
      fragmentOf(old).insert(0, [line])
    },
    old => {
      const embed = new Y.XmlElement('embed')
      embed.setAttribute('href', 'javascript:alert(1)')
      fragmentOf(old).insert(0, [embed])
    },
  ]
  for (const [index, attack] of attacks.entries()) {
    const { code, isSaved, kinds: heard } = await sends(wiki, bo, page, copyOf(ydoc), attack)
    expect({ index, code, isSaved, isRejected: heard.includes(kinds.rejected) }).toEqual({
      index,
      code: 4422,
      isSaved: false,
      isRejected: true,
    })
  }
  const socket = await dials(wiki, page, headersOf(wiki, bo))
  socket.send(Buffer.from([0, 2, 5, 1, 2, 3, 4, 5]))
  expect(await socket.closed).toBe(4422)
  expect(await wiki.logged(page)).toBe('An oak of Ada.\n古树很老。')
})

test('nobody can be heard in the name of somebody else', async () => {
  const { wiki, bo, page, adas, ydoc } = await anOldRoom()
  const { code, isSaved } = await sends(wiki, bo, page, copyOf(ydoc), old => {
    old.clientID = adas.ydoc.clientID
    typeBehind(old, 'An oak', ' FORGED')
  })
  expect({ code, isSaved }).toEqual({ code: 4422, isSaved: false })
  expect(await wiki.logged(page)).toBe('An oak of Ada.\n古树很老。')
})

test('a client of plain frames is asked, acknowledged and sent on', async () => {
  const { wiki, bo, page, ydoc } = await anOldRoom()
  const { code, isSaved } = await sends(wiki, bo, page, copyOf(ydoc), old => typeBehind(old, '古树', '🌳'))
  expect({ code, isSaved }).toEqual({ code: 4409, isSaved: true })
  expect(await wiki.logged(page)).toBe('An oak of Ada.\n古树🌳很老。')
})

test('a hearing that cannot be written acknowledges nothing, and is held again', async () => {
  const { wiki, page, adas } = await anOldRoom()
  await wiki.db.write(async tx => {
    await sql`create trigger no_hearing before insert on draft_hearings begin select raise(abort, 'the disk is full'); end`.execute(
      tx,
    )
  })
  adas.types('An oak', ', kept,')
  let isSaved = false
  const saved = adas.saved().then(() => (isSaved = true))
  const closed = new Promise<number>(resolve =>
    adas.provider.on('connection-close', event => resolve(event?.code ?? 0)),
  )
  adas.provider.connect()
  expect(await closed).toBe(4500)
  expect(isSaved).toBe(false)
  expect(await wiki.logged(page)).toBe('An oak of Ada.\n古树很老。')

  await wiki.db.write(async tx => {
    await sql`drop trigger no_hearing`.execute(tx)
  })
  const end = ended(adas)
  await saved
  expect(await end).toMatchObject({ code: 4409 })
  expect(await wiki.logged(page)).toBe('An oak, kept, of Ada.\n古树很老。')
  await isHeard(adas)
})
