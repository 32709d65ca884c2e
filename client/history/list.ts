/**
 * A history made quicker: the two revisions to compare are told as they are chosen, older ones join the list where it
 * ends, and several weeks are selected together. Without this the same goes by links and forms.
 */
import { translatorFor } from '../translate.ts'
import { choosing } from './choosing.ts'
import { older } from './older.ts'
import { strip } from './strip.ts'

class History extends HTMLElement {
  #isMade = false

  async connectedCallback() {
    if (this.#isMade) return
    this.#isMade = true
    const say = await translatorFor('history')
    const status = document.createElement('p')
    status.className = 'vh'
    status.setAttribute('role', 'status')
    this.append(status)
    const tell = (words: string) => (status.textContent = words)
    const { refresh } = choosing(this, say)
    older(this, count => {
      refresh()
      tell(say('history.more-shown', { count }))
    })
    strip(this, say, tell)
  }
}
customElements.define('cl-history', History)
