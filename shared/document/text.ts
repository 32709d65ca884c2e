/** The words of a document in reading order, for search and for counting: what a reader sees or hears, no addresses. */
import type { Node } from 'prosemirror-model'

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
export function wordCount(of: Node | string): number {
  const text = typeof of === 'string' ? of : toText(of)
  let [count, from] = [0, 0]
  // The segmenter is slow, above all on long texts, and a run of letters between blanks is one word without it.
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && kindOf(text.charCodeAt(at)) !== blank) continue
    if (at > from) count += wordsIn(text, from, at)
    from = at + 1
  }
  return count
}

function wordsIn(text: string, from: number, to: number): number {
  let [start, end] = [from, to]
  while (start < end && kindOf(text.charCodeAt(start)) === sign) start++
  while (end > start && kindOf(text.charCodeAt(end - 1)) === sign) end--
  for (let at = start; at < end; at++) if (kindOf(text.charCodeAt(at)) !== letter) return segmented(text.slice(from, to))
  return end > start ? 1 : 0
}

function segmented(piece: string): number {
  let count = 0
  for (const { isWordLike } of segmenter().segment(piece)) if (isWordLike) count++
  return count
}

const [other, letter, sign, blank] = [0, 1, 2, 3]

/** What a character of a script with spaces between words is; others may join words, or part them without a blank. */
const kinds = Uint8Array.from({ length: 0x66a }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u05d0-\u05ea\u0620-\u0669]/.test(character)) return letter
  if (/\s/.test(character)) return blank
  return /[!-^`{-~«»]/.test(character) ? sign : other
})
const kindOf = (code: number) => kinds[code] ?? (code >= 0x2013 && code <= 0x201d ? sign : code === 0x3000 ? blank : other)

let words: Intl.Segmenter | undefined
const segmenter = () => (words ??= new Intl.Segmenter(undefined, { granularity: 'word' }))

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
