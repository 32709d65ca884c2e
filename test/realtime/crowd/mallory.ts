import * as Y from 'yjs'
import { fragmentOf } from '../../../shared/document/live.ts'
import { copyOf, textsIn } from '../../support/drafts.ts'
import { write } from '../../support/live-frames.ts'
import type { Member } from '../../support/people.ts'
import { dials, headersOf, type LiveWiki } from '../support.ts'

const firstText = (ydoc: Y.Doc) => textsIn(fragmentOf(ydoc))[0]
const firstBlock = (ydoc: Y.Doc) => {
  const block: unknown = fragmentOf(ydoc).get(0)
  return block instanceof Y.XmlElement ? block : undefined
}

/** Updates that Yjs takes and no draft may hold. */
const attacks: ((ydoc: Y.Doc, victim: number) => void)[] = [
  ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('iframe')]),
  ydoc => firstBlock(ydoc)?.insert(0, [new Y.XmlElement('table')]),
  ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlText('bare')]),
  ydoc => firstBlock(ydoc)?.setAttribute('level', '2'),
  ydoc => firstBlock(ydoc)?.setAttribute('onclick', 'steal()'),
  ydoc => firstText(ydoc)?.format(0, 1, { blink: {} }),
  ydoc => firstText(ydoc)?.insertEmbed(0, { evil: true }),
  ydoc => ydoc.getMap('hidden').set('a', 1),
  (ydoc, victim) => {
    ydoc.clientID = victim
    firstText(ydoc)?.insert(0, 'FORGED')
  },
  (ydoc, victim) => {
    // In another's name, and with everything they have said so far missing.
    ydoc.store.clients.delete(victim)
    ydoc.clientID = victim
    fragmentOf(ydoc).insert(0, [new Y.XmlElement('line')])
  },
]

/** What a member sends who means harm: any bytes, or an update made to hurt. Promises the socket's end, if it came. */
export async function attack(
  wiki: LiveWiki,
  mallory: Member,
  room: string,
  { bytes, way, victim, copy }: { bytes: Uint8Array; way: number; victim: number; copy: Y.Doc },
) {
  const socket = await dials(wiki, room, headersOf(wiki, mallory))
  const choice = way % (attacks.length + 3)
  const chosen = attacks[choice]
  if (chosen) {
    const evil = copyOf(copy)
    evil.on('update', (update: Uint8Array) => socket.send(write.update(update)))
    chosen(evil, victim)
  } else if (choice === attacks.length) socket.send(bytes)
  else if (choice === attacks.length + 1) socket.send(write.update(bytes))
  else {
    const ghosts = [...bytes].map(clientId => ({ clientId, clock: 2 ** 30, state: null }))
    socket.send(write.awareness([...ghosts, { clientId: victim, clock: 2 ** 30, state: { user: { name: 'pwned' } } }]))
  }
  return socket
}
