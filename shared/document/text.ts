/** The words of a document in reading order, for search and for counting: what a reader sees or hears, no addresses. */
import type { Node } from 'prosemirror-model'
import { countWords } from './count-words.ts'

/** Plain text: one line a block, a cell or a caption; footnotes follow at the end, each once. */
export function toText(doc: Node): string {
  const lines: string[] = []
  const notes = new Map<string, string>()
  const noteText = (note: Node) => {
    const text = inlineText(note, noteText)
    if (text) notes.set(text, text)
    return ''
  }
  addBlock(doc, lines, noteText)
  return [...lines, ...notes.values()].join('\n')
}

/** The text of a line, caption or footnote: link texts, alternatives of pictures, formulas; footnotes left out. */
export function inlineText(parent: Node, note: (note: Node) => string = () => ''): string {
  let out = ''
  for (const node of parent.children) out += node.isText ? (node.text ?? '') : atomText(node, note)
  return out
}

/** How many words a text has, in any script. */
export const wordCount = (of: Node | string): number => countWords(typeof of === 'string' ? of : toText(of))

function addBlock(node: Node, lines: string[], note: (note: Node) => string) {
  const add = (...texts: unknown[]) => {
    for (const text of texts) if (typeof text === 'string' && text) lines.push(text)
  }
  const { attrs } = node
  if (node.type.name === 'figure') add(attrs['alt'], inlineText(node, note), attrs['credit'])
  else if (node.type.name === 'embed') add(attrs['title'], attrs['description'])
  else if (node.type.name === 'code_block' || node.type.name === 'math') add(node.textContent)
  else if (node.isTextblock) add(inlineText(node, note))
  else {
    if (node.type.name === 'table') add(attrs['caption'])
    for (const child of node.children) addBlock(child, lines, note)
  }
}

function atomText(node: Node, note: (note: Node) => string): string {
  const text = (...names: string[]) => names.map(name => String(node.attrs[name] ?? '')).find(Boolean) ?? ''
  switch (node.type.name) {
    case 'hard_break':
      return '\n'
    case 'footnote':
      return note(node)
    case 'citation':
      return [text('label', 'source'), text('locator')].filter(Boolean).join(', ')
    case 'math_inline':
      return text('tex')
    case 'image':
      return text('alt')
    case 'page_link':
      return text('label', 'title')
    case 'mention':
      return `@${text('handle')}`
    default:
      return ''
  }
}
