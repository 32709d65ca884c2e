import { locale } from '../locale.ts'
import type { Say } from '../translate.ts'

/**
 * Selects several spans of the activity strip: by dragging over them, or with the arrow keys and Shift. One alone stays
 * a link. Time runs from left to right in every language.
 */
export function strip(list: HTMLElement, say: Say, tell: (words: string) => void) {
  const chart = list.querySelector('.strip svg')
  const bars = [...(chart?.querySelectorAll<SVGAElement>('a') ?? [])]
  if (!chart || bars.length === 0) return
  let [anchor, end] = [-1, -1]

  const isSelecting = () => anchor >= 0 && end !== anchor
  const between = (at: number) => at >= Math.min(anchor, end) && at <= Math.max(anchor, end)

  function select(to: number) {
    end = to
    bars.forEach((bar, at) => bar.classList.toggle('on', between(at)))
    if (!isSelecting()) return
    const [first, last] = [bars[Math.min(anchor, end)], bars[Math.max(anchor, end)]]
    const day = (text: string | null) =>
      new Date(text ?? '').toLocaleDateString(locale(), { dateStyle: 'medium', timeZone: 'UTC' })
    tell(say('history.picked', { from: day(queryOf(first).get('since')), to: day(queryOf(last).get('until')) }))
  }

  function forget() {
    anchor = end = -1
    for (const bar of bars) bar.classList.remove('on')
  }

  function follow() {
    const [first, last] = [bars[Math.min(anchor, end)], bars[Math.max(anchor, end)]]
    const query = queryOf(first)
    query.set('until', queryOf(last).get('until') ?? '')
    location.assign(`${location.pathname}?${query}`)
  }

  /** The one bar that Tab comes to. */
  function settle(at: number) {
    bars.forEach((bar, index) => bar.setAttribute('tabindex', index === at ? '0' : '-1'))
  }
  settle(
    Math.max(
      0,
      bars.findLastIndex(bar => bar.getAttribute('aria-current') === 'true'),
    ),
  )

  chart.addEventListener('keydown', event => {
    if (!(event instanceof KeyboardEvent)) return
    const at = bars.findIndex(bar => bar === document.activeElement)
    if (at < 0) return
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key]
    if (to !== undefined && bars[to]) {
      event.preventDefault()
      if (!event.shiftKey) forget()
      else if (anchor < 0) anchor = at
      settle(to)
      bars[to].focus()
      if (event.shiftKey) select(to)
    } else if (event.key === 'Escape') forget()
    else if ((event.key === 'Enter' || event.key === ' ') && isSelecting()) {
      event.preventDefault()
      follow()
    }
  })

  const under = ({ clientX }: PointerEvent) => {
    const distances = bars.map(bar => {
      const { left, right } = bar.getBoundingClientRect()
      return Math.abs((left + right) / 2 - clientX)
    })
    return distances.indexOf(Math.min(...distances))
  }
  let isDown = false
  chart.addEventListener('dragstart', event => event.preventDefault())
  chart.addEventListener('pointerdown', event => {
    if (!(event instanceof PointerEvent) || event.button !== 0) return
    isDown = true
    anchor = end = under(event)
  })
  addEventListener('pointermove', event => {
    if (!isDown) return
    const to = under(event)
    if (to !== end) select(to)
  })
  addEventListener('pointerup', () => {
    if (isDown && isSelecting()) follow()
    isDown = false
  })
  addEventListener('pointercancel', () => {
    isDown = false
    forget()
  })
  chart.addEventListener('click', event => isSelecting() && event.preventDefault())
}

const queryOf = (bar: SVGAElement | undefined) => new URL(bar?.href.baseVal ?? '', location.href).searchParams
