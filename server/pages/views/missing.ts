import { empty, html, type Html, icon, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../page.ts'

/** There is no page at this address: what to do about it. */
export function missingView(t: Translator, slug: string, mayCreate: boolean): { title: string; main: Html } {
  const wish = slug.replaceAll(/[-_]+/g, ' ').trim().slice(0, 200)
  const title = t('pages.missing')
  const main = html`<div class="wrap simple stack narrow">
    <h1 class="h-page">${title}</h1>
    <p>${t.html('pages.missing.text', { title: html`<bdi>${wish}</bdi>` })}</p>
    <p class="row">
      ${mayCreate && html`<a class="btn btn-p" href="/new?title=${encodeURIComponent(wish)}">${icon('file-plus')}${t('pages.write-it')}</a>`}
      <a class="btn" href="/search?q=${encodeURIComponent(wish)}">${icon('search')}${t('layout.search')}</a>
    </p>
  </div>`
  return { title, main }
}

/** A page that has a draft, but that nobody has published yet. */
export function unpublishedView(t: Translator, page: Page): { title: string; main: Html } {
  const step = html`<a class="btn btn-p" href="${addressOf(page)}/edit">${icon('pencil')}${t('pages.open-draft')}</a>`
  const main = html`${pageHead({ t, page, face: 'read' })}
    <div class="wrap simple narrow">${empty(t('pages.unpublished'), step)}</div>`
  return { title: page.title, main }
}
