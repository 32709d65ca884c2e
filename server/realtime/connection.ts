import type { WebSocket } from 'ws'
import type { Asker } from '../../shared/accounts/contract.ts'
import { closing, type Closing } from '../../shared/realtime/closing.ts'
import type { DraftEvent, Rejected } from '../../shared/realtime/contract.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Entrance } from './entrance.ts'
import { bounds, type Limits } from './limits.ts'

/** One person's open socket on one page. */
export class Connection {
  readonly #socket: WebSocket
  readonly #limits: Limits
  /** Who it is and what they may do here, asked again whenever rights change: never keep a copy. */
  entrance: Entrance
  /** The Yjs client id under which this connection shows its cursor. */
  clientId: number | undefined
  /** Edits were refused, so nothing that is sent after them may be called saved. */
  isRefused = false
  /** Updates with a gap, since the last one without. */
  gaps = 0
  /** Tokens that wait until a gap is closed. */
  readonly owed: number[] = []
  isOpen = true
  #waiting = 0
  #waitingBytes = 0

  constructor(socket: WebSocket, entrance: Entrance, limits: Limits) {
    this.#socket = socket
    this.#limits = limits
    this.entrance = entrance
  }

  get person(): Asker {
    return this.entrance.person
  }

  get mayWrite(): boolean {
    return this.entrance.readonly === null && !this.isRefused
  }

  /** Sends a frame, unless the reader is so slow that it has to come back for everything. */
  send(frame: Uint8Array) {
    if (!this.isOpen) return
    if (this.#socket.bufferedAmount > this.#limits.slowReader) this.close(closing.restart)
    else this.#socket.send(frame)
  }

  /** Sends a frame that nobody misses. */
  sendLightly(frame: Uint8Array) {
    if (this.#socket.bufferedAmount <= bounds.slowPresence) this.send(frame)
  }

  /** Counts what waits to be committed; a line that brings more than the disk takes is held. */
  brings(bytes: number) {
    this.#waiting++
    this.#waitingBytes += bytes
    if (this.#waiting > bounds.waiting || this.#waitingBytes > bounds.waitingBytes) this.#socket.pause()
  }

  /** The counterpart of `brings`. */
  isRidOf(bytes: number) {
    this.#waiting--
    this.#waitingBytes -= bytes
    if (this.#socket.isPaused && this.#waiting < bounds.waiting / 2 && this.#waitingBytes < bounds.waitingBytes / 2)
      this.#socket.resume()
  }

  tell(event: DraftEvent) {
    this.send(frames.event(event))
  }

  /** Says that what was sent is not kept. */
  reject(rejection: Rejected) {
    this.isRefused = true
    this.send(frames.rejected(rejection))
  }

  close(code: Closing, reason = '') {
    if (!this.isOpen) return
    this.isOpen = false
    this.#socket.close(code, reason)
    // A peer that never answers the closing handshake is cut.
    setTimeout(() => this.#socket.terminate(), 5_000).unref()
  }
}
