import type { Asker } from '../../../shared/accounts/contract.ts'
import { mayEdit, mayRestore } from '../../../shared/pages/may.ts'
import { html, type Html, icon, type Translator } from '../../html/index.ts'
import { addressOf } from '../../pages/index.ts'
import { compareAddress, type Sides } from './head.ts'

export interface Tools extends Sides {
  asker: Asker
  /** How many changes there are to step through. */
  count: number
}

/** The bar over the changes, which stays in sight: how they are shown, where one is among them, what can be done. */
export function tools(of: Tools): Html {
  const { t, from, to, view, count } = of
  const face = (name: Tools['view']) =>
    html`<a
      href="${compareAddress({ ...of, view: name }, from.number, to.number)}"
      ${view === name && html` aria-current="true"`}
      >${t(`compare.${name}`)}</a
    >`
  return html`<div class="cmp-tools">
    <nav class="seg" aria-label="${t('compare.view')}">${face('visual')}${face('source')}</nav>
    ${
      count > 0 &&
      html`<div class="row nav-c" hidden>
        <button type="button" class="icon-btn" data-step="-1" aria-label="${t('compare.step.previous')}">
          ${icon('arrow-up')}</button
        ><span class="small num"></span
        ><button type="button" class="icon-btn" data-step="1" aria-label="${t('compare.step.next')}">
          ${icon('arrow-down')}
        </button>
      </div>`
    }
    ${legend(t, view)}
    <div class="row push cmp-do">${undo(of)}${more(of)}</div>
  </div>`
}

const legend = (t: Translator, view: Tools['view']) =>
  html`<div class="legend only-d" role="group" aria-label="${t('compare.legend')}">
    <span><ins>${t('compare.legend.added')}</ins></span
    ><span><del>${t('compare.legend.removed')}</del></span
    >${
      view === 'visual' &&
      html`<span><span class="tag tag-mov">${t('compare.legend.moved')}</span></span
        ><span class="fmt">${t('compare.legend.formatting')}</span>`
    }
  </div>`

/** One edit, between neighbours that both say something, can be taken back alone. */
const undoAddress = ({ asker, page, from, to }: Tools) =>
  to.number === from.number + 1 && from.hash !== null && to.hash !== null && mayEdit(asker, page)
    ? `${addressOf(page)}/undo?revision=${to.number}`
    : undefined

function undo(of: Tools): Html | null {
  const address = undoAddress(of)
  return address === undefined
    ? null
    : html`<a class="btn btn-s only-d" href="${address}">${icon('undo-2', { flip: true })}${of.t('compare.undo')}</a>`
}

function more(of: Tools): Html {
  const { t, page, from, to, asker } = of
  const address = undoAddress(of)
  const read = (number: number) =>
    html`<a href="${addressOf(page)}?revision=${number}">${t('compare.read', { number })}</a>`
  return html`<details class="menu">
    <summary class="icon-btn" aria-label="${t('compare.more')}">${icon('ellipsis')}</summary>
    <div class="menu-pop">
      ${address !== undefined && html`<a class="only-m" href="${address}">${t('compare.undo')}</a>`}
      ${from.hash !== null && from.number !== page.head?.number && mayRestore(asker, page) && html`<a href="${addressOf(page)}/restore?revision=${from.number}">${t('compare.restore', { number: from.number })}</a>`}
      ${read(from.number)}${read(to.number)}
      <a href="/api/v1/pages/${page.id}/compare?from=${from.number}&amp;to=${to.number}">${t('compare.json')}</a>
    </div>
  </details>`
}
