import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { frames, kinds, syncKinds } from '../../../shared/realtime/messages.ts'

/** The last letter of a line, behind which somebody types. */
export interface Place {
  client: number
  clock: number
}

export interface Seat {
  /** The room's address, with what it wants to know. */
  url: string
  headers: Record<string, string>
  clientId: number
}

/** Bytes of a token: a tilde, six digits of base 36, a semicolon. One is typed at a time, and found again on arrival. */
export const tokenSize = 8
const [tilde, semicolon] = [0x7e, 0x3b]

export const tokenOf = (turn: number) => `~${turn.toString(36).padStart(6, '0')};`

/**
 * Somebody who types at the end of a line. It keeps no document, so that fifty of them cost less than the server: it
 * knows its own last letter, and looks for tokens in what arrives.
 */
export class Typist {
  readonly clientId: number
  readonly #socket: WebSocket
  #behind: Place | undefined
  #clock = 0
  /** Resolves with the page's state, once the server has told it. */
  readonly state: Promise<Uint8Array>

  constructor({ url, headers, clientId }: Seat, onToken: (turn: number) => void) {
    this.clientId = clientId
    this.#socket = new WebSocket(url, { headers, perMessageDeflate: false })
    this.#socket.on('open', () => this.#socket.send(frames.step1(Uint8Array.of(0))))
    this.state = new Promise((resolve, reject) => {
      this.#socket.on('error', reject)
      this.#socket.on('close', code => reject(new Error(`closed with ${code}`)))
      this.#socket.on('message', (data: Buffer) => {
        if (data[0] !== kinds.sync) return
        if (data[1] === syncKinds.update) findTokens(data, onToken)
        else if (data[1] === syncKinds.step1) this.#socket.send(frames.step2(Uint8Array.of(0, 0)))
        else resolve(updateIn(data))
      })
    })
  }

  /** Resolves once the line is open, where nobody is there to tell the state. */
  opened(): Promise<void> {
    return new Promise(resolve => this.#socket.once('open', () => resolve()))
  }

  /** Sends a page's first state to a server that has none. */
  brings(update: Uint8Array) {
    this.#socket.send(frames.update(update))
  }

  sitsDown(behind: Place) {
    this.#behind = behind
  }

  types(turn: number) {
    const behind = this.#behind
    if (!behind) throw new Error('nobody types before sitting down')
    this.#socket.send(frames.update(insertion(this.clientId, this.#clock, behind, tokenOf(turn))))
    this.#clock += tokenSize
    this.#behind = { client: this.clientId, clock: this.#clock - 1 }
  }

  /** Says where its cursor is, as the editor does after each change. */
  moves(turn: number) {
    const at = { type: null, tname: null, item: this.#behind, assoc: 0 }
    const entry = { clientId: this.clientId, clock: turn, state: { cursor: { anchor: at, head: at } } }
    this.#socket.send(frames.awareness([entry]))
  }

  leaves(): Promise<void> {
    return new Promise(resolve => {
      this.#socket.once('close', () => resolve())
      this.#socket.close()
    })
  }
}

/** One item of text behind another, written as Yjs writes it. */
function insertion(client: number, clock: number, behind: Place, text: string): Uint8Array {
  const hasOrigin = 0x80
  const isText = 4
  return encoding.encode(encoder => {
    for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number)
    encoding.writeUint8(encoder, hasOrigin | isText)
    encoding.writeVarUint(encoder, behind.client)
    encoding.writeVarUint(encoder, behind.clock)
    encoding.writeVarString(encoder, text)
    // Nothing is deleted.
    encoding.writeVarUint(encoder, 0)
  })
}

function findTokens(data: Buffer, onToken: (turn: number) => void) {
  for (let at = data.indexOf(tilde); at >= 0; at = data.indexOf(tilde, at + 1)) {
    if (data[at + tokenSize - 1] !== semicolon) continue
    const turn = Number.parseInt(data.toString('latin1', at + 1, at + tokenSize - 1), 36)
    if (Number.isNaN(turn)) continue
    onToken(turn)
    at += tokenSize - 1
  }
}

function updateIn(data: Buffer): Uint8Array {
  const decoder = decoding.createDecoder(data)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}
