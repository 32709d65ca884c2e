import type { Say } from '../translate.ts'

/** Tells which two revisions are chosen and what lies between them, and keeps the older one older. */
export function choosing(list: HTMLElement, say: Say) {
  const words = list.querySelector('.cmpbar .what')
  const radios = (name: Side) => [...list.querySelectorAll<HTMLInputElement>(`.radios input[name="${name}"]`)]
  const chosen = (name: Side) => Number(radios(name).find(radio => radio.checked)?.value)

  /** Whichever was chosen last stays; the other one makes way for it. */
  function makeWay(last: Side) {
    const [from, to] = [chosen('from'), chosen('to')]
    if (!from || !to || from < to) return
    const next = last === 'to' ? radios('from').find(({ value }) => Number(value) < to) : newer(radios('to'), from)
    if (next) next.checked = true
  }

  function refresh() {
    // Nothing in the list is newer than the first of it, or older than the last.
    for (const [at, radio] of radios('from').entries()) radio.disabled = at === 0 && !radio.checked
    for (const [at, radio] of radios('to').toReversed().entries()) radio.disabled = at === 0 && !radio.checked
    const [from, to] = [chosen('from'), chosen('to')]
    if (!words || !from || !to) return
    const between = rows(list).filter(({ number }) => number > from && number <= to)
    for (const { row, number } of rows(list)) row.classList.toggle('sel', number >= from && number <= to)
    const edits = to - from
    const people = new Set(
      between.flatMap(({ row }) => [...row.querySelectorAll<HTMLAnchorElement>('.by a')].map(({ href }) => href)),
    )
    // Of revisions that are not in the list nobody knows here who wrote them.
    const isWhole = between.length === edits && people.size > 0
    const many = isWhole
      ? say('history.between-people', { edits, people: people.size })
      : say('history.between', { edits })
    const short = part('only-m', `${from} → ${to}`)
    short.dir = 'ltr'
    words.replaceChildren(
      part('only-d', say('history.comparing', { from, to })),
      short,
      part('only-d muted between', edits > 0 ? many : ''),
    )
  }

  list.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return
    makeWay(target.name === 'to' ? 'to' : 'from')
    refresh()
  })
  refresh()
  return { refresh }
}

type Side = 'from' | 'to'

const newer = (radios: readonly HTMLInputElement[], than: number) =>
  radios.findLast(({ value }) => Number(value) > than)

const rows = (list: HTMLElement) =>
  [...list.querySelectorAll<HTMLElement>('.revs > .rev')].map(row => ({ row, number: Number(row.id.slice(1)) }))

function part(className: string, text: string): HTMLElement {
  const span = document.createElement('span')
  span.className = className
  span.textContent = text
  return span
}
