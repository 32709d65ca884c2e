/**
 * A client of the live channel, written from `shared/realtime/PROTOCOL.md` alone, as somebody would who knows nothing of
 * the wiki's code. It comes back by itself, sends everything that is not yet acknowledged again, and knows which of its
 * edits are on the server's disk.
 */
import type { Socket } from 'node:net'
import { type ClientOptions, WebSocket } from 'ws'
import * as Y from 'yjs'
import { type Heard, type Presence, readFrame, write } from './live-frames.ts'

export interface LiveOptions {
  /** `ws://host/sync`. */
  server: string
  /** As `draft.room` says it. */
  room: string
  /** Cookie and Origin, or Authorization. */
  headers?: Record<string, string>
  /** What this device has of the draft. */
  ydoc?: Y.Doc
  params?: Record<string, string>
  /** Milliseconds: the first wait before coming back, and the longest. */
  backoff?: { first: number; most: number }
  /** How long after an edit to ask whether it is saved. */
  pause?: number
  /** Makes the line that the socket runs on. */
  dial?: () => Socket
}

/** What happens to a client, besides the frames it hears. */
export type Lived =
  | Heard
  | { kind: 'synced' }
  | { kind: 'confirmed' }
  | { kind: 'closed'; code: number; reason: string }

const [renewal, patience] = [15_000, 30_000]

export class LiveClient {
  readonly ydoc: Y.Doc
  /** Edits made here, and how many of them, in order, are known to be on the server's disk. */
  made = 0
  confirmed = 0
  hello: Record<string, unknown> = {}
  readonly rejections: Record<string, unknown>[] = []
  /** Everyone else who is here. */
  readonly present = new Map<number, Presence>()
  isSynced = false
  /** The code that ended it for good. */
  ended: number | undefined
  readonly #options: LiveOptions
  readonly #listeners = new Set<(lived: Lived) => void>()
  readonly #asked = new Map<number, number>()
  /** What is not known to be on the server's disk, as it was sent or would have been. */
  #unheard: { made: number; frame: Uint8Array }[] = []
  #socket: WebSocket | undefined
  #token = 0
  #answeredToken = 0
  #isSending = false
  #wantsLine = false
  #tries = 0
  #presence: { clock: number; state: Presence['state'] } = { clock: 0, state: null }
  #coming: NodeJS.Timeout | undefined
  #asking: NodeJS.Timeout | undefined
  #silence: NodeJS.Timeout | undefined
  readonly #renewing: NodeJS.Timeout

  constructor(options: LiveOptions) {
    this.#options = options
    this.ydoc = options.ydoc ?? new Y.Doc()
    this.ydoc.on('update', this.#edited)
    this.#renewing = setInterval(() => this.#sayPresence(), renewal).unref()
  }

  /** Whether the server has said that it has everything, also what was made before this client began. */
  get isDelivered(): boolean {
    return this.#answeredToken > 0 && this.confirmed >= this.made
  }

  connect() {
    clearTimeout(this.#coming)
    this.#wantsLine = true
    if (this.#socket || this.ended !== undefined) return
    const { server, room, headers, params, dial } = this.#options
    const query = new URLSearchParams({ client: String(this.ydoc.clientID), ...params })
    const options: ClientOptions = { ...(headers && { headers }), ...(dial && { createConnection: dial }) }
    const socket = new WebSocket(`${server}/${room}?${query.toString()}`, options)
    this.#socket = socket
    socket.binaryType = 'nodebuffer'
    socket.on('open', () => {
      this.#send(write.step1(Y.encodeStateVector(this.ydoc)))
      this.#sayPresence()
      this.#silence = setTimeout(() => socket.terminate(), patience).unref()
    })
    socket.on('message', (data: Buffer) => {
      if (this.#socket !== socket) return
      this.#silence?.refresh()
      this.#hear(readFrame(data))
    })
    // What went wrong is told by the code it closes with.
    socket.on('error', () => {})
    socket.on('close', (code, reason) => {
      if (this.#socket === socket) this.#closed(code, reason.toString())
    })
  }

  /** Goes offline, and stays so until `connect`. */
  disconnect() {
    this.#wantsLine = false
    clearTimeout(this.#coming)
    const socket = this.#socket
    if (!socket) return
    this.#closed(1000, '')
    socket.terminate()
  }

  destroy() {
    this.disconnect()
    clearInterval(this.#renewing)
    clearTimeout(this.#asking)
    this.ydoc.off('update', this.#edited)
    this.#listeners.clear()
  }

  on(listener: (lived: Lived) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Resolves once this is so; it is looked at whenever something happens. */
  until(claim: () => boolean): Promise<void> {
    return new Promise(resolve => {
      if (claim()) return resolve()
      const stop = this.on(() => {
        if (!claim()) return
        stop()
        resolve()
      })
    })
  }

  /** Resolves once every edit made so far is on the server's disk. */
  saved(): Promise<void> {
    const due = this.#token + 1
    this.#ask()
    return this.until(() => this.#answeredToken >= due)
  }

  /** Shows one's cursor, two relative positions in Yjs's JSON, or with `null` nobody. */
  show(state: Presence['state']) {
    this.#presence = { clock: this.#presence.clock + 1, state }
    this.#sayPresence()
  }

  /** Sends a frame as it is, whatever it says. */
  send(frame: Uint8Array) {
    this.#send(frame)
  }

  #hear(heard: Heard) {
    switch (heard.kind) {
      case 'step1':
        this.#answer(heard.vector)
        break
      case 'step2':
        Y.applyUpdate(this.ydoc, heard.update, this)
        this.isSynced = true
        this.#tries = 0
        this.#ask()
        this.#tell({ kind: 'synced' })
        break
      case 'update':
        Y.applyUpdate(this.ydoc, heard.update, this)
        break
      case 'awareness':
        for (const entry of heard.entries) this.#meet(entry)
        break
      case 'hello':
        this.hello = heard.body
        if (heard.body['canWrite'] !== true) this.#isSending = false
        if (heard.body['clientIdOk'] === false) this.ydoc.clientID = new Y.Doc().clientID
        break
      case 'rejected':
        this.#isSending = false
        this.rejections.push(heard.body)
        break
      case 'barrier':
        this.#answered(heard.token)
        break
      case 'event':
      case 'unknown':
    }
    this.#tell(heard)
  }

  /** A document forgets words that are removed from afar, an update does not: so what is unheard goes first. */
  #answer(vector: Uint8Array) {
    for (const { frame } of this.#unheard) this.#send(frame)
    const frame = write.step2(Y.encodeStateAsUpdate(this.ydoc, vector))
    this.#unheard.push({ made: this.made, frame })
    this.#send(frame)
    this.#isSending = true
  }

  #edited = (update: Uint8Array, origin: unknown) => {
    if (origin === this || origin === 'device') return
    const frame = write.update(update)
    this.#unheard.push({ made: ++this.made, frame })
    if (!this.#isSending) return
    this.#send(frame)
    const { pause = 150 } = this.#options
    if (pause === 0) return this.#ask()
    clearTimeout(this.#asking)
    this.#asking = setTimeout(() => this.#ask(), pause)
  }

  /** What was made before the line was in sync is asked for with the sync. */
  #ask() {
    if (!this.isSynced) return
    this.#asked.set(++this.#token, this.made)
    this.#send(write.barrier(this.#token))
  }

  #answered(token: number) {
    const made = this.#asked.get(token)
    if (made === undefined) return
    for (const earlier of this.#asked.keys()) if (earlier <= token) this.#asked.delete(earlier)
    this.confirmed = Math.max(this.confirmed, made)
    this.#answeredToken = token
    this.#unheard = this.#unheard.filter(one => one.made > made)
    this.#tell({ kind: 'confirmed' })
  }

  #meet(entry: Presence) {
    if (entry.clientId === this.ydoc.clientID || entry.clock < (this.present.get(entry.clientId)?.clock ?? 0)) return
    if (entry.state) this.present.set(entry.clientId, entry)
    else this.present.delete(entry.clientId)
  }

  #sayPresence() {
    const { clock, state } = this.#presence
    if (clock > 0) this.#send(write.awareness([{ clientId: this.ydoc.clientID, clock: this.#presence.clock++, state }]))
  }

  #closed(code: number, reason: string) {
    this.#socket = undefined
    this.isSynced = this.#isSending = false
    this.#asked.clear()
    this.present.clear()
    clearTimeout(this.#silence)
    if (code >= 4400 && code < 4500) this.ended = code
    this.#tell({ kind: 'closed', code, reason })
    if (this.ended !== undefined || !this.#wantsLine) return
    const { first, most } = this.#options.backoff ?? { first: 200, most: 10_000 }
    const longest = Math.min(most, first * 2 ** this.#tries++)
    this.#coming = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2))
  }

  #send(frame: Uint8Array) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame)
  }

  #tell(lived: Lived) {
    // One of them may end this client; the others hear of it all the same.
    const listeners = [...this.#listeners]
    for (const listener of listeners) listener(lived)
  }
}
