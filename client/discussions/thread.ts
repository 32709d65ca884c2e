import { listed } from '../locale.ts'
import { translatorFor } from '../translate.ts'
import { enhanceComposer } from './composer.ts'

interface Arrival {
  number: number
  parent: string | null
  author: string
  html: string
}

/** Announcements are merged for so long, in milliseconds. */
const pause = 2_000

/** A topic that is open: new posts arrive as they are written, and are announced once they have settled. */
class Thread extends HTMLElement {
  #stream: EventSource | undefined
  #announcer: HTMLElement | undefined
  #arrived: string[] = []

  connectedCallback() {
    this.#announcer = document.createElement('p')
    this.#announcer.className = 'vh'
    this.#announcer.setAttribute('role', 'status')
    this.after(this.#announcer)
    this.#stream = new EventSource(`/topics/${this.getAttribute('topic')}/posts?since=${this.getAttribute('since')}`)
    this.#stream.onmessage = ({ data }: MessageEvent<string>) => this.#insert(JSON.parse(data) as Arrival)
    const form = document.querySelector<HTMLFormElement>('form.composer')
    if (form) void enhanceComposer(form, this, () => this.#stream?.readyState === EventSource.OPEN)
  }

  disconnectedCallback() {
    this.#stream?.close()
  }

  #insert({ number, parent, author, html }: Arrival) {
    if (this.querySelector(`#post-${number}`)) return
    const template = document.createElement('template')
    // Rendered and escaped by the server, exactly as in the page itself.
    template.innerHTML = html
    this.#placeFor(parent).append(template.content)
    this.dispatchEvent(new CustomEvent('arrived', { detail: number }))
    this.#arrived.push(author)
    if (this.#arrived.length === 1) setTimeout(() => void this.#announce(), pause)
  }

  #placeFor(parent: string | null): Element {
    const answered = parent && this.querySelector(`.post[data-id="${CSS.escape(parent)}"]`)
    if (!answered) return this
    const below = answered.nextElementSibling
    if (below?.matches('.kids')) return below
    const level = answered.parentElement?.closest('.kids')
    const deep = level?.parentElement
      ?.closest('.kids')
      ?.parentElement?.closest('.kids')
      ?.parentElement?.closest('.kids')
    if (level && deep) return level
    const kids = document.createElement('div')
    kids.className = 'kids'
    answered.after(kids)
    return kids
  }

  async #announce() {
    const names = [...new Set(this.#arrived.splice(0))]
    const t = await translatorFor('discussions')
    if (this.#announcer) this.#announcer.textContent = t('discussions.arrived', { name: listed(names) })
  }
}

customElements.define('cl-thread', Thread)
