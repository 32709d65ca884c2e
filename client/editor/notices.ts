import { html, nothing, type TemplateResult } from 'lit'
import type { RescuedPassage } from '../../shared/drafts/contract.ts'
import type { Aside, Ledger, Saving } from '../realtime/index.ts'
import { icon } from './icons.ts'
import { clock } from './parts/clock.ts'
import { say } from './say.ts'

/** What the room above the text has to tell. */
export interface Notices {
  saving: Saving
  ledger: Ledger
  /** What was last known of the words while the connection is gone. */
  away: Extract<Saving, { kind: 'offline' }> | undefined
  /** It is gone long enough to say so. */
  isCutOff: boolean
  /** The server changed the draft: who, and how. */
  changed: string | undefined
  /** Somebody published meanwhile. */
  published: string | undefined
  passages: readonly RescuedPassage[]
  /** Words of earlier visits that the server refused. */
  aside: readonly Aside[]
  /** What came of the last copying. */
  copied: string
  putBack: (passage: RescuedPassage) => void
  settle: (passage: RescuedPassage) => void
  copy: (what: 'all' | 'unconfirmed' | Aside) => void
  discard: (aside: Aside) => void
  forget: (what: 'changed' | 'published') => void
}

export function notices(shown: Notices): TemplateResult {
  const { saving, changed, published, passages, aside } = shown
  // The words that were just refused are offered by the banner that says why.
  const earlier = saving.kind === 'readonly' && saving.way === 'reload' ? [] : aside
  return html`
    ${whereWordsAre(shown)}
    ${changed === undefined ? nothing : news('info', 'history', changed, () => shown.forget('changed'))}
    ${published === undefined ? nothing : news('ok', 'check', published, () => shown.forget('published'))}
    ${passages.map(passage => rescued(passage, shown))} ${earlier.map(one => setAside(one, shown))}
  `
}

function whereWordsAre(shown: Notices): TemplateResult | typeof nothing {
  const { saving, away, isCutOff } = shown
  if (saving.kind === 'unsaved')
    return banner(
      'bad',
      'alert',
      html`<b>${say('notice.unsaved')}</b> ${say('notice.unsaved.more')}`,
      copying(
        shown,
        button('copy', say('where.copy'), () => shown.copy('all')),
      ),
    )
  if (saving.kind === 'readonly') return readOnly(saving, shown)
  if (!away || !isCutOff) return nothing
  const { count, trouble } = away
  const title = trouble === undefined ? 'notice.offline' : `notice.${trouble}`
  return banner('warn', 'wifiOff', html`<b>${say(title)}</b> ${say('notice.offline.more', { count })}`)
}

/** Why nothing is accepted, what became of the words, and the way on. */
function readOnly({ reason, way }: Extract<Saving, { kind: 'readonly' }>, shown: Notices): TemplateResult {
  const { changes, server, isKept } = shown.ledger
  const count = changes - server.count
  const next = `/sign-in?next=${encodeURIComponent(location.pathname)}`
  const words = html`<b>${say('notice.readonly')}</b> ${reason}
    ${count > 0 ? say(isKept ? 'notice.kept' : 'notice.not-kept', { count }) : nothing}`
  return banner(
    'info',
    'lock',
    words,
    copying(
      shown,
      html`${count > 0 ? button('copy', say('notice.copy-words'), () => shown.copy('unconfirmed')) : nothing}
      ${button('copy', say('where.copy'), () => shown.copy('all'))}
      ${
        way === 'sign-in'
          ? html`<a class="btn btn-s" href=${next} target="_blank" rel="noopener">${say('notice.sign-in')}</a>`
          : nothing
      }
      ${way === 'reload' ? button('redo', say('notice.reload'), () => location.reload()) : nothing}`,
    ),
  )
}

const copying = ({ copied }: Notices, buttons: TemplateResult) =>
  html`${buttons}<span class="small" role="status">${copied}</span>`

const button = (picture: Parameters<typeof icon>[0], words: string, act: () => void) =>
  html`<button type="button" class="btn btn-s" @click=${act}>${icon(picture)}${words}</button>`

const news = (look: string, picture: Parameters<typeof icon>[0], words: string, forget: () => void) =>
  banner(
    look,
    picture,
    html`${words}`,
    html`<button type="button" class="btn btn-s" @click=${forget}>${say('notice.understood')}</button>`,
  )

/** Words that lost their place: they are the writer's to put back, or to let go. */
const rescued = (passage: RescuedPassage, { putBack, settle, saving }: Notices) =>
  banner(
    'warn',
    'history',
    html`<b>${say('rescued.title')}</b> ${say(`rescued.${passage.cause}`)}<q class="ed-rescued" dir="auto"
        >${passage.text.trim()}</q
      >`,
    html`${
        // Nothing is accepted: what was put back would be lost, and the passage with it.
        saving.kind === 'readonly'
          ? nothing
          : html`<button type="button" class="btn btn-s" @click=${() => putBack(passage)}>
              ${say('rescued.put-back')}
            </button>`
      }
      <button type="button" class="btn btn-q btn-s" @click=${() => settle(passage)}>${say('rescued.let-go')}</button>`,
  )

/** Words that the server refused in an earlier visit: this device has kept them for their author. */
const setAside = (aside: Aside, shown: Notices) =>
  banner(
    'warn',
    'history',
    html`<b>${say('aside.title')}</b> ${say('aside.more', { day: new Date(aside.at), at: clock(aside.at) })}${
        aside.words === '' ? nothing : html`<q class="ed-rescued" dir="auto">${aside.words}</q>`
      }`,
    copying(
      shown,
      html`${button('copy', say('notice.copy-words'), () => shown.copy(aside))}
        <button type="button" class="btn btn-q btn-s" @click=${() => shown.discard(aside)}>
          ${say('rescued.let-go')}
        </button>`,
    ),
  )

const banner = (look: string, picture: Parameters<typeof icon>[0], words: TemplateResult, actions?: TemplateResult) =>
  html`<div class="banner banner-${look} ed-ban">
    ${icon(picture)}
    <div class="banner-body">
      <p>${words}</p>
      ${actions ? html`<div class="banner-actions">${actions}</div>` : nothing}
    </div>
  </div>`
