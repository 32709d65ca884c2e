import { html, type Html, icon, names, time, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Revision, Revisions } from '../../revisions/index.ts'

export interface Sides {
  t: Translator
  page: Page
  from: Revision
  to: Revision
  between: Awaited<ReturnType<Revisions['between']>>
  view: 'visual' | 'source'
}

/** Where two revisions are compared. */
export const compareAddress = ({ page, view }: Pick<Sides, 'page' | 'view'>, from: number, to: number) =>
  `${addressOf(page)}/compare?from=${from}&to=${to}${view === 'source' ? '&view=source' : ''}`

/** The two revisions as cards, the way to the edits before and after, and what lies between. */
export function sides(of: Sides): Html {
  const { t, page, from, to } = of
  const step = (by: -1 | 1) => {
    const number = by < 0 ? from.number : to.number
    const [older, newer] = by < 0 ? [number - 1, number] : [number, number + 1]
    const arrow = icon(by < 0 ? 'chevron-left' : 'chevron-right', { flip: true, small: true })
    const label = t(by < 0 ? 'compare.previous-edit' : 'compare.next-edit')
    const text = html`${by < 0 && arrow}${label}${by > 0 && arrow}`
    return older < 1 || newer > page.newest
      ? html`<a class="btn btn-q btn-s" role="link" aria-disabled="true">${text}</a>`
      : html`<a class="btn btn-q btn-s" rel="${by < 0 ? 'prev' : 'next'}" href="${compareAddress(of, older, newer)}"
          >${text}</a
        >`
  }
  return html`<div class="cmp-head">
      ${card(t, page, from, 'old', step(-1))}
      <div class="cmp-mid">${icon('arrow-right', { flip: true })}</div>
      ${card(t, page, to, 'new', step(1))}
    </div>
    ${includes(of)}`
}

function card(t: Translator, page: Page, revision: Revision, kind: 'old' | 'new', step: Html): Html {
  const { number, at, authors, publisher, summary } = revision
  const who = authors.length > 0 ? authors : publisher ? [publisher] : []
  return html`<div class="cmp-side ${kind}">
    <div class="row between">
      <b
        ><a href="${addressOf(page)}?revision=${number}">${t('pages.revision', { number })}</a
        >${number === page.head?.number && html` <span class="tag tag-ok">${t('compare.current')}</span>`}</b
      >${step}
    </div>
    <span class="small soft"
      >${who.length > 0 ? t.html('compare.at-by', { at: time(t, at), who: names(t, who, { most: 2 }) }) : time(t, at)}</span
    >
    ${summary && html`<span class="small soft" dir="auto">${summary}</span>`}
  </div>`
}

/** “Includes 4 revisions by …”, in the order in which people came. */
function includes(of: Sides): Html | null {
  const { t, from, between } = of
  const { revisions: count, people, beyond } = between
  if (count === 0) return null
  const line =
    people.length > 0
      ? t.html('compare.includes', { count, who: names(t, people, { most: 5, beyond }) })
      : t('compare.includes-unnamed', { count })
  const first = Math.min(from.number, of.to.number)
  return html`<p class="meta between-n">
    ${line} <a href="${compareAddress(of, first, first + 1)}">${t('compare.one-at-a-time')}</a>
  </p>`
}
