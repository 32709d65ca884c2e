import type { DOMOutputSpec, Node } from 'prosemirror-model'
import { isOwnMedium, isSafeAddress } from '../../../shared/document/addresses.ts'
import type { NodeName } from '../../../shared/document/schema.ts'
import { around, placed, textOf } from './placed.ts'
import type { Words } from './words.ts'

/** How blocks look while they are written. Each list item is a list of its own: a flat line has no list to stand in. */
export function blockDom(words: Words): Partial<Record<NodeName, (node: Node) => DOMOutputSpec>> {
  return {
    line: node => lineDom(node, words),
    code_block: node => [
      'pre',
      placed(node, 'block-code', { dir: 'ltr', 'data-language': textOf(node.attrs['language']) }),
      ['code', { spellcheck: 'false' }, 0],
    ],
    math: node => ['pre', placed(node, 'block-math', { dir: 'ltr' }), ['code', { spellcheck: 'false' }, 0]],
    figure: node => [
      'figure',
      placed(node, 'block-figure'),
      ['div', { class: 'figure-medium', contenteditable: 'false' }, medium(node, words)],
      ['figcaption', { 'data-placeholder': words.caption }, 0],
    ],
    rule: node => ['div', placed(node, 'block-rule'), ['hr']],
    embed: node => [
      'div',
      placed(node, 'block-embed'),
      ['b', textOf(node.attrs['title']) || textOf(node.attrs['href'])],
      ['span', textOf(node.attrs['description'])],
      ['bdi', textOf(node.attrs['href'])],
    ],
    transclusion: node => [
      'div',
      placed(node, 'block-transclusion'),
      ['b', words.passageOf],
      ['span', textOf(node.attrs['section']) || textOf(node.attrs['page'])],
    ],
    table: node => [
      'div',
      around(node, 'block-table', { 'data-caption': textOf(node.attrs['caption']) }),
      ['table', textOf(node.attrs['caption']) ? { 'aria-label': textOf(node.attrs['caption']) } : {}, ['tbody', 0]],
    ],
    row: () => ['tr', 0],
    cell: node => ['td', cellAttributes(node), 0],
    header_cell: node => ['th', cellAttributes(node), 0],
    callout: node => {
      const kind: unknown = node.attrs['kind']
      const label = isCallout(kind) ? words[kind] : words.note
      return [
        'div',
        around(node, `block-callout callout-${textOf(kind)}`, {
          role: 'note',
          'aria-label': label,
          'data-label': label,
        }),
        ['div', 0],
      ]
    },
    details: node => [
      'div',
      around(node, 'block-details', { role: 'group', 'aria-label': words.summary }),
      ['div', { class: 'details-body' }, 0],
    ],
  }
}

function lineDom(node: Node, words: Words): DOMOutputSpec {
  const { kind, level, checked, indent, quote } = node.attrs
  const depth = String(Number(indent) + 1)
  if (kind === 'heading') return [`h${String(level)}`, placed(node, 'line'), 0]
  if (kind === 'bullet') return ['ul', placed(node, 'line line-item'), ['li', { 'aria-level': depth }, 0]]
  if (kind === 'ordered') return ['ol', placed(node, 'line line-item'), ['li', { 'aria-level': depth }, 0]]
  if (kind === 'task') {
    const box = { type: 'checkbox', 'aria-label': words.done, tabindex: '-1', ...(checked === true && { checked: '' }) }
    const label = ['span', { class: 'task-box', contenteditable: 'false' }, ['input', box]] as const
    return [
      'ul',
      placed(node, 'line line-item line-task'),
      ['li', { 'aria-level': depth }, label, ['div', { class: 'task-text' }, 0]],
    ]
  }
  return [quote > 0 ? 'blockquote' : 'p', placed(node, 'line'), 0]
}

function medium(node: Node, words: Words): DOMOutputSpec {
  const src = textOf(node.attrs['src'])
  const alt = textOf(node.attrs['alt'])
  const name = node.attrs['medium'] === 'image' ? words.picture : words.file
  if (node.attrs['medium'] === 'image' && isOwnMedium(src)) return ['img', { src, alt }]
  // Nothing is fetched from another site, not even for the person who writes.
  const shown = isSafeAddress(src) ? src : ''
  return ['span', { class: 'figure-remote' }, ['b', alt || name], ['bdi', shown]]
}

const callouts = ['note', 'tip', 'important', 'warning', 'caution'] as const
const isCallout = (kind: unknown): kind is (typeof callouts)[number] => callouts.some(known => known === kind)

function cellAttributes(node: Node): Record<string, string> {
  const { colspan, rowspan, align } = node.attrs
  return {
    ...(colspan > 1 && { colspan: String(colspan) }),
    ...(rowspan > 1 && { rowspan: String(rowspan) }),
    ...(typeof align === 'string' && { 'data-align': align }),
  }
}
