const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** Kept documents tell moments; here the younger ones become spans (“2 days ago”), their moment in the reader's own zone as title. */
export function agoTimes() {
  const { lang } = document.documentElement
  for (const time of document.querySelectorAll<HTMLTimeElement>('[data-ago] time, time[data-ago]')) {
    const at = Date.parse(time.dateTime)
    const past = Date.now() - at
    if (!(past >= 0)) continue
    const [unit, size] = spans.find(([, span]) => past >= span) ?? (['minute', 60_000] as const)
    time.title = new Date(at).toLocaleString(lang, { dateStyle: 'long', timeStyle: 'short' })
    time.textContent = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(-Math.floor(past / size), unit)
  }
}
