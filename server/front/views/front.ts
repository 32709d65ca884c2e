import type { Asker } from '../../../shared/accounts/contract.ts'
import type { Topic } from '../../../shared/discussions/contract.ts'
import { directionOf } from '../../../shared/i18n/translate.ts'
import { mayCreatePage } from '../../../shared/pages/may.ts'
import type { ChangeJson } from '../../../shared/revisions/contract.ts'
import { ago, empty, html, type Html, icon, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import { changeFeed } from '../../history/index.ts'

export interface FrontView {
  t: Translator
  site: string
  changes: readonly ChangeJson[]
  topics: readonly Topic[]
  featured: readonly { page: Page; lead: string; authors: number }[]
  asker: Asker
}

export function frontView({ t, site, changes, topics, featured, asker }: FrontView): Html {
  return html`<div class="wrap">
    <section class="intro" aria-labelledby="in-h">
      <div>
        <h1 id="in-h" dir="auto">${site}</h1>
        <p>${t('front.promise')}</p>
        <form class="intro-search" role="search" action="/search">
          <label class="vh" for="s1">${t('layout.search.label')}</label
          ><input id="s1" name="q" type="search" dir="auto" placeholder="${t('layout.search.label')}" /><button
            class="btn btn-p"
          >
            ${icon('search')}<span>${t('layout.search')}</span>
          </button>
        </form>
        ${mayCreatePage(asker) && html`<p class="intro-l"><a href="/new">${t('pages.new')}</a></p>`}
      </div>
    </section>
    <div class="two">
      <section aria-labelledby="rc-h">
        <div class="sec-h">
          <h2 class="h-sec" id="rc-h">${t('layout.changes')}</h2>
          <a href="/changes">${t('front.all-changes')}</a>
        </div>
        ${changeFeed(t, changes)}
      </section>
      <section aria-labelledby="ad-h">
        <div class="sec-h">
          <h2 class="h-sec" id="ad-h">${t('front.discussions')}</h2>
          <a href="/forum">${t('front.forum')}</a>
        </div>
        ${
          topics.length > 0
            ? html`<ol class="disc">
                ${topics.map(topic => topicLine(t, topic))}
              </ol>`
            : empty(t('front.no-discussions'), html`<a class="btn btn-s" href="/forum">${t('front.forum')}</a>`)
        }
      </section>
    </div>
    ${
      featured.length > 0 &&
      html`<section class="block" aria-labelledby="f-h">
        <div class="sec-h plain">
          <h2 class="h-sec" id="f-h">${t('front.featured')}</h2>
          <a href="/pages">${t('pages.all')}</a>
        </div>
        <div class="three">
          ${featured.map(
            ({ page, lead, authors }) =>
              html`<article class="feat" lang="${page.language}" dir="${directionOf(page.language)}">
                <h3><a href="${addressOf(page)}">${page.title}</a></h3>
                <p>${lead}</p>
                <p class="meta" lang="${t.language}" dir="${t.dir}">
                  ${t('front.authors', { count: authors })}<span class="sep">${ago(t, page.changedAt)}</span>
                </p>
              </article>`,
          )}
        </div>
      </section>`
    }
  </div>`
}

const topicLine = (t: Translator, { id, title, subject, posts, lastPostAt }: Topic) =>
  html`<li>
    <a class="t" href="/topics/${id}" dir="auto">${title}</a>
    <p class="meta">
      <bdi>${subject.title}</bdi><span class="sep">${t('front.replies', { count: posts - 1 })}</span
      ><span class="sep">${ago(t, lastPostAt)}</span>
    </p>
  </li>`
