/** Those who want to hear of something, until it has ended. */
export class Listeners<Heard extends unknown[]> {
  readonly #all = new Set<(...heard: Heard) => void>()

  /** Promises how to stop listening. */
  add(listener: (...heard: Heard) => void): () => void {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  tell(...heard: Heard) {
    for (const listener of this.#all) listener(...heard)
  }

  end() {
    this.#all.clear()
  }
}
