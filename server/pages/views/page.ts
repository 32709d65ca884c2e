import { directionOf } from '../../../shared/i18n/translate.ts'
import type { Asker } from '../../../shared/accounts/contract.ts'
import type { AuthorShare } from '../../../shared/revisions/authors.ts'
import { mayDelete, mayFeature, mayRename } from '../../../shared/pages/may.ts'
import { html, type Html, icon, names, pageHead, personLink, time, type Translator, trusted } from '../../html/index.ts'
import type { Head } from '../../revisions/index.ts'
import { addressOf, type Page } from '../page.ts'
import { contents, contentsOnPhones } from './contents.ts'
import { aboutRevision, contributors } from './rail.ts'
import { attribution } from './attribution.ts'

export interface ReadView {
  t: Translator
  page: Page
  head: Head
  /** Everyone whose words stand there, most words first. */
  people: readonly AuthorShare[]
  /** Scheme and host by which readers know the wiki. */
  origin: string
  /** Open topics, if there are any. */
  topics: number
  asker: Asker
}

/** What readers get of a page: head, contents, text, licence, and what there is to know about it. */
export function readView(view: ReadView): Html {
  const { t, page, head } = view
  const { revision, outline, words } = head
  const minutes = Math.max(1, Math.round(words / 220))
  const status = [
    html`${icon('history')}<span
        >${t.html('pages.last-edited', {
          when: html`<span data-ago>${time(t, revision.at, 'day')}</span>`,
          who: revision.publisher ? personLink(revision.publisher) : names(t, revision.authors),
        })}</span
      >`,
    html`${icon('clock')}${t('pages.minutes', { minutes })}`,
  ]
  return html`${pageHead({ t, page, face: 'read', status, topics: view.topics })}
    <div class="wrap read">
      ${contents(t, outline)}
      <article>
        ${contentsOnPhones(t, outline)}
        <div class="prose" lang="${page.language}" dir="${directionOf(page.language)}" id="text">
          ${trusted(head.html)}
        </div>
        ${attribution(view)}
      </article>
      <aside class="rail" aria-label="${t('pages.about')}">
        ${acts(view)} ${contributors(view)} ${aboutRevision(view)}
      </aside>
    </div>
    <nav class="mob-bar" aria-label="${t('pages.shortcuts')}">
      ${outline.length > 0 && html`<a href="#contents">${icon('list')}${t('pages.contents')}</a>`}
      <a href="${addressOf(page)}/discuss">${icon('message-square')}${t('layout.face.discuss')}</a>
      <a href="${addressOf(page)}/history">${icon('history')}${t('layout.face.history')}</a>
      <a href="#languages">${icon('languages')}${t('pages.language')}</a>
    </nav>`
}

const featuring = (t: ReadView['t'], page: ReadView['page']): Html =>
  html`<form method="post" action="${addressOf(page)}/feature">
    <button>${icon('list')}${t(page.featured === null ? 'pages.feature' : 'pages.feature.no')}</button>
  </form>`

function acts({ t, page, asker }: ReadView): Html {
  const content = `/api/v1/pages/${page.id}/content?format=`
  return html`<section>
    <h2>${t('pages.use')}</h2>
    <div class="acts">
      <a href="${addressOf(page)}/cite">${icon('quote')}${t('pages.cite')}</a>
      <a href="${content}markdown">${icon('download')}${t('pages.as-markdown')}</a>
      <a href="${content}text">${icon('download')}${t('pages.as-text')}</a>
      ${mayRename(asker, page) && html`<a href="${addressOf(page)}/move">${icon('pencil')}${t('pages.rename')}</a>`}
      ${mayFeature(asker, page) && featuring(t, page)}
      ${mayDelete(asker, page) && html`<a href="${addressOf(page)}/delete">${icon('trash-2')}${t('pages.delete')}</a>`}
    </div>
  </section>`
}
