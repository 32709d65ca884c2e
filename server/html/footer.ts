import { html, type Html } from './html.ts'
import { licenceLink } from './parts/licence.ts'
import { back, languageRow } from './languages.ts'
import type { Viewer } from './viewer.ts'

/** The end of every page: languages, theme, the licence of the text. */
export function footer(viewer: Viewer): Html {
  const { t, licence } = viewer
  return html`<footer class="foot">
    <div class="wrap">
      ${languageRow(viewer)}
      <form class="foot-links" method="post" action="/preferences" aria-label="${t('layout.theme')}">
        ${back(viewer)}${(['', 'light', 'dark'] as const).map(
          theme =>
            html`<button name="theme" value="${theme}" ${(viewer.theme ?? '') === theme && html` aria-pressed="true"`}>
              ${t(`layout.theme.${theme || 'system'}`)}
            </button>`,
        )}<a href="/api">${t('layout.api')}</a>
      </form>
      <div class="foot-note">
        <span>${licence && t.html('layout.licence', { licence: licenceLink(licence) })}</span>
        <span>${t('layout.run')}</span>
      </div>
    </div>
  </footer>`
}
