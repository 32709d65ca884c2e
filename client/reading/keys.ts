/** Where single keys are turned off: people who speak to their computer would press them by accident. */
const off = 'keys-off'
export const keysAreOn = () => localStorage.getItem(off) === null
export const turnKeys = (on: boolean) => (on ? localStorage.removeItem(off) : localStorage.setItem(off, '1'))

const acts: Record<string, () => void> = {
  '/': search,
  '?': () => void import('./help.ts').then(({ showHelp }) => showHelp()),
  e: () => follow('.tabs a[href$="/edit"]'),
  h: () => follow('.tabs a[href$="/history"]'),
  d: () => follow('.tabs a[href$="/discuss"]'),
  n: () => follow('.nav-c [data-step="1"]'),
  p: () => follow('.nav-c [data-step="-1"]'),
  v: () => follow('.cmp-tools .seg a:not([aria-current])'),
  '[': () => follow('.cmp-head a[rel="prev"]'),
  ']': () => follow('.cmp-head a[rel="next"]'),
}

/** Single keys, which act only outside text and can be turned off; `?` lists them. */
export function keys() {
  let afterG = false
  addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event
    // Many keyboards write brackets with AltGr, which counts as both.
    const isCommand = metaKey || ((ctrlKey || altKey) && !event.getModifierState('AltGraph'))
    if (defaultPrevented || isCommand || isWriting(target)) return
    // Help must stay in reach, or nobody could turn the keys on again.
    if (!keysAreOn() && key !== '?') return
    const leads = afterG && key.toLowerCase() === 'h'
    afterG = key.toLowerCase() === 'g'
    const act = leads ? () => location.assign('/') : acts[key.toLowerCase()]
    if (!act || afterG) return
    event.preventDefault()
    act()
  })
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, dialog, cl-editor, [role="textbox"]') !== null)

function search() {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"], #q')
  if (field && field.offsetParent) field.focus()
  else location.assign('/search')
}

const follow = (selector: string) => document.querySelector<HTMLElement>(selector)?.click()
