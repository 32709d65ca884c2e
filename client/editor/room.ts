import type { RescuedPassage } from '../../shared/drafts/contract.ts'
import { wordCount } from '../../shared/document/text.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import type { LiveDraft } from '../realtime/index.ts'
import type { Place } from './parts/presence.ts'
import { wordsFor } from './parts/save-state.ts'
import { presentIn } from './present.ts'
import { passagesOn, settle } from './rescued.ts'
import { say } from './say.ts'
import type { Saving } from '../realtime/index.ts'
import type { Writing } from './writing.ts'

export interface Told {
  /** Something to draw again. */
  changed: () => void
  /** Words for the polite live region. */
  announce: (words: string) => void
}

/** How long a lost connection may last before it is worth a banner. */
const patience = 3000
const aMinute = 60_000

/** What is known around the text: where the words are, who is here, what the server told. */
export class Room {
  readonly draft: LiveDraft
  readonly page: string
  head: number
  writing: Writing | undefined
  saving: Saving
  savedAt: number | undefined
  isCutOff = false
  people: Place[] = []
  words = 0
  passages: readonly RescuedPassage[] = []
  changedBy: string | undefined
  publishedBy: string | undefined
  readonly #told: Told
  readonly #leave: (() => void)[] = []
  #cut: ReturnType<typeof setTimeout> | undefined
  #counting: ReturnType<typeof setTimeout> | undefined
  #wasTrouble = true
  #lastGreeting = 0

  constructor(draft: LiveDraft, page: string, head: number, told: Told) {
    this.draft = draft
    this.page = page
    this.head = head
    this.saving = draft.saving
    this.#told = told
    this.#leave.push(
      draft.onSaving(saving => this.#hears(saving)),
      draft.onEvent(event => this.#hearsOf(event)),
    )
    const present = () => this.#sees()
    draft.awareness.on('change', present)
    this.#leave.push(() => draft.awareness.off('change', present))
    void this.#fetchPassages()
  }

  get isReadOnly(): boolean {
    return this.saving.kind === 'readonly'
  }

  /** Counts words, but not with every letter. */
  edited() {
    this.#counting ??= setTimeout(() => {
      this.#counting = undefined
      this.words = this.writing ? wordCount(this.writing.view.state.doc) : 0
      this.#told.changed()
    }, 400)
  }

  async settle(passage: RescuedPassage) {
    await settle(this.page, passage.id).catch(() => undefined)
    this.passages = this.passages.filter(one => one !== passage)
    this.#told.changed()
  }

  forget(what: 'changed' | 'published') {
    if (what === 'changed') this.changedBy = undefined
    else this.publishedBy = undefined
    this.#told.changed()
  }

  leave() {
    for (const leave of this.#leave) leave()
    clearTimeout(this.#cut)
    clearTimeout(this.#counting)
    this.writing?.destroy()
    this.draft.destroy()
  }

  #hears(saving: Saving) {
    const before = this.saving.kind
    this.saving = saving
    if (saving.kind === 'saved') this.savedAt = saving.at
    clearTimeout(this.#cut)
    if (saving.kind !== 'offline') this.isCutOff = false
    else if (!this.isCutOff)
      this.#cut = setTimeout(() => {
        this.isCutOff = true
        this.#told.announce(wordsFor(this.saving))
        this.#told.changed()
      }, patience)
    // Told the first time and after trouble only: a screen reader need not hear every save.
    if (saving.kind === 'saved' && this.#wasTrouble) this.#told.announce(wordsFor(saving))
    if (saving.kind === 'saved') this.#wasTrouble = false
    if (saving.kind === 'offline' || saving.kind === 'unsaved') this.#wasTrouble = true
    if (before !== saving.kind && this.writing) this.writing.view.setProps({})
    this.#told.changed()
  }

  #hearsOf(event: DraftEvent) {
    if (event.kind === 'rescued') void this.#fetchPassages()
    else if (event.kind === 'published') {
      this.head = Math.max(this.head, event.revision)
      if (event.revisionKind === 'edit')
        this.publishedBy = say('notice.published', { name: event.by ?? say('notice.someone'), number: event.revision })
    } else {
      // Undo must not bring back what was just taken away.
      this.writing?.undo.clear()
      const kind = event.change === 'restore' ? 'restored' : 'changed'
      this.changedBy = say(`notice.${kind}`, { name: event.by ?? say('notice.someone') })
      this.#told.announce(this.changedBy)
      // What found no place in the change may be this person's.
      void this.#fetchPassages()
    }
    this.#told.changed()
  }

  #sees() {
    const before = new Set(this.people.map(({ person }) => person.id))
    this.people = presentIn(this.draft.awareness, this.writing?.view.state)
    const arrived = this.people.find(({ person }) => !before.has(person.id))
    if (arrived && Date.now() - this.#lastGreeting > aMinute) {
      this.#lastGreeting = Date.now()
      this.#told.announce(say('presence.joined', { name: arrived.person.name }))
    }
    this.#told.changed()
  }

  async #fetchPassages() {
    const known = this.passages.length
    this.passages = await passagesOn(this.page)
    if (this.passages.length > known) this.#told.announce(say('rescued.title'))
    this.#told.changed()
  }
}
