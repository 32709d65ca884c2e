/** How many are here of each kind, and room for no more than so many. */
export class Crowd {
  readonly #most: number
  readonly #counts = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Takes one more in; gives back how it leaves, or nothing where there is no room. */
  enter(kind: string): (() => void) | undefined {
    const count = this.#counts.get(kind) ?? 0
    if (count >= this.#most) return undefined
    this.#counts.set(kind, count + 1)
    return () => this.#leave(kind)
  }

  #leave(kind: string) {
    const count = (this.#counts.get(kind) ?? 0) - 1
    if (count > 0) this.#counts.set(kind, count)
    else this.#counts.delete(kind)
  }
}
