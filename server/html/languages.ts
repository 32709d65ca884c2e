import { languageNames, languages } from '../../shared/i18n/translate.ts'
import { html, type Html } from './html.ts'
import { icon } from './icons.ts'
import type { Viewer } from './viewer.ts'

/** The interface's languages, each in its own name; choosing one keeps the reader on the page. */
export function languageMenu(viewer: Viewer): Html {
  const { t } = viewer
  const current = languageNames[t.language] ?? t.language
  return html`<details class="menu">
    <summary class="icon-btn" aria-label="${t('layout.language', { language: current })}">
      ${icon('languages')}<span class="only-d">${current}</span>
    </summary>
    <form class="menu-pop" method="post" action="/preferences">${back(viewer)}${buttons(viewer)}</form>
  </details>`
}

/** The same in the footer. */
export const languageRow = (viewer: Viewer): Html =>
  html`<form
    class="foot-langs"
    id="languages"
    method="post"
    action="/preferences"
    aria-label="${viewer.t('layout.languages')}"
  >
    ${back(viewer)}${buttons(viewer)}
  </form>`

export const back = ({ path }: Viewer): Html => html`<input type="hidden" name="back" value="${path}" />`

const buttons = ({ t }: Viewer) =>
  languages.map(
    language =>
      html`<button
        name="language"
        value="${language}"
        lang="${language}"
        ${language === t.language && html` aria-pressed="true"`}
      >
        ${languageNames[language]}
      </button>`,
  )
