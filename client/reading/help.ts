import { translatorFor } from '../translate.ts'
import { keysAreOn, turnKeys } from './keys.ts'

const groups: Record<string, [string, string][]> = {
  everywhere: [
    ['/', 'search'],
    ['?', 'help'],
    ['G H', 'front'],
  ],
  page: [
    ['E', 'edit'],
    ['H', 'history'],
    ['D', 'discuss'],
  ],
  compare: [
    ['N', 'next'],
    ['P', 'previous'],
    ['V', 'view'],
    ['[', 'older'],
    [']', 'newer'],
  ],
  play: [
    ['Space', 'play-pause'],
    ['← →', 'play-step'],
  ],
}

/** Lists the keys, and lets them be turned off. */
export async function showHelp() {
  if (document.querySelector('dialog.keys-help')) return
  const t = await translatorFor('keys')
  const dialog = element('dialog', { className: 'dialog keys-help' })
  dialog.setAttribute('aria-labelledby', 'keys-h')
  const close = element('button', {
    className: 'btn',
    textContent: t('keys.close'),
    type: 'button',
    onclick: () => dialog.close(),
  })
  const head = element('div', { className: 'dialog-h' })
  head.append(element('h2', { id: 'keys-h', textContent: t('keys.title') }), close)
  const body = element('div', { className: 'dialog-b' })
  for (const [group, keys] of Object.entries(groups)) {
    const list = element('dl', { className: 'kv' })
    for (const [key, act] of keys) {
      const name = element('dt')
      const said = (one: string) => (one === 'Space' ? t('keys.space') : one)
      name.append(...key.split(' ').map(one => element('kbd', { textContent: said(one) })))
      list.append(name, element('dd', { textContent: t(`keys.${act}`) }))
    }
    body.append(element('h3', { className: 'h-lab', textContent: t(`keys.${group}`) }), list)
  }
  const box = element('input', { type: 'checkbox', checked: keysAreOn(), onchange: () => turnKeys(box.checked) })
  const choice = element('label', { className: 'check' })
  choice.append(box, element('span', { textContent: t('keys.on') }))
  body.append(choice)
  dialog.append(head, body)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

function element<
  Name extends 'dialog' | 'button' | 'div' | 'dl' | 'dt' | 'dd' | 'kbd' | 'h2' | 'h3' | 'input' | 'label' | 'span',
>(name: Name, having: Partial<HTMLElementTagNameMap[Name]> = {}): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  Object.assign(made, having)
  return made
}
