import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { frames } from '../../shared/realtime/messages.ts'
import { type Line, presence, siege, textOf, updateOf } from './siege.ts'

describe('bytes that are no edit are refused:', () => {
  const utf8 = (update: Uint8Array, word: string) => {
    const bytes = Buffer.from(update)
    bytes.fill(0xff, bytes.indexOf(word), bytes.indexOf(word) + word.length)
    return bytes
  }
  const typed = (ydoc: Y.Doc) => updateOf(ydoc, copy => textOf(copy).insert(0, 'WORDWORD'))
  const messages: Record<string, (ydoc: Y.Doc) => Uint8Array | string> = {
    'text that is not UTF-8': ydoc => frames.update(utf8(typed(ydoc), 'WORDWORD')),
    'a node whose name is not UTF-8': ydoc =>
      frames.update(
        utf8(
          updateOf(ydoc, copy => fragmentOf(copy).insert(0, [new Y.XmlElement('NODENODE')])),
          'NODENODE',
        ),
      ),
    'an edit cut short': ydoc => frames.update(typed(ydoc).subarray(0, -6)),
    'a count of two billion blocks': () => frames.update(Uint8Array.from([255, 255, 255, 255, 7, 1, 1, 0])),
    'a count beyond every number': () => frames.update(new Uint8Array(40).fill(255)),
    'a run of deletions without end': () =>
      frames.update(Uint8Array.from([0, 1, 1, 255, 255, 255, 255, 255, 255, 15, 0, 1])),
    'a clock at the end of numbers': () => frames.update(skipped(2 ** 52)),
    'an update of the second version': ydoc =>
      frames.update(Y.encodeStateAsUpdateV2(ydoc).map((byte, at) => (at === 0 ? 200 : byte))),
    'a state vector that lies about its length': () =>
      frames.step1(Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255])),
    'a frame in words': () => 'let me in',
    nothing: () => new Uint8Array(0),
    'presence that is no JSON': () => presence([{ clientId: 4711, clock: 1, json: '{"user":' }]),
    'presence cut short': () => presence([{ clientId: 4711, clock: 1, json: '{}' }]).subarray(0, -2),
  }
  test('whatever they are', async () => {
    const besieged = await siege()
    const codes: Record<string, number> = {}
    await besieged.withstands(async () => {
      for (const [name, message] of Object.entries(messages)) {
        const line = await besieged.storms()
        line.socket.send(message(await besieged.copy()))
        line.send(frames.barrier(1))
        codes[name] = await Promise.race([
          line.closed,
          line.hears(frame => frame.equals(frames.barrier(1))).then(() => 0),
        ])
      }
    })
    expect(codes).toEqual(Object.fromEntries(Object.keys(messages).map(name => [name, 4422])))
  })

  test('frames that WebSocket itself does not know end for good, not for now', async () => {
    const besieged = await siege()
    await besieged.withstands(async () => {
      for (const bytes of [
        [0x83, 0x80, 0, 0, 0, 0],
        [0xc2, 0x80, 0, 0, 0, 0],
        [0x81, 0x81, 0, 0, 0, 0, 0xff],
        [0x82, 0x01, 0],
      ]) {
        const line = await besieged.storms()
        raw(line).write(Uint8Array.from(bytes))
        expect(await line.closed).toBe(4422)
      }
    })
  })
})

/** An update that begins a client's structs at this clock. */
function skipped(clock: number): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const number of [1, 1, 4711, clock]) encoding.writeVarUint(encoder, number)
  encoding.writeUint8(encoder, 0)
  for (const number of [1, 0]) encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}

/** The wire under a line, past everything that would keep a client from doing harm. */
function raw({ socket }: Line): { write(bytes: Uint8Array): void } {
  const { _socket: wire } = socket as unknown as { _socket: { write(bytes: Uint8Array): void } }
  return wire
}
