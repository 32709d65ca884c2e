import type { Asker } from '../../shared/accounts/contract.ts'
import { directionOf } from '../../shared/i18n/translate.ts'
import { licenceNamed } from '../../shared/licensing/licences.ts'
import { summaryLimit } from '../../shared/pages/contract.ts'
import { mayRestore } from '../../shared/pages/may.ts'
import { html, type Html, icon, licenceLink, names, pageHead, time, type Translator, trusted } from '../html/index.ts'
import { addressOf, type Page } from '../pages/index.ts'
import type { Revision } from '../revisions/index.ts'
import { balance } from './list/signs.ts'

export interface OldView {
  t: Translator
  page: Page
  revision: Revision
  /** Its text; undefined for a deletion, which has none. */
  text: string | undefined
  asker: Asker
  topics: number
  fault?: string | undefined
}

/** A revision as it was, under a banner that says so, with what can be done about it. */
export function oldView(view: OldView): Html {
  const { t, page, revision, text, topics } = view
  const who = names(t, revision.authors.length > 0 ? revision.authors : revision.publisher ? [revision.publisher] : [])
  const isHead = revision.number === page.head?.number
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap">
      <div
        class="banner ${isHead ? 'banner-info' : 'banner-warn'} oldrev"
        role="region"
        aria-label="${t('revisions.old')}"
      >
        ${icon('history')}
        <div class="banner-body">
          <p>
            <b>${t.html('revisions.viewing', { number: revision.number, at: time(t, revision.at) })}</b>
            ${isHead ? t('revisions.is-head') : page.head && t.html('revisions.now', { link: inside => html`<a href="${addressOf(page)}">${inside}</a>` })}
          </p>
          <p class="soft">
            ${revision.summary ? t.html('revisions.by-summary', { who, summary: html`<bdi>${revision.summary}</bdi>` }) : t.html('revisions.by', { who })}
            <a href="${addressOf(page)}/history">${t('revisions.all')}</a>
          </p>
          ${view.fault && html`<p role="alert"><b>${view.fault}</b></p>`}
          <div class="banner-actions">
            ${page.head && !isHead && text !== undefined && html`<a class="btn" href="${addressOf(page)}/compare?from=${revision.number}&amp;to=${page.head.number}">${t('revisions.compare-current')}</a>`}${neighbours(view)}
          </div>
        </div>
      </div>
      ${text !== undefined && !isHead && mayRestore(view.asker, page) && restoreForm(view)}
    </div>
    <div class="wrap read is-old">
      <article class="prose" lang="${page.language}" dir="${directionOf(page.language)}">
        ${text === undefined ? html`<p>${t('revisions.deletion')}</p>` : trusted(text)}
      </article>
      <aside class="rail" aria-label="${t('pages.about-revision')}">
        <section>
          <h2>${t('revisions.this')}</h2>
          <dl class="kv">
            <dt>${t('pages.revision-label')}</dt>
            <dd>${t('pages.of', { number: revision.number, total: page.newest })}</dd>
            ${
              revision.title !== page.title &&
              html`<dt>${t('revisions.title-then')}</dt>
                <dd><bdi>${revision.title}</bdi></dd>`
            }
            <dt>${t('revisions.words-label')}</dt>
            <dd>${balance(t, revision.wordsAdded - revision.wordsRemoved)}</dd>
            <dt>${t('revisions.licence-then')}</dt>
            <dd>${licenceLink(licenceNamed(revision.licence))}</dd>
            <dt>${t('pages.permanent')}</dt>
            <dd>
              <a href="/r/${revision.id}"><bdi dir="ltr">/r/${revision.id}</bdi></a>
            </dd>
          </dl>
        </section>
      </aside>
    </div>`
}

function neighbours({ t, page, revision: { number } }: OldView): Html {
  const link = (to: number, label: string, before: Html | null, after: Html | null) =>
    html`<a class="btn btn-q" href="${addressOf(page)}?revision=${to}" aria-label="${label}">${before}${to}${after}</a>`
  return html`${number > 1 && link(number - 1, t('revisions.previous'), icon('chevron-left', { flip: true }), null)}${
    number < page.newest && link(number + 1, t('revisions.next'), null, icon('chevron-right', { flip: true }))
  }`
}

const restoreForm = ({ t, page, revision: { number } }: OldView): Html =>
  html`<form class="restore stack" id="restore" method="post" action="${addressOf(page)}/restore">
    <input type="hidden" name="revision" value="${number}" />
    <p>${t('revisions.restore.text', { number, next: page.newest + 1 })}</p>
    <div class="field">
      <label for="summary">${t('revisions.restore.why')}</label
      ><input id="summary" name="summary" dir="auto" maxlength="${summaryLimit}" autocomplete="off" />
    </div>
    <p>
      <button class="btn btn-p">${icon('rotate-ccw', { flip: true })}${t('revisions.restore.do', { number })}</button>
    </p>
  </form>`
