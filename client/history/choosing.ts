import type { Say } from '../translate.ts'

/** Tells which two revisions are chosen and what lies between them, and keeps the older one older. */
export function choosing(list: HTMLElement, say: Say) {
  const words = list.querySelector('.cmpbar .what')
  const radios = (name: 'from' | 'to') => [...list.querySelectorAll<HTMLInputElement>(`.radios input[name="${name}"]`)]
  const chosen = (name: 'from' | 'to') => Number(radios(name).find(radio => radio.checked)?.value)

  function refresh() {
    const [from, to] = [chosen('from'), chosen('to')]
    if (!words || !from || !to) return
    for (const radio of radios('from')) radio.disabled = Number(radio.value) >= to && !radio.checked
    for (const radio of radios('to')) radio.disabled = Number(radio.value) <= from && !radio.checked
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

  list.addEventListener('change', event => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'radio') refresh()
  })
  refresh()
  return { refresh }
}

const rows = (list: HTMLElement) =>
  [...list.querySelectorAll<HTMLElement>('.revs > .rev')].map(row => ({ row, number: Number(row.id.slice(1)) }))

function part(className: string, text: string): HTMLElement {
  const span = document.createElement('span')
  span.className = className
  span.textContent = text
  return span
}
