import type { RescuedPassage } from '../../shared/drafts/contract.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import { type Aside, asideOf, discardAside, type LiveDraft, type Saving } from '../realtime/index.ts'
import { Company } from './company.ts'
import { LineNews, type LineTells } from './line.ts'
import { Passages } from './passages.ts'
import type { Place } from './parts/presence.ts'
import { presentIn } from './present.ts'
import { say } from './say.ts'
import { Steady } from './steady.ts'
import { wordsOf } from './tally.ts'
import type { Writing } from './writing.ts'

export interface RoomParts {
  draft: LiveDraft
  page: string
  personId: string
  head: number
}

/** How each way of taking back is told. */
const told: Partial<Record<string, string>> = {
  restore: 'restored',
  undo: 'undid',
  rollback: 'rolled-back',
  discard: 'discarded',
  return: 'returned',
}

/** What is known around the text: where the words are, who is here, what the server told. */
export class Room {
  readonly draft: LiveDraft
  readonly page: string
  head: number
  writing: Writing | undefined
  saving: Saving
  /** What was last known of the words without a connection. */
  away: Extract<Saving, { kind: 'offline' }> | undefined
  people: Place[] = []
  /** When the others were last seen, while the connection is gone. */
  seenAt: number | undefined
  words = 0
  aside: readonly Aside[] = []
  changedBy: string | undefined
  publishedBy: string | undefined
  readonly rescued: Passages
  readonly #personId: string
  readonly #tells: LineTells
  readonly #line: LineNews
  readonly #company: Company
  readonly #steady: Steady
  readonly #leave: (() => void)[] = []
  #looking: ReturnType<typeof setTimeout> | undefined
  #counting: ReturnType<typeof setTimeout> | undefined

  constructor({ draft, page, personId, head }: RoomParts, tells: LineTells) {
    this.draft = draft
    this.page = page
    this.head = head
    this.saving = draft.saving
    this.#personId = personId
    this.#tells = tells
    this.rescued = new Passages(page, tells)
    this.#line = new LineNews(draft, tells)
    this.#company = new Company(tells.announce)
    this.#steady = new Steady(draft, saving => this.#hears(saving))
    this.#leave.push(
      draft.onSaving(saving => this.#steady.hears(saving)),
      draft.onEvent(event => this.#hearsOf(event)),
    )
    // Fifty people move five hundred times a second; who is where need not be told so often.
    const present = () => {
      if (this.#looking !== undefined) return
      // At once the first time: whoever comes just before the line goes was here.
      this.#sees()
      this.#looking = setTimeout(() => {
        this.#looking = undefined
        this.#sees()
      }, 300)
    }
    draft.awareness.on('change', present)
    this.#leave.push(() => {
      draft.awareness.off('change', present)
      clearTimeout(this.#looking)
    })
    void this.rescued.fetch()
    void this.fetchAside()
  }

  get isReadOnly(): boolean {
    return this.saving.kind === 'readonly'
  }

  get isCutOff(): boolean {
    return this.#line.isCutOff
  }

  /** Counts words, but not with every letter. */
  edited() {
    this.#counting ??= setTimeout(() => {
      this.#counting = undefined
      this.words = this.writing ? wordsOf(this.writing.view.state.doc) : 0
      this.#tells.changed()
    }, 400)
  }

  /** Puts the words of a passage back where the caret is. */
  async putBack(passage: RescuedPassage) {
    if (this.writing) await this.rescued.putBack(passage, this.writing, () => this.draft.barrier())
  }

  /** Looks for words that this device has set aside. */
  async fetchAside() {
    this.aside = await asideOf(this.#personId, this.page)
    this.#tells.changed()
  }

  async discard(aside: Aside) {
    await discardAside(this.#personId, aside.id).catch(() => undefined)
    await this.fetchAside()
  }

  forget(what: 'changed' | 'published') {
    if (what === 'changed') this.changedBy = undefined
    else this.publishedBy = undefined
    this.#tells.changed()
  }

  leave() {
    for (const leave of this.#leave) leave()
    this.#line.end()
    this.#company.end()
    this.#steady.end()
    clearTimeout(this.#counting)
    this.writing?.destroy()
    this.draft.destroy()
  }

  #hears(saving: Saving) {
    const wasReadOnly = this.isReadOnly
    this.saving = saving
    if (saving.kind === 'offline') this.away = saving
    if (this.draft.isConnected) this.seenAt = undefined
    else this.seenAt ??= Date.now()
    this.#line.hears(saving)
    // Asks the view again whether it may be written in, and only then: it puts the caret where it last knew it.
    if (this.isReadOnly !== wasReadOnly) this.writing?.view.setProps({})
    this.#tells.changed()
  }

  #hearsOf(event: DraftEvent) {
    if (event.kind === 'rescued') void this.rescued.fetch()
    else if (event.kind === 'published') {
      this.head = Math.max(this.head, event.revision)
      const takenBack = told[event.revisionKind]
      if (event.revisionKind === 'edit')
        this.publishedBy = say('notice.published', { name: event.by ?? say('notice.someone'), number: event.revision })
      // The draft may have had nothing of what was taken back; whoever writes in it still wants to know.
      else if (takenBack) this.#tellsOf(takenBack, event.by)
    } else {
      // Words that somebody brought from an earlier epoch are theirs to undo, and no news.
      if (event.change !== 'transplant') this.#isChanged(event.change, event.by)
      // What found no place in the change may be this person's.
      void this.rescued.fetch()
    }
    this.#tells.changed()
  }

  #isChanged(change: string, by: string | null) {
    // Undo must not bring back what was just taken away.
    this.writing?.undo.clear()
    this.#tellsOf(told[change] ?? 'changed', by)
  }

  #tellsOf(what: string, by: string | null) {
    const words = say(`notice.${what}`, { name: by ?? say('notice.someone') })
    if (words !== this.changedBy) this.#tells.announce(words)
    this.changedBy = words
  }

  #sees() {
    // Who was here when the line went is shown until it is back; the provider forgets them at once.
    if (!this.draft.isConnected) return
    this.people = presentIn(this.draft.awareness, this.writing?.view.state)
    this.#company.sees(new Map(this.people.map(({ person }) => [person.id, person.name])))
    this.#tells.changed()
  }
}
