import type { LiveDraft, Saving } from '../realtime/index.ts'

/** How long the keys have to rest before the words are said to be on the device, where they are there already. */
const rest = 300

/**
 * Where the words are, without the blink of every key while the connection is gone: the device stores each letter within
 * a few milliseconds, so "saving" stands while somebody types, and gives way to the device once they pause.
 */
export class Steady {
  readonly #draft: LiveDraft
  readonly #tell: (saving: Saving) => void
  #isWritingHere = false
  #due: ReturnType<typeof setTimeout> | undefined

  constructor(draft: LiveDraft, tell: (saving: Saving) => void) {
    this.#draft = draft
    this.#tell = tell
  }

  hears(saving: Saving) {
    clearTimeout(this.#due)
    if (saving.kind === 'offline' && this.#isWritingHere) this.#due = setTimeout(() => this.#pass(saving), rest)
    else this.#pass(saving)
  }

  end() {
    clearTimeout(this.#due)
  }

  #pass(saving: Saving) {
    this.#isWritingHere = saving.kind === 'saving' && !this.#draft.isConnected
    this.#tell(saving)
  }
}
