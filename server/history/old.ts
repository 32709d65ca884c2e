import type { Asker } from '../../shared/accounts/contract.ts'
import type { Heading } from '../../shared/document/outline.ts'
import { directionOf, figures, localeOf } from '../../shared/i18n/translate.ts'
import { licenceNamed } from '../../shared/licensing/licences.ts'
import { html, type Html, icon, licenceLink, names, pageHead, time, type Translator, trusted } from '../html/index.ts'
import { addressOf, contents, type Page } from '../pages/index.ts'
import type { Revision } from '../revisions/index.ts'
import { balance, bytes } from './list/signs.ts'
import { actsOn, actsExplained } from './takebacks/acts.ts'

export interface OldView {
  t: Translator
  page: Page
  revision: Revision
  /** What it says; undefined for a deletion, which has no text, and where that is suppressed. */
  text: { html: string; outline: Heading[]; words: number } | undefined
  /** In how many places it differs from what readers see now, where that was counted. */
  places: number | undefined
  asker: Asker
  topics: number
}

/** A revision as it was, under a banner that says so, with what can be done about it. */
export function oldView(view: OldView): Html {
  const { t, page, revision, text, topics } = view
  const who = names(t, revision.authors.length > 0 ? revision.authors : revision.publisher ? [revision.publisher] : [])
  const isSigned = revision.authors.length > 0 || revision.publisher !== null
  const isHead = revision.number === page.head?.number
  const grown = balance(t, revision.wordsAdded - revision.wordsRemoved)
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap">
      <div
        class="banner ${isHead ? 'banner-info' : 'banner-warn'} oldrev"
        role="region"
        aria-label="${t('revisions.old')}"
      >
        ${icon('history', { flip: true })}
        <div class="banner-body">
          <p>
            <b>${t.html('revisions.viewing', { number: revision.number, at: time(t, revision.at) })}</b>
            ${isHead ? t('revisions.is-head') : now(view)}
          </p>
          <p class="soft">
            ${isSigned && (revision.summary ? t.html('revisions.by-summary', { who, summary: html`<bdi>${revision.summary}</bdi>` }) : t.html('revisions.by', { who }))}
            <a href="${addressOf(page)}/history">${t('revisions.all')}</a>
          </p>
          <div class="banner-actions">${actsOn(view)}</div>
        </div>
        <nav class="row" aria-label="${t('takebacks.neighbours')}">${neighbours(view)}</nav>
      </div>
      ${actsExplained(view)}
    </div>
    <div class="wrap read is-old">
      ${contents(t, text?.outline ?? [], t('takebacks.contents', { number: revision.number }))}
      <article class="prose" lang="${page.language}" dir="${directionOf(page.language)}">${said(view)}</article>
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
            ${
              text &&
              html`<dt>${t('history.size')}</dt>
                <dd>${bytes(t, revision.size)}</dd>`
            }
            <dt>${t('revisions.words-label')}</dt>
            <dd>
              ${text ? html`${new Intl.NumberFormat(localeOf(t.language)).format(text.words)} (${grown})` : grown}
            </dd>
            <dt>${t('revisions.licence-then')}</dt>
            <dd>${licenceLink(licenceNamed(revision.licence))}</dd>
            <dt>${t('pages.permanent')}</dt>
            <dd>
              <a href="/r/${revision.id}"><bdi dir="ltr">/r/${revision.id}</bdi></a>
            </dd>
          </dl>
          <div class="acts">
            ${
              text &&
              html`<a href="${addressOf(page)}/authors?revision=${revision.number}"
                  >${icon('user')}${t('authors.who-wrote')}</a
                ><a href="${addressOf(page)}/cite?revision=${revision.number}"
                  >${icon('quote')}${t('cite.heading', { number: revision.number })}</a
                >`
            }
            <a href="${addressOf(page)}/play?revision=${revision.number}"
              >${icon('play', { flip: true })}${t('play.from')}</a
            >
          </div>
        </section>
      </aside>
    </div>`
}

function now({ t, page, places }: OldView): Html | null {
  if (!page.head) return null
  const link = (inside: Html) => html`<a href="${addressOf(page)}">${inside}</a>`
  if (places === undefined) return t.html('revisions.now', { link })
  return places === 0 ? t.html('takebacks.same', { link }) : t.html('takebacks.differs', { count: places, link })
}

function said({ t, text, revision: { hidden } }: OldView): Html {
  if (text) return trusted(text.html)
  return html`<p>${t(hidden.includes('text') ? 'takebacks.text-hidden' : 'revisions.deletion')}</p>`
}

function neighbours({ t, page, revision: { number } }: OldView): Html {
  const link = (to: number, label: string, before: Html | null, after: Html | null) =>
    html`<a
      class="btn btn-q btn-s"
      href="${addressOf(page)}?revision=${to}"
      aria-label="${label} (${figures(t.language, to)})"
      >${before}${figures(t.language, to)}${after}</a
    >`
  return html`${number > 1 && link(number - 1, t('revisions.previous'), icon('chevron-left', { flip: true, small: true }), null)}${
    number < page.newest &&
    link(number + 1, t('revisions.next'), null, icon('chevron-right', { flip: true, small: true }))
  }`
}
