import { html, LitElement, type PropertyValues } from 'lit'
import type { EditorView } from 'prosemirror-view'
import { icon } from '../icons.ts'
import { say } from '../say.ts'
import type { Tool } from '../tools.ts'
import { type Option, optionsFor } from './options.ts'
import { dismiss, type Query, queryIn, setActive } from './plugin.ts'

/** The list below the caret: the focus stays in the text, which names the active option. */
export class Suggest extends LitElement {
  static override properties = { query: { attribute: false }, options: { state: true }, at: { state: true } }
  declare query: Query | undefined
  declare options: Option[]
  declare at: number
  view: EditorView | undefined
  run: (tool: Pick<Tool, 'run'>) => void = () => {}
  announce: (words: string) => void = () => {}

  constructor() {
    super()
    this.options = []
    this.at = 0
  }

  override createRenderRoot() {
    return this
  }

  override render() {
    if (!this.query || this.options.length === 0) return html`<div id="ed-suggest" hidden></div>`
    const { kind, text } = this.query
    return html`<div
      id="ed-suggest"
      class="pop slash"
      role="listbox"
      tabindex="0"
      aria-label=${say(`suggest.${kind}s`, { count: this.options.length, text })}
      @mousedown=${(event: Event) => event.preventDefault()}
    >
      <div class="grp" aria-hidden="true">${say(`suggest.group.${kind}`)}</div>
      ${this.options.map((option, index) => this.#option(option, index))}
      <div class="slash-k only-d" aria-hidden="true">
        <span><kbd>↑</kbd> <kbd>↓</kbd> ${say('suggest.choose')}</span>
        <span><kbd>Enter</kbd> ${say('suggest.insert')}</span>
        <span><kbd>Esc</kbd> ${say('suggest.keep')}</span>
      </div>
    </div>`
  }

  #option(option: Option, index: number) {
    return html`<div
      role="option"
      id=${option.id}
      class="slash-o"
      aria-selected=${index === this.at}
      @click=${() => this.#choose(index)}
    >
      <span class="ic">${icon(option.icon)}</span>
      <span class="slash-n"><b dir="auto">${option.name}</b><small>${option.hint}</small></span>
      <span class="mk" dir="ltr">${option.shortcut}</span>
    </div>`
  }

  protected override willUpdate(changed: PropertyValues) {
    if (!changed.has('query')) return
    if (this.query) void this.#search(this.query)
    else this.options = []
  }

  async #search(query: Query) {
    const options = await optionsFor(query)
    if (query !== this.query) return
    if (options.length !== this.options.length)
      this.announce(say(`suggest.${query.kind}s`, { count: options.length, text: query.text }))
    this.options = options
    this.at = 0
  }

  protected override updated() {
    const list = this.querySelector<HTMLElement>('#ed-suggest')
    if (!this.view || !this.query || !list || this.options.length === 0) return
    setActive(this.view, this.options[this.at]?.id)
    this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
    this.#place(list, this.view, this.query)
  }

  /** Below the sign, or above it where there is no room; never wider than the window. */
  #place(list: HTMLElement, view: EditorView, query: Query) {
    const at = view.coordsAtPos(Math.min(query.from, view.state.doc.content.size))
    const wide = document.documentElement.clientWidth
    const { node } = view.domAtPos(query.from)
    const line = node instanceof Element ? node : (node.parentElement ?? view.dom)
    const isRtl = getComputedStyle(line).direction === 'rtl'
    const start = isRtl ? at.left - list.offsetWidth : at.left
    const high = window.visualViewport?.height ?? window.innerHeight
    list.style.left = `${Math.max(8, Math.min(start, wide - list.offsetWidth - 8))}px`
    const fits = at.bottom + list.offsetHeight + 8 <= high
    list.style.top = `${fits ? at.bottom + 6 : Math.max(8, at.top - list.offsetHeight - 6)}px`
  }

  /** Keys that the text would have got; true where the list took them. */
  takes(event: KeyboardEvent): boolean {
    const { view } = this
    if (!view || this.options.length === 0 || event.isComposing) return false
    const count = this.options.length
    if (event.key === 'Escape') dismiss(view)
    else if (event.key === 'Enter' || event.key === 'Tab') this.#choose(this.at)
    else if (event.key === 'ArrowDown') this.at = (this.at + 1) % count
    else if (event.key === 'ArrowUp') this.at = (this.at + count - 1) % count
    else return false
    return true
  }

  #choose(index: number) {
    const { view } = this
    const option = this.options[index]
    const query = view && queryIn(view.state)
    if (!view || !option || !query) return
    view.dispatch(view.state.tr.delete(query.from, query.to))
    this.run(option)
    view.focus()
  }
}
customElements.define('cl-suggest', Suggest)
