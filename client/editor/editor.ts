/**
 * The editor: loads on demand, shows nothing of the text before the first sync, and leaves the plain form of the page
 * in place until it runs. What it says about where words are comes from the server's confirmations alone.
 */
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { Announcer } from './announce.ts'
import './announce.ts'
import type { Ask } from './asks.ts'
import { answer, preload } from './answers.ts'
import { copyFrom } from './copying.ts'
import { dress } from './dom/dress.ts'
import { fit } from './dom/fit.ts'
import { notices } from './notices.ts'
import { bar } from './parts/bar.ts'
import { places } from './parts/presence.ts'
import './parts/toolbar.ts'
import type { Aside } from '../realtime/index.ts'
import type { Room } from './room.ts'
import { say } from './say.ts'
import { Sitting } from './sitting.ts'
import { Suggest } from './suggest/menu.ts'
import { queryIn, suggesting } from './suggest/plugin.ts'
import type { Tool } from './tools.ts'
import { wordsInText } from './words.ts'
import { write, type Writing } from './writing.ts'
import './style/editor.css'

dress(wordsInText())

export class Editor extends LitElement {
  static override properties = {
    page: {},
    room: {},
    slug: {},
    heading: { state: true },
    personId: { attribute: 'person-id' },
    language: {},
    licence: {},
    licenceName: { attribute: 'licence-name' },
    licenceUrl: { attribute: 'licence-url' },
    headNumber: { type: Number, attribute: 'head-number' },
  }
  declare page: string
  declare room: string
  declare personId: string
  /** The page's title. It comes as `title`, which browsers would show as a hint over the whole editor. */
  declare heading: string
  declare slug: string
  declare language: string
  declare licence: string
  declare licenceName: string
  declare licenceUrl: string
  declare headNumber: number
  #drawing: ReturnType<typeof setTimeout> | undefined
  /** What the tools show. */
  #tooled: EditorState | undefined
  #sitting: Sitting | undefined
  #copied = ''
  #unfit: (() => void) | undefined

  override createRenderRoot() {
    return this
  }

  override connectedCallback() {
    super.connectedCallback()
    document.body.classList.add('is-editing')
    this.heading ??= this.getAttribute('title') ?? ''
    this.removeAttribute('title')
    for (const plain of this.children) if (plain instanceof HTMLElement && !plain.matches('.ed')) plain.hidden = true
    addEventListener('keydown', this.#keys)
    this.#unfit = fit(() => this.querySelector<HTMLElement>('.ed'))
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    document.body.classList.remove('is-editing')
    removeEventListener('keydown', this.#keys)
    this.#unfit?.()
    this.#sitting?.end()
    this.#sitting = undefined
  }

  protected override firstUpdated(changed: PropertyValues) {
    super.firstUpdated(changed)
    this.#open()
  }

  #open() {
    this.#sitting = new Sitting(this.room, {
      page: this.page,
      personId: this.personId,
      head: this.headNumber || 0,
      tells: {
        changed: () => this.requestUpdate(),
        announce: words => this.#announcer?.say(words),
        alarm: words => this.#announcer?.warn(words),
      },
      write: room => this.#write(room),
    })
    this.requestUpdate()
  }

  #write(room: Room): Writing | undefined {
    const place = this.querySelector<HTMLElement>('[data-place]')
    if (!place) return undefined
    const writing = write({
      draft: room.draft,
      place,
      label: say('text.label', { title: this.heading }),
      language: this.language,
      isEditable: () => !room.isReadOnly,
      ask: (what, view) => this.#ask(what, view),
      changed: () => {
        room.edited()
        this.#drawSoon()
      },
      more: [suggesting(event => this.#suggest?.takes(event) ?? false)],
    })
    const suggest = this.#suggest
    if (suggest) {
      suggest.view = writing.view
      suggest.run = tool => writing.run(tool)
      suggest.announce = words => this.#announcer?.say(words)
    }
    void preload()
    // On a phone it would open the keyboard over a text that nobody has read yet.
    if (matchMedia('(pointer: fine)').matches) writing.view.focus()
    return writing
  }

  override render() {
    const room = this.#room
    const state = this.#sitting?.writing?.view.state
    // While a letter is on its way to the screen only what tells of it is drawn.
    if (this.#drawing === undefined) this.#tooled = state
    const isOffline = room?.seenAt !== undefined
    const saving = room?.saving ?? { kind: 'loading' as const }
    return html`<div class=${isOffline ? 'ed is-offline' : 'ed'}>
      ${bar({
        slug: this.slug,
        heading: this.heading,
        head: room?.head ?? this.headNumber ?? 0,
        saving,
        people: room?.people ?? [],
        isOffline,
        mayPublish: room?.writing !== undefined && !room.isReadOnly && !isOffline,
        ask: what => this.#ask(what),
      })}
      ${
        room
          ? notices({
              saving: room.saving,
              away: room.away,
              ledger: room.draft.ledger,
              isCutOff: room.isCutOff,
              changed: room.changedBy,
              published: room.publishedBy,
              passages: room.rescued.shown,
              aside: room.aside,
              copied: this.#copied,
              putBack: passage => void room.putBack(passage),
              settle: passage => void room.rescued.settle(passage),
              copy: what => void this.#copy(what),
              discard: aside => void room.discard(aside),
              forget: what => room.forget(what),
            })
          : nothing
      }
      <section class="ed-toolbar" aria-label=${say('toolbar.section')}>
        <cl-toolbar .state=${this.#tooled} .isReadOnly=${room?.isReadOnly ?? false} .run=${this.#run}></cl-toolbar>
      </section>
      <div class="ed-main">
        <div class="ed-doc">
          <h1 class="ed-h1" dir="auto" lang=${this.language}>${this.heading}</h1>
          ${state ? nothing : html`<div class="ed-wait" role="status">${say('bar.loading')}</div>`}
          <div data-place></div>
        </div>
      </div>
      <footer class="ed-status only-d">
        ${places(room?.people ?? [], room?.seenAt)}
        <span class="push">${say('bar.words', { count: room?.words ?? 0 })}</span>
        <button type="button" class="btn btn-q btn-s" @click=${() => this.#ask('help')}>
          ${say('bar.keys')} <kbd>?</kbd>
        </button>
      </footer>
      <cl-suggest .query=${state && queryIn(state)}></cl-suggest>
      <cl-announcer></cl-announcer>
    </div>`
  }

  async #copy(what: 'all' | 'unconfirmed' | Aside) {
    const room = this.#room
    if (room) this.#copied = await copyFrom(room, what)
    this.#announcer?.say(this.#copied)
    this.requestUpdate()
  }

  get #room() {
    return this.#sitting?.room
  }

  /** The tools around the text follow it when the letter is on the screen; a menu that is asked for comes at once. */
  #drawSoon() {
    const state = this.#room?.writing?.view.state
    if (state && queryIn(state)) return this.requestUpdate()
    if (this.#drawing !== undefined) return
    this.#drawing = setTimeout(() => {
      this.#drawing = undefined
      this.requestUpdate()
    }, 60)
  }

  #run = (tool: Tool) => this.#room?.writing?.run(tool)

  get #suggest() {
    const found = this.querySelector('cl-suggest')
    return found instanceof Suggest ? found : undefined
  }

  get #announcer() {
    return this.querySelector<Announcer>('cl-announcer')
  }

  #ask(what: Ask, view: EditorView | undefined = this.#room?.writing?.view) {
    if (this.#room) void answer(what, this.#room, view, this)
  }

  /** Single keys mean something only outside text. */
  #keys = (event: KeyboardEvent) => {
    const { target } = event
    const isText =
      target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
    if (event.key !== '?' || isText || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    this.#ask('help')
  }
}
customElements.define('cl-editor', Editor)
