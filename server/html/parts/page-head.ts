import { directionOf } from '../../../shared/i18n/translate.ts'
import { html, type Child, type Html } from '../html.ts'
import type { Translator } from '../translator.ts'

export type Face = 'read' | 'edit' | 'history' | 'discuss'

const faces: [Face, string][] = [
  ['read', ''],
  ['edit', '/edit'],
  ['history', '/history'],
  ['discuss', '/discuss'],
]

export interface PageHead {
  t: Translator
  page: { slug: string; title: string; language: string; deleted?: boolean }
  /** The face that is open; without one (an old revision, a form) none is marked. */
  face?: Face
  crumbs?: Html[]
  /** Parts of the status line. */
  status?: Html[]
  /** How many topics are open, beside Discuss. */
  topics?: number
  tools?: Child
}

/** Crumbs, title, status line and tabs: the same on every face of a page. */
export function pageHead({ t, page, face, crumbs, status, topics, tools }: PageHead): Html {
  const address = `/wiki/${encodeURIComponent(page.slug)}`
  const shown = page.deleted ? faces.filter(([name]) => name === 'history') : faces
  return html`<div class="wrap phead">
    <nav aria-label="${t('layout.crumbs')}">
      <ol class="crumbs">
        <li><a href="/pages">${t('layout.pages')}</a></li>
        ${crumbs?.map(crumb => html`<li>${crumb}</li>`)}
      </ol>
    </nav>
    <h1 lang="${page.language}" dir="${directionOf(page.language)}">${page.title}</h1>
    ${status && html`<div class="pstat">${status.map(part => html`<span>${part}</span>`)}</div>`}
    <nav class="tabs" aria-label="${t('layout.page')}">
      ${shown.map(
        ([name, path]) =>
          html`<a href="${address}${path}" ${name === face && html` aria-current="page"`}
            >${t(`layout.face.${name}`)}${
              name === 'discuss' && topics ? html` <span class="count">${topics}</span>` : null
            }</a
          >`,
      )}${tools && html`<div class="tools">${tools}</div>`}
    </nav>
  </div>`
}
