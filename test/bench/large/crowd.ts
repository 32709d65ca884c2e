import { once } from 'node:events'
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { fragmentOf } from '../../../shared/document/live.ts'
import { schemaVersion } from '../../../shared/document/schema.ts'
import { frames, kinds, syncKinds } from '../../../shared/realtime/messages.ts'

/** Somebody else with the page open, as light as can be: they hear nothing but the page as it was. */
export async function colleague(base: string, room: string, cookie: string) {
  const ydoc = new Y.Doc()
  const address = `${base.replace('http', 'ws')}/sync/${room}?schema=${schemaVersion}&client=${ydoc.clientID}`
  const socket = new WebSocket(address, { headers: { cookie, origin: base } })
  socket.binaryType = 'nodebuffer'
  const synced = new Promise<void>(resolve => {
    socket.on('message', (frame: Buffer) => {
      const decoder = decoding.createDecoder(frame)
      if (decoding.readVarUint(decoder) !== kinds.sync || decoding.readVarUint(decoder) !== syncKinds.step2) return
      Y.applyUpdate(ydoc, decoding.readVarUint8Array(decoder))
      socket.removeAllListeners('message')
      resolve()
    })
  })
  await once(socket, 'open')
  socket.send(frames.step1(Y.encodeStateVector(ydoc)))
  await synced
  ydoc.on('update', (update: Uint8Array) => socket.send(frames.update(update)))
  const texts = textsIn(fragmentOf(ydoc)).filter(text => text.length > 20)
  let clock = 0
  return {
    /** Types a letter into the line of that number, counted in a circle. */
    types(line: number) {
      const text = texts[line % texts.length]
      text?.insert(Math.floor(text.length / 2), 'e')
    },
    /** Puts the caret, and a selection of some letters, into that line. */
    moves(line: number) {
      const text = texts[line % texts.length]
      if (!text) return
      const at = Math.floor(Math.random() * (text.length - 12))
      const [anchor, head] = [at, at + (clock % 3 === 0 ? 10 : 0)].map(place =>
        Y.createRelativePositionFromTypeIndex(text, place),
      )
      socket.send(frames.awareness([{ clientId: ydoc.clientID, clock: ++clock, state: { cursor: { anchor, head } } }]))
    },
    leaves: () => socket.terminate(),
  }
}

function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
  return parent.toArray().flatMap(child => {
    if (child instanceof Y.XmlText) return [child]
    return child instanceof Y.XmlElement ? textsIn(child) : []
  })
}
