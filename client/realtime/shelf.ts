import { Copy } from './copy.ts'
import { openDatabase } from './database.ts'

/** Where a copy stands: it is opened when it is needed, and anew after it was lost. */
export class Shelf {
  readonly #name: string
  readonly #onLost: () => void
  #copy: Copy | undefined

  constructor(name: string, onLost: () => void) {
    this.#name = name
    this.#onLost = onLost
  }

  async open(): Promise<Copy> {
    if (this.#copy) return this.#copy
    const database = await openDatabase(this.#name, Copy.stores)
    const copy = new Copy(database)
    // Deleted under our hands, by the browser or by its user.
    const lost = () => {
      copy.close()
      if (this.#copy !== copy) return
      this.#copy = undefined
      this.#onLost()
    }
    database.addEventListener('versionchange', lost)
    database.addEventListener('close', lost)
    this.#copy = copy
    return copy
  }

  close() {
    this.#copy?.close()
    this.#copy = undefined
  }
}
