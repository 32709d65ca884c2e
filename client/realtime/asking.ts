/** Waits this long after a keystroke before asking whether it is saved, and never longer than the second. */
const pause = 150
const longest = 1_000

/** What was asked about: how far everything had come. */
export interface Asked {
  edits: number
  reached: ReadonlyMap<number, number>
}

export class Closed extends Error {}

export interface AskingParts {
  /** Asks the server to say the token again, once everything sent before is on its disk. */
  ask: (token: number) => void
  /** Whether there is somebody to ask. */
  mayAsk: () => boolean
  reached: () => Asked
  /** The server has everything that was reached. */
  onConfirmed: (asked: Asked) => void
}

/** Asks the server, at a calm pace, whether it has everything, and knows what each answer stands for. */
export class Asking {
  readonly #parts: AskingParts
  readonly #asked = new Map<number, Asked>()
  #token = 0
  #due: ReturnType<typeof setTimeout> | undefined
  #since = 0
  #waiting: { token: number; saved: () => void; failed: (error: Error) => void }[] = []

  constructor(parts: AskingParts) {
    this.#parts = parts
  }

  /** Asks soon: there is something new. */
  soon() {
    if (this.#since === 0) this.#since = Date.now()
    clearTimeout(this.#due)
    this.#due = setTimeout(() => this.now(), Math.max(0, Math.min(pause, this.#since + longest - Date.now())))
  }

  now() {
    clearTimeout(this.#due)
    this.#since = 0
    if (!this.#parts.mayAsk()) return
    const token = ++this.#token
    this.#asked.set(token, this.#parts.reached())
    this.#parts.ask(token)
  }

  /** What was asked on a lost connection is never answered. */
  lost() {
    this.#asked.clear()
  }

  answered(token: number) {
    const asked = this.#asked.get(token)
    if (!asked) return
    for (const earlier of this.#asked.keys()) if (earlier <= token) this.#asked.delete(earlier)
    this.#parts.onConfirmed(asked)
    const isAnswered = (one: { token: number }) => one.token <= token
    const answered = this.#waiting.filter(isAnswered)
    this.#waiting = this.#waiting.filter(one => !isAnswered(one))
    for (const { saved } of answered) saved()
  }

  /** Resolves once everything so far is on the server's disk; waits for a connection if there is none. */
  barrier(): Promise<void> {
    return new Promise((saved, failed) => {
      this.#waiting.push({ token: this.#token + 1, saved, failed })
      this.now()
    })
  }

  /** Nobody is to wait any more. */
  giveUp(why: string) {
    for (const { failed } of this.#waiting.splice(0)) failed(new Closed(why))
  }

  end() {
    clearTimeout(this.#due)
    this.giveUp('closed')
  }
}
