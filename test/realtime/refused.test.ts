import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { textsIn } from '../support/drafts.ts'
import { as } from '../support/people.ts'
import { dials, type Editor, headersOf, liveWiki, opens, typeBehind } from './support.ts'

/** What a hostile client does to its copy of a draft of two lines. */
const attacks: Record<string, (ydoc: Y.Doc) => void> = {
  'a node that does not exist': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('iframe')]),
  'a child that its parent cannot hold': ydoc => {
    const line = fragmentOf(ydoc).get(0)
    if (line instanceof Y.XmlElement) line.insert(0, [new Y.XmlElement('line')])
  },
  'text where blocks belong': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlText('bare')]),
  'an attribute of the wrong type': ydoc => {
    const line: unknown = fragmentOf(ydoc).get(0)
    if (line instanceof Y.XmlElement) line.setAttribute('level', '2')
  },
  'an attribute that does not exist': ydoc => {
    const line: unknown = fragmentOf(ydoc).get(0)
    if (line instanceof Y.XmlElement) line.setAttribute('onclick', 'steal()')
  },
  'a mark that does not exist': ydoc => textsIn(fragmentOf(ydoc))[0]?.format(0, 3, { blink: {} }),
  'an address that runs': ydoc =>
    textsIn(fragmentOf(ydoc))[0]?.format(0, 3, { link: { href: 'javascript:alert(1)', title: '' } }),
  'an object in the text': ydoc => textsIn(fragmentOf(ydoc))[0]?.insertEmbed(1, { evil: true }),
  'a root of another name': ydoc => ydoc.getText('hidden').insert(0, 'words'),
  'a map of another name': ydoc => ydoc.getMap('hidden').set('a', 1),
  'a document in the document': ydoc => {
    const line: unknown = fragmentOf(ydoc).get(0)
    if (line instanceof Y.XmlElement) line.setAttribute('dir', new Y.Doc())
  },
  'a tower of nodes': ydoc => {
    const top = new Y.XmlElement('callout')
    fragmentOf(ydoc).insert(0, [top])
    for (let depth = 0, at = top; depth < 3000; depth++) {
      const next = new Y.XmlElement('callout')
      at.insert(0, [next])
      at = next
    }
  },
}

for (const [name, attack] of Object.entries(attacks))
  test(`${name} is refused, and the honest go on as if nothing had been`, async () => {
    const wiki = await liveWiki()
    const [ada, bo, mallory] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
    const page = await wiki.page('An oak.', 'A birch.')
    const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
    const evil = await opens(wiki, mallory, page)
    const refusal = new Promise<void>(resolve => {
      evil.provider.messageHandlers[kinds.rejected] = () => resolve()
    })
    adas.types('An oak', ' of old')
    attack(evil.ydoc)
    bos.types('A birch', ' so white')

    await refusal
    expect(await evil.closed).toBe(4422)
    await Promise.all([adas.saved(), bos.saved()])
    await Promise.all([adas.saved(), bos.saved()])
    for (const { shows } of [adas, bos]) expect(shows()).toBe('An oak of old.\nA birch so white.')
    expect(await wiki.logged(page)).toBe('An oak of old.\nA birch so white.')
  })

/** Types under another client id. Promises the code with which that ends. */
async function forges({ ydoc, types, closed }: Editor, clientId: number) {
  const own = ydoc.clientID
  ydoc.clientID = clientId
  types('An oak', 'FORGED')
  ydoc.clientID = own
  return closed
}

test('words under somebody else’s client id are refused', async () => {
  const wiki = await liveWiki()
  const [ada, mallory] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of old')
  await adas.saved()

  const evil = await opens(wiki, mallory, page)
  expect(await forges(evil, adas.ydoc.clientID)).toBe(4422)
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('a client id is its holder’s from the moment their cursor is seen', async () => {
  const wiki = await liveWiki()
  const [ada, mallory] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  await adas.saved()
  const evil = await opens(wiki, mallory, page)
  expect(await forges(evil, adas.ydoc.clientID)).toBe(4422)
  adas.types('An oak', ' of old')
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('bytes that are no frame cost their sender the connection, not the server its life', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  for (const bytes of [
    [],
    [0],
    [0, 2, 200, 1, 1],
    [0, 2, 3, 255, 255, 255],
    [1, 3, 1, 1, 1],
    [0, 9, 0],
    [255, 255, 255],
  ]) {
    const socket = await dials(wiki, page, headersOf(wiki, ada))
    socket.send(Uint8Array.from(bytes))
    socket.send(Uint8Array.from([0, 2, 1, 255]))
    expect(await socket.closed).toBe(4422)
  }
  expect((await opens(wiki, ada, page)).shows()).toBe('An oak.')
})

test('an update with a gap is asked for again, and nothing after it is called saved before', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const socket = await dials(wiki, page, headersOf(wiki, ada))
  const mine = new Y.Doc()
  Y.applyUpdate(mine, Y.encodeStateAsUpdate((await wiki.drafts.load(wiki.db.read, page)).ydoc))
  const start = Y.encodeStateVector(mine)
  typeBehind(mine, 'An oak', ' of')
  const middle = Y.encodeStateVector(mine)
  typeBehind(mine, 'An oak of', ' old')

  socket.send(frames.update(Y.encodeStateAsUpdate(mine, middle)))
  socket.send(frames.barrier(1))
  const isQuestion = (frame: Buffer) => frame[0] === 0 && frame[1] === 0
  await socket.hears(frame => isQuestion(frame) && socket.frames.filter(isQuestion).length > 1)
  expect(socket.frames.some(frame => frame.equals(frames.barrier(1)))).toBe(false)
  socket.send(frames.step2(Y.encodeStateAsUpdate(mine, start)))
  await socket.hears(frame => frame.equals(frames.barrier(1)))
  expect(await wiki.logged(page)).toBe('An oak of old.')
})
