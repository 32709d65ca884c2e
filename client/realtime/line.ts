import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { frames } from '../../shared/realtime/messages.ts'
import { pauseAfterWaking, pauseBefore } from './waiting.ts'

const second = 1000
/** A network that lost its way can leave a socket opening for minutes. */
const opening = 15 * second
/** The server speaks every 15 s of its own accord: a line that is silent for longer is none. */
const silence = 20 * second
/** After waking, a line that still holds answers sooner than this. */
const wakeful = 4 * second
/** No client asks under this number: it is only asked so that something is answered. */
const probe = 2 ** 31

export interface LineParts {
  server: string
  room: string
  ydoc: Y.Doc
  params: Record<string, string>
  sockets: typeof WebSocket | undefined
  /** Where it is told that the device wakes or loses its network: the window, if there is one. */
  signals: EventTarget | undefined
  onCut: (code: number, reason: string) => void
  /** Closed by the server for good: `again` may still be called. */
  onShut: (code: number, reason: string) => void
  /** Whether waking is worth a try although the server closed for good. */
  mayWake: () => boolean
}

/**
 * The line to the server. It comes back by itself, at a time of its own choosing, and notices when it only looks open:
 * a laptop that slept, a train in a tunnel.
 */
export class Line {
  readonly provider: WebsocketProvider
  /** When it is tried again, in milliseconds; undefined while it is open or shut. */
  nextTry: number | undefined
  readonly #parts: LineParts
  #attempt = 0
  #hasEnded = false
  #isShut = false
  #due: ReturnType<typeof setTimeout> | undefined
  #opening: ReturnType<typeof setTimeout> | undefined
  #silence: ReturnType<typeof setTimeout> | undefined
  #isListening = false

  constructor(parts: LineParts) {
    this.#parts = parts
    this.provider = new WebsocketProvider(parts.server, parts.room, parts.ydoc, {
      connect: false,
      // Tabs of two people in one browser would hear each other past the server.
      disableBc: true,
      params: parts.params,
      // Whether and when to come back is decided here: its own pauses are the same for everybody.
      shouldReconnect: () => false,
      ...(parts.sockets && { WebSocketPolyfill: parts.sockets }),
    })
    this.provider.on('connection-close', event => this.#isCut(event?.code ?? 0, event?.reason ?? ''))
    for (const signal of ['online', 'pageshow', 'visibilitychange'])
      parts.signals?.addEventListener(signal, this.#wakes)
    parts.signals?.addEventListener('offline', this.#cut)
  }

  open() {
    clearTimeout(this.#due)
    this.nextTry = undefined
    this.#isShut = false
    if (this.#hasEnded) return
    this.provider.connect()
    clearTimeout(this.#opening)
    this.#opening = setTimeout(() => this.provider.wsconnecting && this.#cut(), opening)
  }

  /** Tries again now; a line that is open is begun anew. */
  again() {
    if (this.provider.ws) this.#cut()
    this.#attempt = 0
    this.#openIn(0)
  }

  /** Tries again in a while, as after a loss. */
  later() {
    this.#openIn(pauseBefore(this.#attempt++, 0))
  }

  /** Says that the line has done its work, so that the next loss counts as the first. */
  isGood() {
    this.#attempt = 0
  }

  /** Sends something that is answered; where nothing at all comes back the line is cut. */
  ask(frame: Uint8Array<ArrayBuffer>) {
    this.provider.ws?.send(frame)
    if (!this.#isListening) this.#listen(silence)
  }

  end() {
    this.#hasEnded = true
    for (const timer of [this.#due, this.#opening, this.#silence]) clearTimeout(timer)
    for (const signal of ['online', 'pageshow', 'visibilitychange'])
      this.#parts.signals?.removeEventListener(signal, this.#wakes)
    this.#parts.signals?.removeEventListener('offline', this.#cut)
    this.provider.destroy()
  }

  #isCut(code: number, reason: string) {
    this.provider.shouldConnect = false
    clearTimeout(this.#opening)
    clearTimeout(this.#silence)
    this.#isListening = false
    if (this.#hasEnded) return
    this.#isShut = code >= 4400 && code < 4500
    this.#parts.onCut(code, reason)
    if (this.#isShut) this.#parts.onShut(code, reason)
    else this.#openIn(pauseBefore(this.#attempt++, code))
  }

  #openIn(pause: number) {
    clearTimeout(this.#due)
    this.nextTry = Date.now() + pause
    this.#due = setTimeout(() => this.open(), pause)
  }

  readonly #cut = () => this.provider.disconnect()

  readonly #wakes = () => {
    if (typeof document !== 'undefined' && document.visibilityState === 'hidden') return
    const { wsconnected, ws } = this.provider
    if (wsconnected) {
      ws?.send(frames.barrier(probe))
      this.#listen(wakeful)
    } else if (this.#isShut ? this.#parts.mayWake() : this.nextTry !== undefined) {
      const pause = pauseAfterWaking()
      if (this.nextTry === undefined || this.nextTry > Date.now() + pause) this.#openIn(pause)
    }
  }

  /** Cuts a line on which nothing comes in this time, unless what was sent is still on its way out. */
  #listen(patience: number) {
    const { ws, wsLastMessageReceived: heard } = this.provider
    clearTimeout(this.#silence)
    this.#isListening = true
    this.#silence = setTimeout(() => {
      this.#isListening = false
      if (!ws || this.provider.ws !== ws || this.provider.wsLastMessageReceived !== heard) return
      if (ws.bufferedAmount > 0) this.#listen(patience)
      else this.#cut()
    }, patience)
  }
}
