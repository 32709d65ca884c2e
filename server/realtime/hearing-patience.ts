/** How long one waits for somebody who has said nothing, nothing new, something, everything, and knows that it is kept. */
const waits = { silent: 2_000, unanswered: 10_000, unfinished: 3_000, finished: 1_000, acknowledged: 400 }
/** Whoever goes on writing is sent on nevertheless; what comes later is heard when they come back. */
const longest = 10_000

/** How long somebody who is heard is waited for, by what they have said so far; afterwards `onOver` is called. */
export class Patience {
  readonly #onOver: () => void
  #timer: NodeJS.Timeout | undefined
  #answeredAt: number | undefined
  hasSpoken = false
  hasEdited = false
  isAcknowledged = false

  constructor(onOver: () => void) {
    this.#onOver = onOver
  }

  /** They have said everything that they have. */
  answered() {
    this.#answeredAt ??= Date.now()
  }

  wait() {
    const left = this.#answeredAt === undefined ? longest : this.#answeredAt + longest - Date.now()
    this.stop()
    this.#timer = setTimeout(this.#onOver, Math.min(this.#longest, Math.max(0, left)))
  }

  stop() {
    clearTimeout(this.#timer)
  }

  get #longest(): number {
    if (this.#answeredAt !== undefined) return this.isAcknowledged ? waits.acknowledged : waits.finished
    if (this.hasEdited) return waits.unfinished
    return this.hasSpoken ? waits.unanswered : waits.silent
  }
}
