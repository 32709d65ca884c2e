import { html, nothing } from 'lit'
import type { Ask } from '../asks.ts'
import { icon } from '../icons.ts'
import type { Room } from '../room.ts'
import { say } from '../say.ts'
import { faces } from './presence.ts'
import './save-state.ts'
import { wordsFor } from './save-state.ts'

interface Bar {
  slug: string
  heading: string
  /** The revision that the draft goes on from. */
  head: number
  saving: Room['saving']
  people: Room['people']
  isOffline: boolean
  mayPublish: boolean
  ask: (what: Ask) => void
}

/** The bar above the text: the way back, where the words are, who else is here, and the way to the readers. */
export const bar = ({ slug, heading, head, saving, people, isOffline, mayPublish, ask }: Bar) => html`
  <header class="ed-bar">
    <a class="icon-btn" href="/wiki/${encodeURIComponent(slug)}" aria-label=${say('bar.back')}>${icon('arrowLeft')}</a>
    <div class="ed-title">
      <b dir="auto">${heading}</b>
      <span class="only-d">${say('bar.draft', { number: head })}</span>
      <span class="only-m">${wordsFor(saving)}</span>
    </div>
    <span class="push"></span>
    <cl-save-state .saving=${saving} .isAway=${isOffline} @click=${() => ask('where')}></cl-save-state>
    ${faces(people, isOffline)}
    <button type="button" class="btn only-d" @click=${() => ask('preview')}>${say('bar.preview')}</button>
    <button
      type="button"
      class="btn btn-p"
      aria-disabled=${!mayPublish}
      title=${mayPublish ? nothing : say('bar.cannot-publish')}
      @click=${() => mayPublish && ask('publish')}
    >
      ${say('bar.publish')}
    </button>
  </header>
`
