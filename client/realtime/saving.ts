/** Where a writer's words are. `at` is when the server confirmed the last of them, in milliseconds. */
export type Saving =
  | { kind: 'loading' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number | undefined }
  /** So many changes are on this device only. */
  | { kind: 'offline'; count: number }
  /** They are nowhere but on the screen. */
  | { kind: 'unsaved' }
  /** A sentence for people. */
  | { kind: 'readonly'; reason: string }

/** Waits this long after a keystroke before asking whether it is saved, and never longer than the second. */
const pause = 150
const longest = 1_000

export interface Wire {
  /** Asks the server to say the token again, once everything sent before is on its disk. */
  ask(token: number): void
  hasDevice(): boolean
  onChange(saving: Saving): void
}

export class Closed extends Error {}

/**
 * Tells the truth about where the words are: "saved" means that the server has answered for the last keystroke, which it
 * does after its commit.
 */
export class SavingState {
  readonly #wire: Wire
  #isConnected = false
  #isSynced = false
  #hasBeenSynced = false
  /** Changes made here, those of them that the server has confirmed, and how many each token stands for. */
  #made = 0
  #confirmed = 0
  readonly #asked = new Map<number, number>()
  #token = 0
  #savedAt: number | undefined
  #reason: string | undefined
  #told = ''
  #due: ReturnType<typeof setTimeout> | undefined
  #since = 0
  #waiting: { token: number; saved: () => void; failed: (error: Error) => void }[] = []

  constructor(wire: Wire) {
    this.#wire = wire
  }

  get current(): Saving {
    if (this.#reason !== undefined) return { kind: 'readonly', reason: this.#reason }
    const count = this.#made - this.#confirmed
    if (!this.#hasBeenSynced && !(count > 0 && !this.#isConnected)) return { kind: 'loading' }
    if (!this.#isConnected)
      return count > 0 && !this.#wire.hasDevice() ? { kind: 'unsaved' } : { kind: 'offline', count }
    return count > 0 || !this.#isSynced ? { kind: 'saving' } : { kind: 'saved', at: this.#savedAt }
  }

  /** Whether words would be lost, or stay behind on this device, if the window closed now. */
  get isAtRisk(): boolean {
    return this.#made > this.#confirmed
  }

  changed() {
    this.#made++
    if (this.#since === 0) this.#since = Date.now()
    clearTimeout(this.#due)
    this.#due = setTimeout(() => this.#ask(), Math.max(0, Math.min(pause, this.#since + longest - Date.now())))
    this.#tell()
  }

  connected(isConnected: boolean) {
    this.#isConnected = isConnected
    if (!isConnected) {
      this.#isSynced = false
      // What was asked on a lost connection is never answered.
      this.#asked.clear()
    }
    this.#tell()
  }

  synced() {
    this.#isSynced = true
    this.#ask()
  }

  answered(token: number) {
    const count = this.#asked.get(token)
    if (count === undefined) return
    for (const earlier of this.#asked.keys()) if (earlier <= token) this.#asked.delete(earlier)
    if (count > this.#confirmed) this.#savedAt = Date.now()
    this.#confirmed = Math.max(this.#confirmed, count)
    this.#hasBeenSynced = true
    const isAnswered = (one: { token: number }) => one.token <= token
    const answered = this.#waiting.filter(isAnswered)
    this.#waiting = this.#waiting.filter(one => !isAnswered(one))
    for (const { saved } of answered) saved()
    this.#tell()
  }

  /** Nothing more is taken, or (undefined) it is again. */
  shut(reason: string | undefined) {
    const isOpenAgain = reason === undefined && this.#reason !== undefined
    this.#reason = reason
    if (isOpenAgain) this.#ask()
    if (reason !== undefined) for (const { failed } of this.#waiting.splice(0)) failed(new Closed(reason))
    this.#tell()
  }

  /** Resolves once everything changed so far is on the server's disk; waits for a connection if there is none. */
  barrier(): Promise<void> {
    if (this.#reason !== undefined) return Promise.reject(new Closed(this.#reason))
    return new Promise((saved, failed) => {
      this.#waiting.push({ token: this.#token + 1, saved, failed })
      this.#ask()
    })
  }

  end() {
    clearTimeout(this.#due)
    for (const { failed } of this.#waiting.splice(0)) failed(new Closed('closed'))
  }

  #ask() {
    clearTimeout(this.#due)
    this.#since = 0
    if (!this.#isSynced || this.#reason !== undefined) return
    const token = ++this.#token
    this.#asked.set(token, this.#made)
    this.#wire.ask(token)
    this.#tell()
  }

  #tell() {
    const { current } = this
    const words = JSON.stringify(current)
    if (words === this.#told) return
    this.#told = words
    this.#wire.onChange(current)
  }
}
