import type { DOMOutputSpec, Mark, Node } from 'prosemirror-model'
import { isOwnMedium, isSafeAddress } from '../../../shared/document/addresses.ts'
import type { MarkName, NodeName } from '../../../shared/document/schema.ts'
import { textOf } from './placed.ts'
import type { Words } from './words.ts'

export function inlineDom(words: Words): Partial<Record<NodeName, (node: Node) => DOMOutputSpec>> {
  return {
    hard_break: () => ['br'],
    footnote: () => ['span', { class: 'inline-footnote', role: 'note', 'aria-label': words.footnote }, 0],
    citation: node => ['cite', { class: 'inline-chip' }, textOf(node.attrs['label']) || textOf(node.attrs['source'])],
    math_inline: node => ['code', { class: 'inline-math', dir: 'ltr' }, textOf(node.attrs['tex'])],
    image: node => {
      const src = textOf(node.attrs['src'])
      const alt = textOf(node.attrs['alt'])
      if (isOwnMedium(src)) return ['img', { class: 'inline-image', src, alt }]
      return ['span', { class: 'inline-chip' }, alt || words.picture]
    },
    page_link: node => {
      const shown = textOf(node.attrs['label']) || textOf(node.attrs['title']) || textOf(node.attrs['page'])
      const missing = node.attrs['page'] === null
      const says = missing ? { title: words.noPage } : {}
      return [
        'span',
        { class: missing ? 'inline-page is-missing' : 'inline-page', role: 'link', 'aria-disabled': 'true', ...says },
        shown,
      ]
    },
    mention: node => ['span', { class: 'inline-mention' }, `@${textOf(node.attrs['handle'])}`],
  }
}

const plain = (tag: string) => (): DOMOutputSpec => [tag, 0]

export const markDom: Record<MarkName, (mark: Mark) => DOMOutputSpec> = {
  link: mark => {
    const href = textOf(mark.attrs['href'])
    const title = textOf(mark.attrs['title'])
    return ['a', { ...(isSafeAddress(href) && { href }), ...(title && { title }), rel: 'nofollow noopener' }, 0]
  },
  lang: mark => {
    const dir: unknown = mark.attrs['dir']
    return ['span', { lang: textOf(mark.attrs['lang']), ...(typeof dir === 'string' && { dir }) }, 0]
  },
  strong: plain('strong'),
  em: plain('em'),
  underline: plain('u'),
  strike: plain('s'),
  sub: plain('sub'),
  sup: plain('sup'),
  code: plain('code'),
}
