import type { Asker } from '../../../shared/accounts/contract.ts'
import { mayPublish, mayRestore, maySuppress } from '../../../shared/pages/may.ts'
import { avatars, html, type Html, icon, moment, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Revision } from '../../revisions/index.ts'
import { byline, peopleOf, summaryOf } from './byline.ts'
import { phrase } from './phrases.ts'
import { sizeOf, tags } from './signs.ts'

export interface Row {
  t: Translator
  page: Page
  asker: Asker
  revision: Revision
  /** Those that are chosen for comparing at first. */
  from: number | undefined
  to: number | undefined
}

/** A line of a history: when, what, who, how much, and what can be done with it. */
export function row(of: Row): Html {
  const { t, page, revision } = of
  const { number, hash } = revision
  const people = peopleOf(revision)
  const when = html`<time datetime="${new Date(revision.at).toISOString()}">${moment(t, revision.at, 'clock')}</time>`
  return html`<li class="rev" id="r${number}">
    <div class="radios">${hash !== null && html`${radio(of, 'from')}${radio(of, 'to')}`}</div>
    <div class="when">
      ${hash === null ? html`<b>${when}</b>` : html`<a href="${addressOf(page)}?revision=${number}">${when}</a>`}
      <small>${phrase(t, 'pages.revision')(number)}</small>
    </div>
    <div class="sum">
      ${summaryOf(t, revision)}
      <div class="by">
        ${people.length > 0 && avatars(people, 4)}${byline(t, revision)}${tags(t, revision)}${number === page.head?.number && html`<span class="tag tag-ok">${t('revisions.current')}</span>`}
      </div>
    </div>
    ${sizeOf(t, revision)}
    <div class="do">${acts(of)}</div>
  </li>`
}

const radio = ({ t, revision: { number }, ...chosen }: Row, name: 'from' | 'to'): Html =>
  html`<label
    ><input
      type="radio"
      aria-label="${phrase(t, `revisions.radio.${name}`)(number)}"
      name="${name}"
      value="${number}"
      ${chosen[name] === number && html` checked`}
    /><small class="only-m" aria-hidden="true">${t(`revisions.${name}`)}</small></label
  >`

function acts({ t, page, asker, revision }: Row): Html {
  const { id, number, kind, hash, hidden } = revision
  const address = addressOf(page)
  const isText = hash !== null
  const isHead = number === page.head?.number
  const compare = (from: number, to: number) => html`${address}/compare?from=${from}&amp;to=${to}`
  const previous = isText && number > 1 && compare(number - 1, number)
  const current = isText && !isHead && page.head && compare(number, page.head.number)
  const undo = isText && number > 1 && mayPublish(asker, page) && html`${address}/undo?revision=${number}`
  const direct = (name: string, to: Html) =>
    html`<a
      class="btn btn-q btn-s only-d"
      href="${to}"
      aria-label="${phrase(t, 'history.act-on', { act: t(name) })(number)}"
      >${t(name)}</a
    >`
  const nearest = current || previous
  return html`${previous && direct('history.compare', previous)}${undo && direct('history.undo', undo)}${nearest && html`<a class="btn btn-q btn-s only-m" href="${nearest}">${t(current ? 'history.compare-current' : 'history.compare-previous')}</a>`}
    <details class="menu">
      <summary class="icon-btn" aria-label="${phrase(t, 'history.more')(number)}">${icon('ellipsis')}</summary>
      <div class="menu-pop">
        ${current && html`<a href="${current}">${t('history.compare-current')}</a>`}<a href="/r/${id}"
          >${t('pages.permanent')}</a
        >${isText && html`<a href="${address}/cite?revision=${number}">${t('history.cite')}</a><a href="${address}/authors?revision=${number}">${t('history.authors')}</a>`}${undo && html`<a href="${undo}">${t('history.undo-this')}</a>`}${isText && !isHead && mayRestore(asker, page) && html`<a href="${address}/restore?revision=${number}">${t('history.restore')}</a>`}${maySuppress(asker, page) && html`<a href="${address}/suppress?revision=${number}">${t(hidden.length > 0 ? 'history.suppress.change' : 'history.suppress')}</a>`}${!isText && kind !== 'deletion' && html`<p class="small soft">${t('history.text-hidden')}</p>`}
      </div>
    </details>`
}
