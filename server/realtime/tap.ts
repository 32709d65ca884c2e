import type { RawData } from 'ws'
import { Bucket } from './bucket.ts'
import type { Counts } from './counts.ts'
import { bounds, type Limits } from './limits.ts'
import type { LiveSocket } from './live-socket.ts'

/** Why nothing is read: nobody listens yet, too much came too fast, or the disk has to catch up. */
type Hold = 'door' | 'rate' | 'disk'

/** A message; nothing where it was text. */
type Message = Uint8Array | undefined

/**
 * What a client sends, read no faster than it may be. Nobody is turned out for sending fast: the socket is not read for a
 * while, so that what is still to come waits in the sender's own memory.
 */
export class Tap {
  readonly #socket: LiveSocket
  readonly #counts: Counts
  readonly #messages: Bucket
  readonly #bytes: Bucket
  readonly #holds = new Set<Hold>(['door'])
  /** Messages that had been read already when the line was held; they are parts of one piece that came at once. */
  readonly #read: Message[] = []
  #hear: (message: Message) => void = () => {}
  #isFlowing = false
  #timer: NodeJS.Timeout | undefined
  /** When the client last gave a sign of life. */
  heardAt = Date.now()

  constructor(socket: LiveSocket, limits: Limits, counts: Counts) {
    this.#socket = socket
    this.#counts = counts
    const now = performance.now()
    this.#messages = new Bucket(limits.messagesPerSecond, limits.messagesPerSecond * bounds.messageBurst, now)
    this.#bytes = new Bucket(limits.bytesPerSecond, limits.bytesPerSecond * bounds.byteBurst, now)
    socket.pause()
    socket.on('message', (data, isBinary) => {
      this.heardAt = Date.now()
      this.#read.push(isBinary ? bytesOf(data) : undefined)
      this.#flow()
    })
    socket.on('pong', () => {
      this.heardAt = Date.now()
    })
    socket.on('close', () => this.end())
  }

  /** From now on messages are heard, those first that came before anybody listened. */
  open(hear: (message: Message) => void) {
    this.#hear = hear
    this.release('door')
  }

  get isHeld(): boolean {
    return this.#holds.size > 0
  }

  hold(why: Hold) {
    this.#holds.add(why)
    this.#socket.pause()
  }

  release(why: Hold) {
    if (!this.#holds.delete(why) || this.isHeld) return
    this.heardAt = Date.now()
    this.#flow()
    if (!this.isHeld) this.#socket.resume()
  }

  /** Takes from the leave to send what an answer costs, so that asking again and again is no way to keep us busy. */
  charge(bytes: number) {
    if (this.#bytes.take(bytes, performance.now()) > 0) this.#slow('bytesPerSecond')
  }

  /** Nothing more is heard; the socket is read on, for the peer's part in closing it. */
  end() {
    clearTimeout(this.#timer)
    this.#hear = () => {}
    this.#holds.clear()
    this.#read.length = 0
    this.#socket.resume()
  }

  #flow() {
    if (this.#isFlowing) return
    this.#isFlowing = true
    let at = 0
    while (!this.isHeld && at < this.#read.length) {
      const message = this.#read[at++]
      const now = performance.now()
      if (this.#messages.take(1, now) > 0) this.#slow('messagesPerSecond')
      if (this.#bytes.take(message?.length ?? 0, now) > 0) this.#slow('bytesPerSecond')
      this.#hear(message)
    }
    this.#read.splice(0, at)
    this.#isFlowing = false
  }

  #slow(limit: 'messagesPerSecond' | 'bytesPerSecond') {
    if (this.#holds.has('rate')) return
    this.#counts.reached(limit)
    this.hold('rate')
    this.#await()
  }

  /** Goes on once nothing is owed any more; by then more may be owed than when the wait began. */
  #await() {
    const now = performance.now()
    const owed = Math.max(this.#messages.take(0, now), this.#bytes.take(0, now))
    if (owed <= 0) this.release('rate')
    else this.#timer = setTimeout(() => this.#await(), Math.max(owed, bounds.shortestWait))
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
