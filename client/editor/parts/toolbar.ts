import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { EditorState } from 'prosemirror-state'
import { isInTable } from 'prosemirror-tables'
import { directionOf, setDirection } from '../commands/depth.ts'
import { linesIn } from '../commands/blocks.ts'
import { icon } from '../icons.ts'
import { say } from '../say.ts'
import { heading, paragraph, type Tool, tools } from '../tools.ts'
import { tableTools } from '../table-tools.ts'
import { keyName } from './key-name.ts'
import './menu.ts'

const rows: readonly (readonly Tool[])[] = [
  [tools.strong, tools.em, tools.link, tools.code],
  [tools.bullet, tools.ordered, tools.task, tools.quote],
  [tools.table, tools.figure, tools.footnote],
]
const more: readonly Tool[] = [
  tools.underline,
  tools.strike,
  tools.sup,
  tools.sub,
  tools.language,
  tools.codeBlock,
  tools.formula,
  tools.math,
  tools.rule,
  tools.note,
  tools.tip,
  tools.warning,
  tools.details,
  tools.unwrap,
  tools.indent,
  tools.outdent,
  tools.start,
  tools.moveUp,
  tools.moveDown,
]
const styles: readonly Tool[] = [paragraph, ...[2, 3, 4, 5, 6].map(heading)]

/** The tools for the text, one stop of the Tab key: arrow keys go from one to the next. */
export class Toolbar extends LitElement {
  static override properties = { state: { attribute: false }, run: { attribute: false }, isReadOnly: { type: Boolean } }
  declare state: EditorState | undefined
  declare run: (tool: Tool) => void
  declare isReadOnly: boolean

  override createRenderRoot() {
    return this
  }

  override render() {
    return html`<div
      class="ed-tools"
      role="toolbar"
      aria-label=${say('toolbar.label')}
      aria-controls="ed-text"
      @keydown=${this.#walk}
      @focusin=${this.#remember}
    >
      ${this.#button(tools.undo)}${this.#button(tools.redo)}<span class="sepr"></span>${this.#styleSelect()}<span
        class="sepr"
      ></span>
      ${rows.map(row => html`${row.map(tool => this.#button(tool))}<span class="sepr"></span>`)}
      ${
        this.state && isInTable(this.state)
          ? html`<cl-menu
              label=${say('toolbar.table')}
              icon="tableTools"
              .tools=${tableTools}
              .run=${this.run}
            ></cl-menu>`
          : ''
      }
      <cl-menu label=${say('toolbar.more')} icon="more" .tools=${more} .run=${this.run}></cl-menu>
      <span class="push"></span>${this.#directionSelect()}
      <button type="button" class="btn btn-q btn-s" data-tool tabindex="-1" @click=${() => this.run(tools.source)}>
        ${icon('source')}${say('tool.source')}
      </button>
    </div>`
  }

  #button(tool: Tool) {
    const name = tool.key
      ? say('toolbar.with-key', { name: say(`tool.${tool.id}`), key: keyName(tool.key) })
      : say(`tool.${tool.id}`)
    const { state } = this
    const isPossible = state !== undefined && !this.isReadOnly && (typeof tool.run === 'string' || tool.run(state))
    const pressed = tool.isOn ? String(state !== undefined && tool.isOn(state)) : undefined
    // Pressing a button must not take the caret out of the text.
    return html`<button
      type="button"
      class="icon-btn"
      data-tool
      tabindex="-1"
      aria-label=${name}
      title=${name}
      aria-pressed=${pressed ?? nothing}
      aria-disabled=${!isPossible}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => isPossible && this.run(tool)}
    >
      ${icon(tool.icon)}
    </button>`
  }

  #styleSelect() {
    const line = this.state && linesIn(this.state)[0]?.node
    const kind: unknown = line?.attrs['kind']
    const current =
      kind === 'heading' ? `heading-${String(line?.attrs['level'])}` : kind === 'paragraph' ? 'paragraph' : ''
    const choose = (event: Event) => {
      const chosen = event.target instanceof HTMLSelectElement ? event.target.value : ''
      const found = [...styles, heading(1)].find(style => style.id === chosen)
      if (found) this.run(found)
    }
    const shown = current === 'heading-1' ? [paragraph, heading(1), ...styles.slice(1)] : styles
    return html`<select
      class="ed-select"
      data-tool
      tabindex="-1"
      aria-label=${say('toolbar.style')}
      ?disabled=${this.isReadOnly}
      @change=${choose}
    >
      ${current === '' ? html`<option value="" selected>${say('toolbar.other')}</option>` : ''}
      ${shown.map(style => html`<option value=${style.id} .selected=${style.id === current}>${say(`tool.${style.id}`)}</option>`)}
    </select>`
  }

  #directionSelect() {
    const current = (this.state && directionOf(this.state)) ?? 'auto'
    const choose = (event: Event) => {
      const chosen = event.target instanceof HTMLSelectElement ? event.target.value : ''
      const dir = chosen === 'ltr' || chosen === 'rtl' ? chosen : null
      this.run({ id: 'direction', icon: 'languages', run: setDirection(dir) })
    }
    return html`<label class="ed-direction"
      >${icon('languages')}<span class="vh">${say('toolbar.direction')}</span>
      <select class="ed-select ed-select-q" data-tool tabindex="-1" ?disabled=${this.isReadOnly} @change=${choose}>
        ${['auto', 'ltr', 'rtl'].map(dir => html`<option value=${dir} .selected=${dir === current}>${say(`toolbar.direction.${dir}`)}</option>`)}
      </select></label
    >`
  }

  protected override updated(changed: PropertyValues) {
    super.updated(changed)
    const stops = this.#stops()
    if (!stops.some(stop => stop.tabIndex === 0)) stops[0]?.setAttribute('tabindex', '0')
  }

  #stops() {
    return [...this.querySelectorAll<HTMLElement>('[data-tool]')]
  }

  #remember(event: FocusEvent) {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-tool]')) return
    for (const stop of this.#stops()) stop.tabIndex = stop === event.target ? 0 : -1
  }

  #walk(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-tool]')) return
    const stops = this.#stops()
    const at = stops.indexOf(event.target)
    const forward = getComputedStyle(this).direction === 'rtl' ? -1 : 1
    const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: stops.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    stops.at(to % stops.length)?.focus()
  }
}
customElements.define('cl-toolbar', Toolbar)
