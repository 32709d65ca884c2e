import type { LiveDraft, Saving } from '../realtime/index.ts'
import { wordsFor } from './parts/save-state.ts'
import { say } from './say.ts'

/** How long a lost connection may last before it is worth a banner. */
const patience = 3000

export interface LineTells {
  announce: (words: string) => void
  /** Only when words are in danger. */
  alarm: (words: string) => void
  changed: () => void
}

/** What is said of the connection and of where words are: little, but the truth, and an alarm where words are in danger. */
export class LineNews {
  /** The connection is gone for long enough to say so. */
  isCutOff = false
  readonly #draft: LiveDraft
  readonly #tells: LineTells
  #cut: ReturnType<typeof setTimeout> | undefined
  #wasTrouble = true
  /** The server can be reached and does not take what it is sent. */
  #isRefused = false
  #before: Saving['kind'] = 'loading'

  constructor(draft: LiveDraft, tells: LineTells) {
    this.#draft = draft
    this.#tells = tells
  }

  hears(saving: Saving) {
    const before = this.#before
    this.#before = saving.kind
    const isHere = saving.kind === 'offline' || saving.kind === 'unsaved'
    // With every key the words are on their way to the device for a moment; only the server's word ends its fault.
    if (saving.kind !== 'saving') this.#isRefused = isHere && saving.trouble !== undefined
    const isAway = isHere || (saving.kind === 'saving' && (!this.#draft.isConnected || this.#isRefused))
    if (!isAway) this.#isBack()
    else if (!this.isCutOff) this.#cut ??= setTimeout(() => this.#isGone(), patience)
    if (saving.kind === 'unsaved' && before !== 'unsaved') this.#tells.alarm(wordsFor(saving))
    if (saving.kind === 'readonly' && before !== 'readonly') this.#tells.announce(saving.reason)
    if (isHere) this.#wasTrouble = true
    // Told the first time and after trouble only: a screen reader need not hear every save.
    if (saving.kind !== 'saved' || !this.#wasTrouble) return
    this.#wasTrouble = false
    this.#tells.announce(saving.at === undefined ? say('save.connected') : wordsFor(saving))
  }

  end() {
    clearTimeout(this.#cut)
  }

  #isBack() {
    clearTimeout(this.#cut)
    this.#cut = undefined
    this.isCutOff = false
  }

  #isGone() {
    this.isCutOff = true
    if (this.#draft.saving.kind !== 'unsaved') this.#tells.announce(wordsFor(this.#draft.saving))
    this.#tells.changed()
  }
}
