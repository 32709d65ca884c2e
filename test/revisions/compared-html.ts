import { parseDocument } from 'htmlparser2'
import type { Node } from 'prosemirror-model'
import { classes as classesOf, type Element, isElement, type Tree } from '../../shared/document/html-tree.ts'

/** What a comparison says beside the words of both texts. */
const spoken = [
  'vh',
  'fmt-l',
  'mvl',
  'fn-h',
  'callout-label',
  'pil',
  'bl-ghost',
  'embed',
  'transclusion',
  'elsewhere',
  'credit',
]
const atoms = ['page', 'mention', 'math']
const blocks = [
  'p',
  'li',
  'td',
  'th',
  'tr',
  'pre',
  'figure',
  'figcaption',
  'aside',
  'details',
  'summary',
  'blockquote',
  'div',
  'br',
  'ins',
  'del',
  'ol',
  'ul',
]

/** The text that is read off a comparison: the newer one with what came, or the older one with what went, each block a line. */
export function readOff(html: string, side: 'before' | 'after'): string[] {
  const root = parseDocument(html)
  const moved = new Map<string, string>()
  let last = ''
  const read = (nodes: readonly Tree[]): string =>
    nodes.map(node => (isElement(node) ? element(node) : 'data' in node ? node.data : '')).join('')
  const element = (node: Element): string => {
    const classes = classesOf(node)
    if (side === 'before' && classes.includes('bl-ghost')) return `\n\0${node.attribs['data-of']}\0\n`
    if (spoken.some(name => classes.includes(name))) return ''
    if (node.name === 'summary' && node.parent && isElement(node.parent) && classesOf(node.parent).includes('fold'))
      return ''
    if (node.name === (side === 'after' ? 'del' : 'ins')) return ''
    if (node.name === 'caption' || node.name === 'img' || node.name === 'cite') return ''
    if (
      atoms.some(name => classes.includes(name)) &&
      (node.name === 'a' || (node.name === 'code' && node.parent?.type === 'tag' && node.parent.name !== 'pre'))
    )
      return ''
    if (classes.includes('hunk-moved')) last = node.attribs['id'] ?? ''
    const inside = read(node.children)
    if (side === 'before' && classes.includes('bl-mov')) {
      moved.set(last, `${moved.get(last) ?? ''}\n${inside}\n`)
      return ''
    }
    const isBlock =
      blocks.includes(node.name) &&
      !(['ins', 'del'].includes(node.name) && !classes.some(name => name.startsWith('bl-')))
    return isBlock || /^h[1-6]$/.test(node.name) ? `\n${inside}\n` : inside
  }
  let text = read(root.children)
  for (const [id, words] of moved) text = text.replace(`\0${id}\0`, () => words)
  return lines(text)
}

/** The same of a document itself: the words of its blocks, footnotes where they stand, nothing of pictures and cards. */
export function wordsOf(doc: Node): string[] {
  const inline = (node: Node): string =>
    node.children
      .map(child =>
        child.isText
          ? (child.text ?? '')
          : child.type.name === 'hard_break'
            ? '\n'
            : child.type.name === 'footnote'
              ? inline(child)
              : '',
      )
      .join('')
  const all = (node: Node): string => (node.inlineContent ? `\n${inline(node)}\n` : node.children.map(all).join(''))
  return lines(all(doc))
}

const lines = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

export const squeezed = (text: readonly string[]) => text.join('').replace(/\s+/gu, '')
