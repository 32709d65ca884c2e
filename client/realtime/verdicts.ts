import { closing } from '../../shared/realtime/closing.ts'
import type { Hello, Rejected } from '../../shared/realtime/contract.ts'
import type { Asking } from './asking.ts'
import type { DraftAddress } from './draft.ts'
import type { Line } from './line.ts'
import type { Shut, Trouble } from './saving.ts'
import type { State } from './state.ts'

export interface VerdictsParts {
  say: DraftAddress['say']
  state: State
  asking: Asking
  line: Line
  /** The client id in use is somebody else's. */
  takeOtherId: () => void
  /** What was written will never be taken. */
  setAside: () => void
  /** The draft is elsewhere; everything written here is delivered, or not. */
  move: (isDelivered: boolean) => void
}

/** How often an old room is asked to hear what it has not confirmed yet. */
const hearings = 3
const ways: Record<number, Shut['way']> = { [closing.signIn]: 'sign-in', [closing.outdated]: 'reload' }

/** What the server says of somebody's right to write, and what follows from it. */
export class Verdicts {
  readonly #parts: VerdictsParts
  #isRefused = false
  #shutBy = 0
  #isHeard = false
  #hearingsLeft = hearings

  constructor(parts: VerdictsParts) {
    this.#parts = parts
  }

  /** Somebody who is signed out may have signed in again elsewhere by the time they look here. */
  get mayWake(): boolean {
    return this.#shutBy === closing.signIn && !this.#isRefused
  }

  connecting() {
    this.#isHeard = false
  }

  confirmed() {
    this.#hearingsLeft = hearings
  }

  greeted({ canWrite, reason, until, words = '', clientIdOk }: Hello) {
    const { say, state, asking, line, takeOtherId } = this.#parts
    this.#isHeard = canWrite
    if (!clientIdOk) takeOtherId()
    if (this.#isRefused) return
    if (canWrite) {
      const wasShut = state.standing.shut !== undefined
      state.change({ shut: undefined })
      if (wasShut) asking.now()
      return
    }
    // The right is back, but this connection has been refused something: another one begins anew.
    if (reason === null) return line.again()
    // Their own words may run the other way than the sentence around them.
    const why = say(`realtime.readonly.${reason}`, { said: String(words !== ''), words: `\u2068${words}\u2069` })
    this.#shut(until === null ? why : say('realtime.readonly.until', { reason: why, until: new Date(until) }))
  }

  rejected({ reason }: Rejected) {
    const { say, state } = this.#parts
    if (reason !== 'readonly') return this.#refuse(say(`realtime.rejected.${reason}`))
    if (!state.standing.shut) this.#shut(say('realtime.rejected.readonly'))
  }

  /** The server closed for good. */
  closed(code: number, reason: string) {
    const { say } = this.#parts
    if (this.#isRefused) return
    this.#shutBy = code
    if (code === closing.otherEpoch) return this.#isElsewhere()
    if (code === closing.rejected || code === closing.tooLarge) return this.#refuse(say(`realtime.closed.${code}`))
    const isOther = code === closing.signIn && reason === 'other person'
    this.#shut(say(isOther ? 'realtime.closed.other-person' : `realtime.closed.${code}`), ways[code])
  }

  /** An old room hears what it has not confirmed yet before its writers go to the new one. */
  #isElsewhere() {
    const { state, line, move } = this.#parts
    const isDelivered = state.unsent === 0
    if (!isDelivered && this.#isHeard && this.#hearingsLeft-- > 0) line.later()
    else move(isDelivered)
  }

  /** What the server will never take is not sent again. */
  #refuse(why: string) {
    const { line, state, setAside } = this.#parts
    this.#isRefused = true
    line.end()
    this.#shut(why, 'reload')
    if (state.unsent > 0) setAside()
  }

  #shut(reason: string, way?: Shut['way']) {
    this.#parts.state.change({ shut: { reason, way } })
    this.#parts.asking.giveUp(reason)
  }
}

/** What a close code says of a server that could be reached, and closed for now. */
export function troubleOf(code: number, reason: string): Trouble | undefined {
  if (code === closing.overloaded) return 'busy'
  if (code !== closing.restart) return undefined
  return reason === 'not saved' ? 'disk' : reason === 'damaged' ? 'damaged' : undefined
}
