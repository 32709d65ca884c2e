import type { LiveDraft, Saving } from '../realtime/index.ts'

/** How long writing may take before that is worth telling. */
const patience = 300

/**
 * Where the words are, without the blink of every key while the connection is gone: the device stores each letter within
 * a few milliseconds, and what was said of those before stays true meanwhile.
 */
export class Steady {
  readonly #draft: LiveDraft
  readonly #tell: (saving: Saving) => void
  #told: Saving['kind']
  #due: ReturnType<typeof setTimeout> | undefined

  constructor(draft: LiveDraft, tell: (saving: Saving) => void) {
    this.#draft = draft
    this.#tell = tell
    this.#told = draft.saving.kind
  }

  hears(saving: Saving) {
    if (saving.kind !== 'saving' || this.#told !== 'offline') this.#pass(saving)
    else this.#due ??= setTimeout(() => this.#pass(this.#draft.saving), patience)
  }

  end() {
    clearTimeout(this.#due)
  }

  #pass(saving: Saving) {
    clearTimeout(this.#due)
    this.#due = undefined
    this.#told = saving.kind
    this.#tell(saving)
  }
}
