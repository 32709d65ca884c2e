import { directionOf } from '../../../shared/i18n/translate.ts'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { html, type Html, icon, names, pageHead, time, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Comparison, Revision } from '../../revisions/index.ts'
import { comparedBlocks } from './visual.ts'
import { comparedSource } from './source.ts'

export interface CompareView {
  t: Translator
  page: Page
  comparison: Comparison
  context: HtmlContext
  view: 'visual' | 'source'
  topics: number
}

/** Two revisions as one text: words added and removed, blocks moved, formatting changed; or their Markdown, line by line. */
export function compareView({ t, page, comparison, context, view, topics }: CompareView): Html {
  const { from, to, before, after } = comparison
  const address = (kind: CompareView['view'], one = from.number, other = to.number) =>
    `${addressOf(page)}/compare?from=${one}&to=${other}${kind === 'source' ? '&view=source' : ''}`
  const { hunks, body } = comparedBlocks(t, before, after, context)
  const step = (by: -1 | 1) => {
    const number = by < 0 ? from.number : to.number
    const label = t(by < 0 ? 'revisions.previous-edit' : 'revisions.next-edit')
    const arrow = icon(by < 0 ? 'chevron-left' : 'chevron-right', { flip: true, small: true })
    if (number + by < 1 || number + by > page.newest) return null
    const link = by < 0 ? address(view, number - 1, number) : address(view, number, number + 1)
    return html`<a class="btn btn-q btn-s" href="${link}">${by < 0 && arrow}${label}${by > 0 && arrow}</a>`
  }
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap">
      <h2 class="vh">${t('revisions.compare.title', { from: from.number, to: to.number })}</h2>
      <div class="cmp-head">
        ${side(t, page, from, 'old', step(-1))}
        <div class="cmp-mid">${icon('arrow-right', { flip: true })}</div>
        ${side(t, page, to, 'new', step(1))}
      </div>
      <div class="cmp-tools">
        <nav class="seg" aria-label="${t('revisions.view')}">
          <a href="${address('visual')}" ${view === 'visual' && html` aria-current="true"`}>${t('revisions.visual')}</a
          ><a href="${address('source')}" ${view === 'source' && html` aria-current="true"`}
            >${t('revisions.source')}</a
          >
        </nav>
        <div class="legend">
          <span><ins>${t('revisions.added')}</ins></span
          ><span><del>${t('revisions.removed')}</del></span
          >${
            view === 'visual' &&
            html`<span><span class="tag tag-mov">${t('revisions.moved')}</span></span
              ><span class="fmt">${t('revisions.formatting')}</span>`
          }
        </div>
      </div>
      ${
        view === 'source'
          ? comparedSource(t, before, after)
          : html`<div class="cmp">
              <nav class="chg" aria-label="${t('revisions.list')}">
                <p class="h-lab">${t('revisions.count', { count: hunks.length })}</p>
                ${
                  hunks.length > 0 &&
                  html`<ol>
                    ${hunks.map(
                      ({ id, sign, kind, label }) =>
                        html`<li>
                          <a href="#${id}"
                            ><span class="k k-${kind}" aria-hidden="true">${sign}</span><span>${label}</span></a
                          >
                        </li>`,
                    )}
                  </ol>`
                }
              </nav>
              <article
                class="prose"
                lang="${page.language}"
                dir="${directionOf(page.language)}"
                aria-label="${t('revisions.marked')}"
              >
                ${hunks.length > 0 ? body : html`<p>${t('revisions.same')}</p>`}
              </article>
            </div>`
      }
    </div>`
}

function side(t: Translator, page: Page, revision: Revision, kind: 'old' | 'new', step: Html | null): Html {
  const { number, at, authors, publisher, summary } = revision
  const who = authors.length > 0 ? authors : publisher ? [publisher] : []
  return html`<div class="cmp-side ${kind}">
    <div class="row between">
      <b
        ><a href="${addressOf(page)}?revision=${number}">${t('pages.revision', { number })}</a
        >${number === page.head?.number && html` <span class="tag tag-ok">${t('revisions.current')}</span>`}</b
      >${step}
    </div>
    <span class="small soft">${t.html('revisions.at-by', { at: time(t, at), who: names(t, who, { most: 2 }) })}</span>
    ${summary && html`<span class="small soft" dir="auto">${summary}</span>`}
  </div>`
}
