import { directionOf, languageNames } from '../../../shared/i18n/translate.ts'
import { empty, html, type Html, icon, time, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../page.ts'

/** All pages by title, with a field that narrows them down. */
export function pagesView(
  t: Translator,
  { pages, next, prefix, mayCreate }: { pages: Page[]; next: string | null; prefix: string; mayCreate: boolean },
): Html {
  const more = next && `/pages?${new URLSearchParams({ ...(prefix && { title: prefix }), after: next })}`
  return html`<div class="wrap simple">
    <div class="row between">
      <h1 class="h-page">${t('pages.all')}</h1>
      ${mayCreate && html`<a class="btn btn-p" href="/new">${icon('file-plus')}${t('pages.new')}</a>`}
    </div>
    <form class="row list-filter" action="/pages" aria-label="${t('pages.begins-with')}">
      <label for="title">${t('pages.begins-with')}</label
      ><input class="input" id="title" name="title" type="search" dir="auto" value="${prefix}" /><button class="btn">
        ${t('pages.show')}
      </button>
    </form>
    ${
      pages.length > 0
        ? html`<ul class="page-list">
            ${pages.map(
              page =>
                html`<li>
                  <a class="t" href="${addressOf(page)}" lang="${page.language}" dir="${directionOf(page.language)}"
                    >${page.title}</a
                  >
                  <span class="meta"
                    ><span lang="${page.language}">${languageNames[page.language] ?? page.language}</span
                    ><span class="sep">${time(t, page.changedAt, 'short')}</span></span
                  >
                </li>`,
            )}
          </ul>`
        : empty(
            t(prefix ? 'pages.none-begin' : 'pages.none'),
            mayCreate && html`<a class="btn" href="/new?title=${encodeURIComponent(prefix)}">${t('pages.new')}</a>`,
          )
    }
    ${more && html`<p class="row pager"><a class="btn" href="${more}">${t('layout.next')}</a></p>`}
  </div>`
}
