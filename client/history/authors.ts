import { locale } from '../locale.ts'

/** Filters who wrote what without asking the server again, and puts the choice into the address, where it can be kept. */
const form = document.querySelector<HTMLFormElement>('.who-filter')
if (form) listen(form)

function listen(within: HTMLFormElement) {
  const [by, age] = [
    within.querySelector<HTMLSelectElement>('[name=by]'),
    within.querySelector<HTMLSelectElement>('[name=age]'),
  ]
  if (!by || !age) return
  const show = () => {
    mark(within, by.selectedIndex - 1, age.value)
    const address = new URL(location.href)
    for (const { name, value } of [by, age])
      if (value) address.searchParams.set(name, value)
      else address.searchParams.delete(name)
    history.replaceState(history.state, '', address)
  }
  within.addEventListener('change', show)
  within.addEventListener('submit', event => {
    event.preventDefault()
    show()
  })
  // The browser may bring an earlier choice back with the page.
  addEventListener('pageshow', () => mark(within, by.selectedIndex - 1, age.value))
}

/** From the narrowest on: words of the last week are of the last month too. */
const ages = ['week', 'month', 'year']

function mark(within: HTMLFormElement, author: number, age: string) {
  let [fit, all] = [0, 0]
  for (const passage of document.querySelectorAll<HTMLElement>('.pas')) {
    const own = passage.dataset['age'] ?? 'older'
    const fitsAge = age === '' || own === age || (own !== 'older' && ages.indexOf(own) < ages.indexOf(age))
    const isIn = (author < 0 || passage.dataset['author'] === String(author)) && fitsAge
    const link = passage.querySelector<HTMLElement>(':scope > .pas-by')
    passage.classList.toggle('is-out', !isIn)
    if (isIn) link?.removeAttribute('tabindex')
    else link?.setAttribute('tabindex', '-1')
    const length = (passage.textContent.length || 0) - (link?.textContent.length ?? 0)
    all += length
    if (isIn) fit += length
  }
  for (const row of document.querySelectorAll<HTMLElement>('.who-list > li'))
    if (row.dataset['author'] === String(author)) row.setAttribute('aria-current', 'true')
    else row.removeAttribute('aria-current')
  const status = within.querySelector<HTMLElement>('[role=status]')
  if (!status) return
  const percent = new Intl.NumberFormat(locale(), { style: 'percent' }).format(fit / Math.max(1, all))
  status.textContent = author < 0 && age === '' ? '' : (status.dataset['shown'] ?? '').replace('{percent}', percent)
}
