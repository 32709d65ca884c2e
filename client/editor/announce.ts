import { html, LitElement } from 'lit'

/** How long words wait for others, so that a screen reader is not interrupted by every one. */
const gather = 2000

/** The one polite live region of the editor, and the assertive one that only speaks when words are in danger. */
export class Announcer extends LitElement {
  static override properties = { words: { state: true }, alarm: { state: true } }
  declare words: string
  declare alarm: string
  #waiting = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.words = ''
    this.alarm = ''
  }

  override createRenderRoot() {
    return this
  }

  override render() {
    return html`<div class="vh" role="status" aria-live="polite">${this.words}</div>
      <div class="vh" role="alert">${this.alarm}</div>`
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  /** Says at once that words are in danger. */
  warn(words: string) {
    this.alarm = ''
    // The same words a second time are only said if the region was empty in between.
    void this.updateComplete.then(() => (this.alarm = words))
  }

  say(words: string) {
    this.#waiting.add(words)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.words = [...this.#waiting].join(' ')
      this.#waiting.clear()
    }, gather)
  }
}
customElements.define('cl-announcer', Announcer)
