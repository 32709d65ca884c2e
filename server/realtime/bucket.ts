/**
 * Leave to send: it comes back steadily, up to a burst, and may be overdrawn once, by whatever is taken when it is not yet
 * used up.
 */
export class Bucket {
  readonly #perSecond: number
  readonly #burst: number
  #level: number
  #at: number

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#level = burst
    this.#at = now
  }

  /** Takes some out. Returns in how many milliseconds there will be some again; 0 where there still is. */
  take(amount: number, now: number): number {
    const come = (Math.max(0, now - this.#at) / 1000) * this.#perSecond
    this.#level = Math.min(this.#burst, this.#level + come) - amount
    this.#at = now
    return this.#level >= 0 ? 0 : (-this.#level / this.#perSecond) * 1000
  }
}
