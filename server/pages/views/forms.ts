import { directionOf, languageNames } from '../../../shared/i18n/translate.ts'
import { summaryLimit, titleLimit } from '../../../shared/pages/contract.ts'
import { banner, html, type Html, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../page.ts'

export interface NewForm {
  t: Translator
  title: string
  language: string
  languages: readonly string[]
  /** What was wrong with the form as it came. */
  fault?: string
  /** Pages that have this very title. */
  existing?: Page | undefined
}

/** Starting a page: a title and a language; the text is written in the editor. */
export function newView({ t, title, language, languages, fault, existing }: NewForm): Html {
  const choices = languages.includes(language) ? languages : [language, ...languages]
  return html`<div class="wrap simple stack narrow">
    <h1 class="h-page">${t('pages.new')}</h1>
    ${fault && banner('bad', fault, { alert: true })}
    ${existing && banner('info', html`<p>${t.html('pages.exists', { page: html`<a href="${addressOf(existing)}"><bdi>${existing.title}</bdi></a>` })}</p>`)}
    <form class="stack" method="post" action="/new">
      <div class="field${fault ? ' is-err' : null}">
        <label for="title">${t('pages.title')}</label
        ><input
          id="title"
          name="title"
          value="${title}"
          dir="auto"
          required
          maxlength="${titleLimit}"
          autocomplete="off"
        /><span class="hint">${t('pages.title.hint')}</span>
      </div>
      <div class="field">
        <label for="language">${t('pages.language-of-text')}</label
        ><select id="language" name="language">
          ${choices.map(
            one =>
              html`<option value="${one}" ${one === language && html` selected`}>${languageNames[one] ?? one}</option>`,
          )}
        </select>
      </div>
      <p class="row"><button class="btn btn-p">${t('pages.start')}</button></p>
    </form>
  </div>`
}

/** Another title, another address, or both. */
export function moveView(t: Translator, page: Page, given: { title: string; slug: string }, fault?: string): Html {
  return html`${pageHead({ t, page })}
    <div class="wrap simple stack narrow">
      <h2 class="h-sec">${t('pages.rename')}</h2>
      ${fault && banner('bad', fault, { alert: true })}
      <form class="stack" method="post" action="${addressOf(page)}/move">
        <div class="field">
          <label for="title">${t('pages.title')}</label
          ><input
            id="title"
            name="title"
            value="${given.title}"
            lang="${page.language}"
            dir="${directionOf(page.language)}"
            required
            maxlength="${titleLimit}"
            autocomplete="off"
          />
        </div>
        <div class="field">
          <label for="slug">${t('pages.address')}</label
          ><input
            id="slug"
            name="slug"
            value="${given.slug}"
            dir="auto"
            autocomplete="off"
            aria-describedby="slug-h"
          /><span class="hint" id="slug-h">${t('pages.address.hint')}</span>
        </div>
        <p class="row">
          <button class="btn btn-p">${t('pages.rename.do')}</button
          ><a class="btn btn-q" href="${addressOf(page)}">${t('layout.cancel')}</a>
        </p>
      </form>
    </div>`
}

/** Deleting asks for a reason, and says how it is taken back. */
export function deleteView(t: Translator, page: Page, fault?: string): Html {
  return html`${pageHead({ t, page })}
    <div class="wrap simple stack narrow">
      <h2 class="h-sec">${t('pages.delete')}</h2>
      ${fault && banner('bad', fault, { alert: true })}
      <p>${t('pages.delete.text')}</p>
      <form class="stack" method="post" action="${addressOf(page)}/delete">
        <div class="field">
          <label for="summary">${t('pages.delete.why')}</label
          ><input id="summary" name="summary" dir="auto" maxlength="${summaryLimit}" autocomplete="off" />
        </div>
        <p class="row">
          <button class="btn btn-d">${t('pages.delete.do')}</button
          ><a class="btn btn-q" href="${addressOf(page)}">${t('layout.cancel')}</a>
        </p>
      </form>
    </div>`
}
