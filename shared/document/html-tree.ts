/** What the parsed HTML looks like to those who read it. */
import type { parseDocument } from 'htmlparser2'

export type Document = ReturnType<typeof parseDocument>
export type Tree = Document['children'][number]
export type Element = Extract<Tree, { attribs: Record<string, string> }>

export const isElement = (node: Tree): node is Element => 'name' in node && 'attribs' in node

export const children = (node: Tree | Document): Tree[] => ('children' in node ? node.children : [])

export const attribute = (node: Element, name: string): string | null => node.attribs[name] ?? null

export const classes = (node: Element): string[] => (node.attribs['class'] ?? '').split(/\s+/).filter(Boolean)

export const directionFrom = (node: Element): 'ltr' | 'rtl' | null => {
  const dir = node.attribs['dir']?.toLowerCase()
  return dir === 'ltr' || dir === 'rtl' ? dir : null
}

const dropped = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'meta',
  'link',
  'title',
  'object',
  'iframe',
  'svg',
  'math',
  'select',
  'button',
  'textarea',
])

/** Comments, scripts, styles, what is hidden, and the signs other wikis put beside their texts. */
export function isDropped(node: Tree): boolean {
  if (!isElement(node)) return node.type !== 'text'
  if (dropped.has(node.name)) return true
  return classes(node).some(
    name =>
      name === 'mw-editsection' ||
      name === 'mw-cite-backlink' ||
      name === 'noprint' ||
      name === 'reference-accessdate-hidden',
  )
}

/** All text inside, as it stands. */
export function verbatimText(node: Tree): string {
  if (node.type === 'text' && 'data' in node) return node.data
  if (isElement(node) && node.name === 'br') return '\n'
  if (isDropped(node)) return ''
  return children(node).map(verbatimText).join('')
}
