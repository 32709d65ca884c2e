import { html, type Html, names, personLink, type Translator } from '../../html/index.ts'
import type { Revision } from '../../revisions/index.ts'

/** Whom a line names: those who wrote, or where nobody did, who published. */
export const peopleOf = ({ authors, publisher }: Revision) =>
  authors.length > 0 ? authors : publisher ? [publisher] : []

/** Who wrote it and, where somebody else did, who published it. */
export function byline(t: Translator, revision: Revision, most = 4): Html {
  const { authors, publisher, hidden } = revision
  if (hidden.includes('author')) return html`<span class="muted">${t('history.no-author')}</span>`
  const other = publisher && authors.length > 0 && authors.every(({ id }) => id !== publisher.id) ? publisher : null
  return html`<span
    >${names(t, peopleOf(revision), { most })}${other && html` ${t.html('history.published-by', { who: personLink(other) })}`}</span
  >`
}

/** What its author said of it. */
export const summaryOf = (t: Translator, { summary, hidden }: Revision): Html =>
  summary
    ? html`<span dir="auto">${summary}</span>`
    : html`<span class="muted"
        >${t(hidden.includes('summary') ? 'history.summary-hidden' : 'revisions.no-summary')}</span
      >`
