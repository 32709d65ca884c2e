import { html, type Html, moment, type Translator, trusted } from '../../html/index.ts'
import type { RevisionFilter } from '../../../shared/revisions/filter.ts'
import type { Activity, Span } from '../../revisions/index.ts'
import { addressFor } from './asked.ts'

interface Strip {
  t: Translator
  filter: RevisionFilter
  activity: Activity
}

/** How much happened when, as bars that lead to what happened then. Ten units wide each, and stretched to fit. */
export function strip({ t, filter, activity: { unit, spans } }: Strip): Html | null {
  if (spans.length < 2) return null
  const most = Math.max(1, ...spans.map(({ revisions }) => revisions))
  // Only the query changes, so only the query is said.
  const address = addressFor('', { ...filter, since: 'SINCE', until: 'UNTIL' })
  const bars = spans.map((span, at) => {
    if (span.revisions === 0) return ''
    const [since, until] = [dayOf(span.from), dayOf(span.until - 1)]
    const to = address.replace(/=SINCE&until=UNTIL$/, `=${since}&until=${until}`)
    const isOn = isChosen(filter, since, until)
    const height = Math.max(8, Math.round((span.revisions / most) * 94))
    const [left, top] = [at * 10, 100 - height]
    return html`<a href="${to}" ${isOn && html` aria-current="true"`}
      ><title>${titleOf(t, unit, span)}</title><path class="hit" d="M${left} 0h10v100h-10z" /><path
        d="M${left + 1} ${top}h8v${height}h-8z"
    /></a>`
  })
  const box = trusted(`<svg viewBox="0 0 ${spans.length * 10} 100" preserveAspectRatio="none">`)
  return html`<nav class="strip" aria-label="${t(`history.activity.${unit}`)}">${box}${bars}${trusted('</svg>')}</nav>`
}

const titleOf = (t: Translator, unit: Activity['unit'], { from, revisions }: Span) =>
  t(`history.span.${unit}`, {
    from: moment(t, from, unit === 'week' ? 'short' : unit === 'year' ? 'year' : 'month'),
    revisions,
  })

/** Whether the filter lets this span through and not everything. */
const isChosen = ({ since, until }: RevisionFilter, from: string, to: string) =>
  (since !== undefined || until !== undefined) && (since ?? '') <= to && from <= (until ?? '~')

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
