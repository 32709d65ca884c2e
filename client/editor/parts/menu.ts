import { html, LitElement, type TemplateResult } from 'lit'
import { type Icon, icon } from '../icons.ts'
import { say } from '../say.ts'
import { keyName } from './key-name.ts'
import type { Tool } from '../tools.ts'

/** A button that opens a menu of tools; arrow keys walk it, Escape gives the focus back. */
export class Menu extends LitElement {
  static override properties = {
    label: {},
    icon: {},
    tools: { attribute: false },
    run: { attribute: false },
    isOpen: { state: true },
  }
  declare label: string
  declare icon: Icon
  declare tools: readonly Tool[]
  declare run: (tool: Tool) => void
  declare isOpen: boolean

  constructor() {
    super()
    this.isOpen = false
    this.tools = []
  }

  override createRenderRoot() {
    return this
  }

  override render() {
    return html`<button
        type="button"
        class="icon-btn"
        data-tool
        tabindex="-1"
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        aria-label=${this.label}
        title=${this.label}
        @click=${() => this.#list?.togglePopover()}
        @keydown=${this.#openByKey}
      >
        ${icon(this.icon)}
      </button>
      <div
        class="pop tool-menu"
        role="menu"
        aria-label=${this.label}
        popover
        @toggle=${this.#toggled}
        @keydown=${this.#walk}
      >
        ${this.tools.map(tool => this.#item(tool))}
      </div>`
  }

  #item(tool: Tool): TemplateResult {
    const choose = () => {
      this.#list?.hidePopover()
      this.run(tool)
    }
    return html`<button type="button" role="menuitem" @click=${choose}>
      ${icon(tool.icon)}<span>${say(`tool.${tool.id}`)}</span>${tool.key ? html`<kbd>${keyName(tool.key)}</kbd>` : ''}
    </button>`
  }

  get #list() {
    return this.querySelector<HTMLElement>('[role=menu]')
  }

  get #items() {
    return [...this.querySelectorAll<HTMLElement>('[role=menuitem]')]
  }

  #toggled(event: ToggleEvent) {
    this.isOpen = event.newState === 'open'
    const [list, button] = [this.#list, this.querySelector('button')]
    if (!this.isOpen || !list || !button) return
    const at = button.getBoundingClientRect()
    const room = document.documentElement.clientWidth - list.offsetWidth - 8
    list.style.left = `${Math.max(8, Math.min(at.left, room))}px`
    const below = at.bottom + 4
    const fits = below + list.offsetHeight <= window.innerHeight - 8
    list.style.top = `${fits ? below : Math.max(8, at.top - list.offsetHeight - 4)}px`
    this.#items[0]?.focus()
  }

  #openByKey(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' || this.isOpen) return
    event.preventDefault()
    this.#list?.showPopover()
  }

  #walk(event: KeyboardEvent) {
    const items = this.#items
    const at = items.findIndex(item => item === document.activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (event.key === 'Tab' || event.key === 'Escape') {
      if (event.key === 'Escape') event.preventDefault()
      this.#list?.hidePopover()
      this.querySelector('button')?.focus()
    }
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    items.at(to % items.length)?.focus()
  }
}
customElements.define('cl-menu', Menu)
