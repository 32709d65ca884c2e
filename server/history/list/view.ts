import type { Asker } from '../../../shared/accounts/contract.ts'
import { mayRestore } from '../../../shared/pages/may.ts'
import {
  avatars,
  banner,
  empty,
  html,
  type Html,
  icon,
  moment,
  names,
  pageHead,
  time,
  type Translator,
} from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Revision } from '../../revisions/index.ts'
import { kindTag, sizeOf } from './signs.ts'

export interface HistoryView {
  t: Translator
  page: Page
  revisions: readonly Revision[]
  /** Where older ones begin. */
  next: string | null
  asker: Asker
  topics: number
}

/** Every revision of a page, newest first, with two to be chosen and compared. */
export function historyView({ t, page, revisions, next, asker, topics }: HistoryView): Html {
  const readable = revisions.filter(({ hash }) => hash !== null)
  const rows = { newest: readable[0]?.number, second: readable[1]?.number ?? readable[0]?.number }
  let day = ''
  const list = revisions.map(revision => {
    const today = moment(t, revision.at, 'day')
    const heading = today !== day && html`<li class="day">${today}</li>`
    day = today
    return html`${heading}${row({ t, page, asker, revision, ...rows })}`
  })
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap">
      ${page.deleted && html`<div class="oldrev">${banner('warn', html`<p><b>${t('revisions.page-deleted')}</b> ${t('revisions.page-deleted.text')}</p>`)}</div>`}
      ${
        revisions.length === 0
          ? html`<div class="simple">${empty(t('revisions.none'))}</div>`
          : html`<form action="${addressOf(page)}/compare">
              <div class="cmpbar">
                <span>${t('revisions.choose')}</span
                ><button class="btn btn-p btn-s push">${t('revisions.compare')}</button>
              </div>
              <ol class="revs">
                ${list}
              </ol>
            </form>`
      }
      <div class="row pager">
        ${next && html`<a class="btn" href="${addressOf(page)}/history?before=${next}">${t('revisions.older')}</a>`}
        <a class="small" href="/api/v1/pages/${page.id}/revisions">${t('revisions.as-json')}</a>
      </div>
    </div>`
}

interface Row {
  t: Translator
  page: Page
  asker: Asker
  revision: Revision
  newest: number | undefined
  second: number | undefined
}

function row({ t, page, asker, revision, newest, second }: Row): Html {
  const { number, hash, summary, authors, publisher } = revision
  const address = `${addressOf(page)}?revision=${number}`
  const people = authors.length > 0 ? authors : publisher ? [publisher] : []
  return html`<li class="rev" id="r${number}">
    <div class="radios">
      ${hash !== null && html`${radio(t, 'from', number, number === second)}${radio(t, 'to', number, number === newest)}`}
    </div>
    <div class="when">
      ${hash === null ? html`<b>${time(t, revision.at, 'clock')}</b>` : html`<a href="${address}">${time(t, revision.at, 'clock')}</a>`}
      <small>${t('pages.revision', { number })}</small>
    </div>
    <div class="sum">
      ${summary ? html`<span dir="auto">${summary}</span>` : html`<span class="muted">${t('revisions.no-summary')}</span>`}
      <div class="by">
        ${avatars(people, 4)}<span>${names(t, people, { most: 4 })}</span>${kindTag(t, revision)}${revision.minor && html`<span class="tag">${t('revisions.minor')}</span>`}${number === page.head?.number && html`<span class="tag tag-ok">${t('revisions.current')}</span>`}
      </div>
    </div>
    ${sizeOf(t, revision)}
    <div class="do">
      ${hash !== null && number > 1 && html`<a class="btn btn-q btn-s" href="${addressOf(page)}/compare?from=${number - 1}&amp;to=${number}" aria-label="${t('revisions.changes-of', { number })}">${t('revisions.changes')}</a>`}${
        hash !== null && number !== page.head?.number && mayRestore(asker, page)
          ? html`<a
              class="btn btn-q btn-s"
              href="${address}#restore"
              aria-label="${t('revisions.restore-of', { number })}"
              >${icon('rotate-ccw', { flip: true })}${t('revisions.restore')}</a
            >`
          : null
      }
    </div>
  </li>`
}

const radio = (t: Translator, name: 'from' | 'to', number: number, checked: boolean) =>
  html`<label
    ><span class="vh">${t(`revisions.radio.${name}`, { number })}</span
    ><input type="radio" name="${name}" value="${number}" ${checked && html` checked`} /><small aria-hidden="true"
      >${t(`revisions.${name}`)}</small
    ></label
  >`
