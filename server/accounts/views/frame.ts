import type { Asker } from '../../../shared/accounts/contract.ts'
import { standsAs } from '../../../shared/accounts/may.ts'
import { html, type Html, type Translator } from '../../html/index.ts'

const screens = [
  ['/settings', 'accounts.settings', 'anyone'],
  ['/settings/people', 'accounts.people', 'moderator'],
  ['/settings/wiki', 'accounts.wiki', 'administrator'],
] as const

/** The frame of the settings: their screens, as far as the asker's role goes, beside the one that is open. */
export const settingsFrame = (t: Translator, asker: Asker, current: (typeof screens)[number][0], inside: Html): Html =>
  html`<div class="wrap settings">
    <nav class="settings-nav" aria-label="${t('accounts.settings')}">
      <ul>
        ${screens
          .filter(([, , least]) => standsAs(asker, least))
          .map(
            ([address, name]) =>
              html`<li><a href="${address}" ${address === current && html` aria-current="page"`}>${t(name)}</a></li>`,
          )}
      </ul>
    </nav>
    <div class="stack">${inside}</div>
  </div>`
