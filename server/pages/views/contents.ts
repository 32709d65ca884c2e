import type { Heading } from '../../../shared/document/outline.ts'
import { html, type Html, icon, type Translator } from '../../html/index.ts'

/** The headings beside the text, on wide screens. */
export const contents = (t: Translator, outline: readonly Heading[], label = t('pages.contents')): Html | null =>
  outline.length > 0
    ? html`<nav class="toc only-d" aria-label="${label}">
        <p class="h-lab">${label}</p>
        ${list(outline)}
      </nav>`
    : null

/** The same above the text, folded, on phones. */
export const contentsOnPhones = (t: Translator, outline: readonly Heading[]): Html | null =>
  outline.length > 0
    ? html`<details class="toc toc-m only-m" id="contents">
        <summary>${icon('list')}${t('pages.contents')}</summary>
        ${list(outline)}
      </details>`
    : null

/** Two steps are enough to find one's way: everything below the second stands in it. */
function list(outline: readonly Heading[]): Html {
  const top = Math.min(...outline.map(({ level }) => Math.max(2, level)))
  const groups: { heading: Heading; below: Heading[] }[] = []
  for (const heading of outline) {
    const last = groups.at(-1)
    if (heading.level > top && last) last.below.push(heading)
    else groups.push({ heading, below: [] })
  }
  return html`<ol>
    ${groups.map(
      ({ heading, below }) =>
        html`<li>
          ${link(heading)}${
            below.length > 0 &&
            html`<ol>
              ${below.map(one => html`<li>${link(one)}</li>`)}
            </ol>`
          }
        </li>`,
    )}
  </ol>`
}

const link = ({ id, text }: Heading) => html`<a href="#${encodeURIComponent(id)}" dir="auto">${text || '…'}</a>`
