import { directionOf } from '../../../shared/i18n/translate.ts'
import type { ChangeJson } from '../../../shared/revisions/contract.ts'
import { empty, html, type Html, moment, time, type Translator } from '../../html/index.ts'
import { byline, peopleOf, summaryOf } from './byline.ts'
import { balance, tags } from './signs.ts'

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
  const { page, number, hash, wordsAdded, wordsRemoved } = change
  const slug = encodeURIComponent(page.slug)
  const address =
    hash === null
      ? `/wiki/${slug}/history`
      : number > 1
        ? `/wiki/${slug}/compare?from=${number - 1}&to=${number}`
        : `/wiki/${slug}?revision=1`
  return html`<li>
    ${time(t, change.at, 'clock')}<span class="tt"
      ><a class="t" href="/wiki/${slug}" lang="${page.language}" dir="${directionOf(page.language)}">${page.title}</a>
      ${tags(t, change)}</span
    ><span class="d">${balance(t, wordsAdded - wordsRemoved)}</span
    ><span class="s"
      >${summaryOf(t, change)}
      <span class="muted"
        >${(peopleOf(change).length > 0 || change.hidden.includes('author')) && html`— ${byline(t, change, 2)} `}<span
          class="sep"
        ></span
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
  { changes, next, isMember }: { changes: readonly ChangeJson[]; next: string | null; isMember: boolean },
): Html =>
  html`<div class="wrap simple">
    <div class="row between">
      <h1 class="h-page">${t('layout.changes')}</h1>
      ${isMember && html`<a class="btn btn-q" href="/drafts">${t('taming.drafts')}</a>`}
    </div>
    ${changeFeed(t, changes)}
    <p class="row pager">
      ${next && html`<a class="btn" href="/changes?before=${encodeURIComponent(next)}">${t('layout.older')}</a>`}
    </p>
  </div>`
