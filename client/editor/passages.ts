import type { RescuedPassage } from '../../shared/drafts/contract.ts'
import type { LineTells } from './line.ts'
import { passagesOn, putBack, settle } from './rescued.ts'
import { say } from './say.ts'
import type { Writing } from './writing.ts'

/** The writer's words on this page that lost their place, as long as they are neither put back nor let go. */
export class Passages {
  shown: readonly RescuedPassage[] = []
  readonly #page: string
  readonly #tells: LineTells
  /** Those whose words are in the text again, whether or not the server has them there yet. */
  readonly #back = new Set<string>()

  constructor(page: string, tells: LineTells) {
    this.#page = page
    this.#tells = tells
  }

  async fetch() {
    const known = this.shown.length
    this.#show(await passagesOn(this.#page))
    if (this.shown.length > known) this.#tells.announce(say('rescued.title'))
  }

  async settle(passage: RescuedPassage) {
    await settle(this.#page, passage.id).catch(() => undefined)
    this.#show(this.shown.filter(one => one !== passage))
  }

  /** Puts the words where the caret is. The server lets go of the passage only once it has them there. */
  async putBack(passage: RescuedPassage, { view, undo }: Writing, saved: () => Promise<void>) {
    // A step of its own for undo: it takes nothing along that was typed before or after.
    undo.stopCapturing()
    putBack(view, passage)
    undo.stopCapturing()
    this.#back.add(passage.id)
    this.#show(this.shown)
    try {
      await saved()
      await settle(this.#page, passage.id)
    } catch {
      this.#back.delete(passage.id)
    }
  }

  #show(passages: readonly RescuedPassage[]) {
    this.shown = passages.filter(({ id }) => !this.#back.has(id))
    this.#tells.changed()
  }
}
