import { html, nothing, type TemplateResult } from 'lit'
import type { RescuedPassage } from '../../shared/drafts/contract.ts'
import { icon } from './icons.ts'
import { say } from './say.ts'
import type { Saving } from '../realtime/index.ts'

/** What the room above the text has to tell. */
export interface Notices {
  saving: Saving
  /** Since when the connection is gone long enough to say so. */
  isCutOff: boolean
  /** The server changed the draft: who, and how. */
  changed: string | undefined
  /** Somebody published meanwhile. */
  published: string | undefined
  passages: readonly RescuedPassage[]
  putBack: (passage: RescuedPassage) => void
  settle: (passage: RescuedPassage) => void
  copyText: () => void
  forget: (what: 'changed' | 'published') => void
}

export function notices(shown: Notices): TemplateResult {
  const { saving, isCutOff, changed, published, passages } = shown
  return html`
    ${
      saving.kind === 'offline' && isCutOff
        ? banner(
            'warn',
            'wifiOff',
            html`<b>${say('notice.offline')}</b> ${say('notice.offline.more', { count: saving.count })}`,
          )
        : nothing
    }
    ${
      saving.kind === 'unsaved'
        ? banner(
            'bad',
            'alert',
            html`<b>${say('notice.unsaved')}</b> ${say('notice.unsaved.more')}`,
            copyButton(shown.copyText),
          )
        : nothing
    }
    ${
      saving.kind === 'readonly'
        ? banner('info', 'lock', html`<b>${say('notice.readonly')}</b> ${saving.reason}`, copyButton(shown.copyText))
        : nothing
    }
    ${
      changed === undefined
        ? nothing
        : banner(
            'info',
            'history',
            html`${changed}`,
            dismissal(() => shown.forget('changed')),
          )
    }
    ${
      published === undefined
        ? nothing
        : banner(
            'ok',
            'check',
            html`${published}`,
            dismissal(() => shown.forget('published')),
          )
    }
    ${passages.map(passage => rescued(passage, shown))}
  `
}

const copyButton = (copy: () => void) =>
  html`<button type="button" class="btn btn-s" @click=${copy}>${icon('copy')}${say('where.copy')}</button>`

const dismissal = (forget: () => void) =>
  html`<button type="button" class="btn btn-s" @click=${forget}>${say('notice.understood')}</button>`

/** Words that lost their place: they are the writer's to put back, or to let go. */
const rescued = (passage: RescuedPassage, { putBack, settle }: Notices) =>
  banner(
    'warn',
    'history',
    html`<b>${say('rescued.title')}</b> ${say(`rescued.${passage.cause}`)}<q class="ed-rescued" dir="auto"
        >${passage.text}</q
      >`,
    html`<button type="button" class="btn btn-s" @click=${() => putBack(passage)}>${say('rescued.put-back')}</button>
      <button type="button" class="btn btn-q btn-s" @click=${() => settle(passage)}>${say('rescued.discard')}</button>`,
  )

const banner = (look: string, picture: Parameters<typeof icon>[0], words: TemplateResult, actions?: TemplateResult) =>
  html`<div class="banner banner-${look} ed-ban">
    ${icon(picture)}
    <div class="banner-body">
      <p>${words}</p>
      ${actions ? html`<div class="banner-actions">${actions}</div>` : nothing}
    </div>
  </div>`
