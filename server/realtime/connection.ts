import * as Y from 'yjs'
import type { Asker } from '../../shared/accounts/contract.ts'
import { closing, type Closing } from '../../shared/realtime/closing.ts'
import type { DraftEvent, Rejected } from '../../shared/realtime/contract.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Counts } from './counts.ts'
import type { Entrance } from './entrance.ts'
import { bounds, type Limits } from './limits.ts'
import type { LiveSocket } from './live-socket.ts'
import type { Tap } from './tap.ts'

export interface ConnectionParts {
  socket: LiveSocket
  tap: Tap
  limits: Limits
  counts: Counts
}

/** One person's open socket on one page. */
export class Connection {
  readonly #parts: ConnectionParts
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
  /** What it says it has, since it asked for the rest. */
  asked: Uint8Array | undefined
  /** It has been asked what it has; only from then on is it told what others do. */
  isGreeted = false
  #isSynced = false
  #waiting = 0
  #waitingBytes = 0

  constructor(parts: ConnectionParts, entrance: Entrance) {
    this.#parts = parts
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
    if (this.#keepsUp()) this.#parts.socket.send(frame)
  }

  /** The same for what is packed for many; `light` is that and more which nobody misses. */
  sendPacked(packed: Buffer, light?: Buffer) {
    if (this.#keepsUp()) this.#parts.socket.sendPacked(light && this.#hasRoomForMore() ? light : packed)
  }

  /** Sends something packed that nobody misses. */
  sendLightly(packed: Buffer) {
    if (this.isOpen && this.#hasRoomForMore()) this.#parts.socket.sendPacked(packed)
  }

  #keepsUp(): boolean {
    if (!this.isOpen) return false
    const { socket, limits, counts } = this.#parts
    if (socket.bufferedAmount <= limits.slowReader) return true
    counts.reached('slowReader')
    this.close(closing.restart, 'too slow')
    return false
  }

  #hasRoomForMore(): boolean {
    const { socket, limits } = this.#parts
    return socket.bufferedAmount <= Math.min(bounds.slowPresence, limits.slowReader / 8)
  }

  /** Tells it what it lacks of a draft. Everybody asks once; whoever asks on and on is made to wait. */
  sync(ydoc: Y.Doc, vector: Uint8Array) {
    const frame = frames.step2(Y.encodeStateAsUpdate(ydoc, vector))
    if (this.#isSynced) this.charge(frame.length)
    this.#isSynced = true
    this.send(frame)
  }

  /** Takes what an answer costs from this client's leave to send. */
  charge(bytes: number) {
    this.#parts.tap.charge(bytes)
  }

  /** Counts what waits to be committed; a line that brings more than the disk takes is held. */
  brings(bytes: number) {
    this.#waiting++
    this.#waitingBytes += bytes
    if (this.#waiting > bounds.waiting || this.#waitingBytes > bounds.waitingBytes) this.#parts.tap.hold('disk')
  }

  /** The counterpart of `brings`. */
  isRidOf(bytes: number) {
    this.#waiting--
    this.#waitingBytes -= bytes
    if (this.#waiting < bounds.waiting / 2 && this.#waitingBytes < bounds.waitingBytes / 2)
      this.#parts.tap.release('disk')
  }

  tell(event: DraftEvent) {
    this.send(frames.event(event))
  }

  /** Says that what was sent is not kept. */
  reject(rejection: Rejected) {
    this.isRefused = true
    this.#parts.counts.refused(rejection.reason)
    this.send(frames.rejected(rejection))
  }

  /** Shows that this end is alive, and asks whether the other one is; a line that is dead is cut. */
  beat(now: number) {
    const { socket, tap } = this.#parts
    if (!tap.isHeld && now - tap.heardAt > bounds.silence) return socket.terminate()
    socket.ping()
    this.send(frames.barrier(0))
  }

  close(code: Closing, reason = '') {
    if (!this.isOpen) return
    this.isOpen = false
    this.#parts.tap.end()
    this.#parts.socket.close(code, reason)
  }
}
