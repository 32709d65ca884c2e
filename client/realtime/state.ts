import type { Kept } from './device.ts'
import { type Counts, type Ledger, ledgerOf, type Saving, savingOf, type Standing } from './saving.ts'

/** What is known of where words are. Whoever listens hears of it when something else has to be said. */
export class State {
  readonly listeners = new Set<(saving: Saving) => void>()
  #standing: Standing
  #told = ''
  #hasEnded = false

  constructor(counts: Counts, kept: Kept) {
    this.#standing = {
      counts,
      kept,
      isConnected: false,
      isSynced: false,
      hasOpened: false,
      hasFailed: false,
      confirmed: 0,
      confirmedAt: undefined,
      trouble: undefined,
      shut: undefined,
      isSetAside: false,
    }
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
    if (words === this.#told || this.#hasEnded) return
    this.#told = words
    for (const listener of this.listeners) listener(saving)
  }

  end() {
    this.#hasEnded = true
  }
}
