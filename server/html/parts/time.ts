import { localeOf } from '../../../shared/i18n/translate.ts'
import { html, type Html } from '../html.ts'
import type { Translator } from '../translator.ts'

const kinds = {
  day: { dateStyle: 'long' },
  short: { dateStyle: 'medium' },
  month: { year: 'numeric', month: 'long' },
  year: { year: 'numeric' },
  clock: { timeStyle: 'short' },
  full: { dateStyle: 'long', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

/** A moment in words, in UTC: the wiki does not know where its readers are. */
export function moment(t: Translator, at: number, kind: keyof typeof kinds = 'full'): string {
  const key = `${t.language} ${kind}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(localeOf(t.language), { ...kinds[kind], timeZone: 'UTC' })
  formats.set(key, format)
  return format.format(at)
}

/** A moment as a `<time>`, with the whole of it as its title. */
export const time = (t: Translator, at: number, kind: keyof typeof kinds = 'full'): Html =>
  html`<time datetime="${new Date(at).toISOString()}" ${kind !== 'full' && html` title="${moment(t, at)} UTC"`}
    >${moment(t, at, kind)}</time
  >`

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** “2 days ago”, with the moment itself as its title. Not for documents that are kept: it grows old. */
export function ago(t: Translator, at: number, now = Date.now()): Html {
  const past = now - at
  const [unit, size] = spans.find(([, span]) => past >= span) ?? ['minute' as const, 60_000]
  const said = new Intl.RelativeTimeFormat(localeOf(t.language), { numeric: 'auto' }).format(
    -Math.floor(past / size),
    unit,
  )
  return html`<time datetime="${new Date(at).toISOString()}" title="${moment(t, at)} UTC">${said}</time>`
}
