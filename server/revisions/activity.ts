import type { Ledger, Line } from './ledger.ts'

/** How much was published when: equal spans of time, from the one of the first revision to that of the last. */
export interface Activity {
  unit: 'week' | 'month' | 'quarter' | 'year'
  spans: Span[]
}

export interface Span {
  /** The first moment of it, and of the next. */
  from: number
  until: number
  revisions: number
}

/** More than so many would be too thin to hit. */
const most = 80
const day = 86_400_000
/** An imported history that claims to be older is shown from here on. */
const longest = 200 * 365.25 * day

/** Counts these lines over the time of the whole history, in the shortest spans that are not too many. */
export function activityOf({ lines: all, since }: Ledger, lines: readonly Line[]): Activity {
  let last = since ?? 0
  for (const { at } of all) if (at > last) last = at
  if (since === null) return { unit: 'week', spans: [] }
  const unit = units.find(one => lengths[one] * most >= last - since) ?? 'year'
  const spans: Span[] = []
  const first = Math.max(since, last - longest)
  for (let from = startOf(unit, first); from <= last; from = next(unit, from))
    spans.push({ from, until: next(unit, from), revisions: 0 })
  // Revisions of imported histories may stand in any order of time.
  let current = 0
  for (const { at } of lines) {
    while (current + 1 < spans.length && at >= (spans[current]?.until ?? 0)) current++
    while (current > 0 && at < (spans[current]?.from ?? 0)) current--
    const span = spans[current]
    if (span && at >= span.from) span.revisions++
  }
  return { unit, spans }
}

const lengths = { week: 7 * day, month: 30.4 * day, quarter: 91.3 * day, year: Infinity } as const
const units = ['week', 'month', 'quarter', 'year'] as const
const months = { month: 1, quarter: 3, year: 12 } as const

/** Weeks begin on Monday; everything is in UTC. */
function startOf(unit: Activity['unit'], at: number): number {
  const date = new Date(at)
  if (unit === 'week') return Math.floor(at / day) * day - ((date.getUTCDay() + 6) % 7) * day
  const step = months[unit]
  return utc(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / step) * step)
}

function next(unit: Activity['unit'], from: number): number {
  if (unit === 'week') return from + lengths.week
  const date = new Date(from)
  return utc(date.getUTCFullYear(), date.getUTCMonth() + months[unit])
}

/** The first moment of a month; `Date.UTC` takes years below 100 for the last century's. */
const utc = (year: number, month: number): number => new Date(0).setUTCFullYear(year, month, 1)
