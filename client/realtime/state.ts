import { Listeners } from './listeners.ts'
import {
  atFirst,
  type Counts,
  type Kept,
  type Ledger,
  ledgerOf,
  type Saving,
  savingOf,
  type Standing,
} from './saving.ts'

/** What is known of where words are. Whoever listens hears of it when something else has to be said. */
export class State {
  readonly listeners = new Listeners<[Saving]>()
  #standing: Standing
  #told = ''

  constructor(counts: Counts, kept: Kept) {
    this.#standing = atFirst(counts, kept)
  }

  get standing(): Standing {
    return this.#standing
  }

  get saving(): Saving {
    return savingOf(this.#standing)
  }

  get ledger(): Ledger {
    return ledgerOf(this.#standing)
  }

  /** How many changes the server has not confirmed. */
  get unsent(): number {
    return this.#standing.counts.after(this.#standing.confirmed)
  }

  change(news: Partial<Standing>) {
    this.#standing = { ...this.#standing, ...news }
    const { saving, ledger } = this
    const words = JSON.stringify([saving, ledger])
    if (words === this.#told) return
    this.#told = words
    this.listeners.tell(saving)
  }
}
