import type { Node } from 'prosemirror-model'
import type { Asker } from '../../../shared/accounts/contract.ts'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { directionOf } from '../../../shared/i18n/translate.ts'
import { banner, html, type Html, pageHead, type Translator } from '../../html/index.ts'
import { addressOf } from '../../pages/index.ts'
import { compareAddress, type Sides, sides } from './head.ts'
import { comparedSource } from './source.ts'
import { tools } from './tools.ts'
import { comparedBlocks, type Hunk } from './visual.ts'

export interface CompareView extends Sides {
  asker: Asker
  topics: number
  /** What both say; undefined where one of them may not be shown. */
  texts: { before: Node; after: Node; context: HtmlContext } | undefined
}

/** Two revisions as one text: words added and removed, blocks moved, formatting changed; or their Markdown, line by line. */
export function compareView(of: CompareView): Html {
  const { t, page, from, to, topics } = of
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap">
      <h2 class="vh">${t('compare.title', { from: from.number, to: to.number })}</h2>
      ${sides(of)}${from.number === to.number ? nothing(of) : of.texts ? changes(of, of.texts) : hidden(of)}
    </div>`
}

function changes(of: CompareView, { before, after, context }: NonNullable<CompareView['texts']>): Html {
  const { t, page } = of
  if (of.view === 'source') {
    const { hunks, body } = comparedSource(t, before, after)
    return html`${tools({ ...of, count: hunks.length })}${deletion(of)}
      <div class="cmp-src">
        ${
          hunks.length > 0 &&
          html`<details class="src-list">
            <summary>${t('compare.count', { count: hunks.length })}</summary>
            ${listOf(t, hunks)}
          </details>`
        }${body}
      </div>`
  }
  const { hunks, body, isCoarse } = comparedBlocks(t, before, after, context)
  return html`${tools({ ...of, count: hunks.length })}${deletion(of)}${isCoarse && coarse(of)}
    <div class="cmp">
      <nav class="chg" aria-label="${t('compare.list')}">
        <p class="h-lab">${t('compare.count', { count: hunks.length })}</p>
        ${listOf(t, hunks)}
      </nav>
      <article
        class="prose"
        lang="${page.language}"
        dir="${directionOf(page.language)}"
        aria-label="${t('compare.marked')}"
      >
        ${hunks.length > 0 ? body : html`<p>${t('compare.same')}</p>`}
      </article>
    </div>`
}

const listOf = (t: Translator, hunks: readonly Hunk[]) =>
  hunks.length > 0 &&
  html`<ol class="chg-l" aria-label="${t('compare.list')}">
    ${hunks.map(
      ({ id, sign, kind, label }) =>
        html`<li>
          <a href="#${id}"><span class="k k-${kind}" aria-hidden="true">${sign}</span><span>${label}</span></a>
        </li>`,
    )}
  </ol>`

function nothing({ t, page, from }: CompareView): Html {
  const { number } = from
  return html`<div class="cmp-none stack">
    <h2 class="h-sec">${t('compare.nothing')}</h2>
    <p>${number === 1 ? t('compare.nothing.first') : t('compare.nothing.text', { number })}</p>
    <p class="row">
      <a class="btn" href="${addressOf(page)}/history">${t('compare.choose')}</a
      ><a class="btn" href="${addressOf(page)}?revision=${number}">${t('compare.read', { number })}</a>
    </p>
  </div>`
}

function coarse(of: CompareView): Html {
  const source = compareAddress({ ...of, view: 'source' }, of.from.number, of.to.number)
  return banner('info', html`<p>${of.t('compare.coarse')} <a href="${source}">${of.t('compare.coarse.source')}</a></p>`)
}

function deletion({ t, from, to }: CompareView): Html | null {
  const one = [from, to].find(({ kind }) => kind === 'deletion')
  if (!one) return null
  const side = one === from ? 'from' : 'to'
  return banner('info', html`<p>${t('compare.deleted', { number: one.number, side })}</p>`)
}

/** Nobody is shown a suppressed text; those around it can be compared. */
function hidden(of: CompareView): Html {
  const { t, page, from, to } = of
  const numbers = [from, to].filter(one => one.hidden.includes('text')).map(({ number }) => number)
  const older = Math.min(from.number, to.number) - (isHidden(from.number < to.number ? from : to) ? 1 : 0)
  const newer = Math.max(from.number, to.number) + (isHidden(from.number < to.number ? to : from) ? 1 : 0)
  return html`<div class="cmp-none stack">
    ${numbers.map(number => banner('warn', html`<p>${t('compare.hidden', { number })}</p>`))}
    <p class="row">
      ${older >= 1 && newer <= page.newest && html`<a class="btn" href="${compareAddress(of, older, newer)}">${t('compare.hidden.around', { from: older, to: newer })}</a>`}
      <a class="btn" href="${addressOf(page)}/history">${t('compare.choose')}</a>
    </p>
  </div>`
}

const isHidden = (revision: Sides['from']) => revision.hidden.includes('text')
