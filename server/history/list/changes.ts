import { directionOf } from '../../../shared/i18n/translate.ts'
import type { ChangeJson } from '../../../shared/revisions/contract.ts'
import { empty, html, type Html, moment, names, time, type Translator } from '../../html/index.ts'
import { balance, kindTag } from './signs.ts'

/** Recent revisions of all pages, day by day. */
export function changeFeed(t: Translator, changes: readonly ChangeJson[]): Html {
  if (changes.length === 0) return empty(t('revisions.no-changes'))
  let day = moment(t, Date.now(), 'day')
  return html`<ol class="feed">
    ${changes.map(change => {
      const today = moment(t, change.at, 'day')
      const heading = today !== day && html`<li class="day">${today}</li>`
      day = today
      return html`${heading}${item(t, change)}`
    })}
  </ol>`
}

function item(t: Translator, change: ChangeJson): Html {
  const { page, number, kind, summary, authors, publisher, wordsAdded, wordsRemoved } = change
  const slug = encodeURIComponent(page.slug)
  const people = authors.length > 0 ? authors : publisher ? [publisher] : []
  const address =
    kind === 'deletion'
      ? `/wiki/${slug}/history`
      : number > 1
        ? `/wiki/${slug}/compare?from=${number - 1}&to=${number}`
        : `/wiki/${slug}?revision=1`
  return html`<li>
    ${time(t, change.at, 'clock')}<span class="tt"
      ><a class="t" href="/wiki/${slug}" lang="${page.language}" dir="${directionOf(page.language)}">${page.title}</a>
      ${number === 1 && kind !== 'deletion' && html`<span class="tag">${t('revisions.new')}</span>`}${kindTag(t, change)}</span
    ><span class="d">${balance(t, wordsAdded - wordsRemoved)}</span
    ><span class="s"
      >${summary ? html`<bdi>${summary}</bdi>` : html`<span class="muted">${t('revisions.no-summary')}</span>`}
      <span class="muted"
        >${people.length > 0 && html`— ${names(t, people, { most: 2 })} `}<span class="sep"></span
        ><a href="${address}" aria-label="${t('revisions.changes-of', { number })}: ${page.title}"
          >${t('revisions.changes')}</a
        ></span
      ></span
    >
  </li>`
}

/** The page of recent changes. */
export const changesView = (
  t: Translator,
  { changes, next }: { changes: readonly ChangeJson[]; next: string | null },
): Html =>
  html`<div class="wrap simple">
    <h1 class="h-page">${t('layout.changes')}</h1>
    ${changeFeed(t, changes)}
    <p class="row pager">
      ${next && html`<a class="btn" href="/changes?before=${encodeURIComponent(next)}">${t('layout.older')}</a>`}
    </p>
  </div>`
