import type { Asker } from '../../../shared/accounts/contract.ts'
import type { RevisionFilter } from '../../../shared/revisions/filter.ts'
import { banner, empty, html, type Html, icon, moment, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Survey } from '../../revisions/index.ts'
import { addressFor, isFiltered } from './asked.ts'
import { filters } from './filters.ts'
import { row } from './row.ts'
import { strip } from './strip.ts'

export interface HistoryView {
  t: Translator
  page: Page
  survey: Survey
  filter: RevisionFilter
  asker: Asker
  topics: number
}

/** How many lines of a history a page of it shows. */
export const shownAtOnce = 30

/** A history, newest first, day by day: when how much happened, what to pick from it, and two to be compared. */
export function historyView(view: HistoryView): Html {
  const { t, page, survey, filter, topics } = view
  const { counts, activity, choices } = survey
  const path = `${addressOf(page)}/history`
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap">
      ${page.deleted && html`<div class="oldrev">${banner('warn', html`<p><b>${t('revisions.page-deleted')}</b> ${t('revisions.page-deleted.text')}</p>`)}</div>`}
      ${
        counts.since === null
          ? html`<div class="simple">${empty(t('revisions.none'))}</div>`
          : html`<cl-history>
              <p class="row between meta stripl">
                <span
                  >${t('history.counts', { revisions: counts.all, people: counts.people, since: moment(t, counts.since, 'day') })}</span
                >${activity.spans.length > 1 && html`<span>${t(`history.pick.${activity.unit}`)}</span>`}
              </p>
              ${strip({ t, filter, activity })} ${filters({ t, path, filter, choices, counts })} ${lines(view)}
            </cl-history>`
      }
      ${pager(view, path)}
    </div>`
}

function lines({ t, page, survey: { revisions }, asker }: HistoryView): Html {
  if (revisions.length === 0) return empty(t('history.none-match'))
  const readable = revisions.filter(({ hash }) => hash !== null)
  const [to, from = to] = readable.map(({ number }) => number)
  let day = NaN
  const list = revisions.map(revision => {
    const today = Math.floor(revision.at / 86_400_000)
    const heading = today !== day && html`<li class="day">${moment(t, revision.at, 'day')}</li>`
    day = today
    return html`${heading}${row({ t, page, asker, revision, from, to })}`
  })
  return html`<form action="${addressOf(page)}/compare">
    ${
      readable.length > 0 &&
      html`<div class="cmpbar">
        <span class="what">${t('revisions.choose')}</span
        ><label class="only-m push"><input type="checkbox" class="choosing" /> ${t('history.select')}</label
        ><button class="btn btn-p btn-s">${t('revisions.compare')}</button>
      </div>`
    }
    <div class="rev rev-h only-d" aria-hidden="true">
      <span class="radios"><span>${t('revisions.from')}</span><span>${t('revisions.to')}</span></span
      ><span>${t('history.when')}</span><span>${t('history.what')}</span>
    </div>
    <ol class="revs">
      ${list}
    </ol>
  </form>`
}

function pager({ t, page, survey, filter }: HistoryView, path: string): Html {
  const { next, skipped, revisions, counts } = survey
  const left = counts.matching - skipped - revisions.length
  return html`<div class="row pager">
    ${next !== null && html`<a class="btn older" href="${addressFor(path, filter, next)}" rel="next">${t('history.older', { count: Math.min(shownAtOnce, left) })}</a>`}
    ${skipped > 0 && html`<a class="small" href="${addressFor(path, filter)}">${t('history.newest')}</a>`}
    ${survey.oldest !== null && html`<a class="small" href="${addressFor(path, filter, survey.oldest)}">${t('history.oldest')}</a>`}
    ${page.newest > 1 && html`<a class="small" href="${addressOf(page)}/play">${icon('play', { flip: true, small: true })}${t('play.heading')}</a>`}
    <a class="small" href="${addressFor(`${path}.atom`, filter)}">${t('history.feed')}</a>
    <a class="small" href="${addressFor(`/api/v1/pages/${page.id}/revisions`, filter)}"
      >${icon('download', { small: true })}${t(isFiltered(filter) ? 'history.these-as-json' : 'history.as-json')}</a
    >
  </div>`
}
