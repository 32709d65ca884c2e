import { html, LitElement } from 'lit'
import { icon } from '../icons.ts'
import { say } from '../say.ts'
import { clock } from './clock.ts'
import type { Saving } from '../../realtime/index.ts'

/** Tells a writer where their words are: a named place, never a bare tick. */
export class SaveState extends LitElement {
  static override properties = { saving: { attribute: false }, isAway: { type: Boolean }, isOpen: { type: Boolean } }
  declare saving: Saving
  /** The connection is gone. */
  declare isAway: boolean
  declare isOpen: boolean

  constructor() {
    super()
    this.isAway = false
    this.isOpen = false
  }

  override createRenderRoot() {
    return this
  }

  override render() {
    const { saving } = this
    const words = wordsFor(saving)
    const picture = {
      loading: 'cloudUpload',
      saving: 'cloudUpload',
      saved: 'cloudCheck',
      offline: 'cloudOff',
      unsaved: 'alert',
      readonly: 'lock',
    } as const
    const isOff = saving.kind === 'offline' || (saving.kind === 'saving' && this.isAway)
    const look = isOff ? ' save-off' : saving.kind === 'unsaved' ? ' save-bad' : ''
    return html`<button
      type="button"
      class="save${look}"
      aria-haspopup="dialog"
      aria-expanded=${this.isOpen}
      aria-label=${words}
      title=${say('save.where')}
    >
      ${icon(isOff ? 'cloudOff' : picture[saving.kind])}<span class="only-d">${words}</span>
    </button>`
  }
}
customElements.define('cl-save-state', SaveState)

export function wordsFor(saving: Saving): string {
  if (saving.kind === 'saved')
    return saving.at === undefined ? say('save.saved') : say('save.saved-at', { at: clock(saving.at) })
  if (saving.kind === 'offline')
    return say(saving.trouble === 'disk' ? 'save.refused' : 'save.offline', { count: saving.count })
  return say(`save.${saving.kind}`)
}
