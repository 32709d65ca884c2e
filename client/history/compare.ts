import { translatorFor } from '../translate.ts'

/**
 * Stepping through the changes of a comparison. Without it every change is reached by the list of them; the bar of steps
 * is shown here, and tells where one is among them.
 */
const t = await translatorFor('compare')
const hunks = [...document.querySelectorAll<HTMLElement>('.hunk')]
const links = [...document.querySelectorAll<HTMLAnchorElement>('.chg-l a')]
const bar = document.querySelector<HTMLElement>('.cmp-tools')
const steps = bar?.querySelector<HTMLElement>('.nav-c')
const place = steps?.querySelector('span')
const status = document.createElement('div')
let at = -1

if (bar && steps && place && hunks.length > 0) {
  status.className = 'vh'
  status.setAttribute('role', 'status')
  bar.append(status)
  steps.hidden = false
  document.documentElement.classList.add('cmp-steps')
  for (const button of steps.querySelectorAll('button'))
    button.addEventListener('click', () => stepTo(next(Number(button.dataset['step']))))
  for (const [index, link] of links.entries())
    link.addEventListener('click', event => {
      event.preventDefault()
      stepTo(index)
    })
  document.querySelector('.cmp, .cmp-src')?.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('.bl-ghost a') : null
    const index = link instanceof HTMLAnchorElement ? hunks.findIndex(({ id }) => link.hash === `#${id}`) : -1
    if (index < 0) return
    event.preventDefault()
    stepTo(index)
  })
  addEventListener('hashchange', () => show(hunks.findIndex(({ id }) => location.hash === `#${id}`)))
  // The bar stays on top, and what is jumped to must not hide behind it.
  new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingBlockStart = `calc(${bar.offsetHeight}px + 1.5rem)`
  }).observe(bar)
  show(hunks.findIndex(({ id }) => location.hash === `#${id}`))
}

/** From where one is: from the change stepped to last while it is in sight, else from what is. */
function next(by: number): number {
  const current = hunks[at]
  if (current && isInSight(current)) return at + by
  const top = bar?.getBoundingClientRect().bottom ?? 0
  const below = hunks.findIndex(hunk => hunk.getBoundingClientRect().top >= top)
  const first = below < 0 ? hunks.length : below
  return by > 0 ? first : first - 1
}

function isInSight(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > (bar?.getBoundingClientRect().bottom ?? 0) && top < innerHeight
}

/** Focus goes along, so that reading on and the Tab key start there. Behind the last comes the first. */
function stepTo(wanted: number) {
  const index = (wanted + hunks.length) % hunks.length
  const hunk = hunks[index]
  if (!hunk) return
  history.replaceState(history.state, '', `#${hunk.id}`)
  show(index)
  hunk.focus({ preventScroll: true })
  hunk.scrollIntoView({ block: hunk.offsetHeight > innerHeight / 2 ? 'start' : 'center' })
  const label = links[index]?.lastElementChild?.textContent ?? ''
  status.textContent = t('compare.step.said', { number: index + 1, count: hunks.length, label })
}

function show(index: number) {
  at = index
  document.documentElement.classList.toggle('cmp-stepped', index >= 0)
  for (const [one, hunk] of hunks.entries()) hunk.classList.toggle('hunk-on', one === index)
  for (const [one, link] of links.entries()) {
    if (one === index) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
  const [list, link] = [document.querySelector<HTMLElement>('.chg'), links[index]]
  if (list && link) list.scrollTop = link.offsetTop - list.clientHeight / 2
  const count = hunks.length
  const long = index < 0 ? t('compare.count', { count }) : t('compare.step.at', { number: index + 1, count })
  place?.replaceChildren(
    only('only-d', long),
    only('only-m', index < 0 ? String(count) : t('compare.step.short', { number: index + 1, count })),
  )
}

function only(className: 'only-d' | 'only-m', textContent: string) {
  return Object.assign(document.createElement('span'), { className, textContent })
}
