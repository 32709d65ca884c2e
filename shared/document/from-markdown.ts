/**
 * Markdown as a document. Every word is kept: HTML blocks become code in the language `html`, what only another site
 * builder understands stays text, notes that nothing refers to follow at the end. Lists and quotations are flattened
 * to `indent` and `quote` (see `structure.ts`), deeper ones than a document holds are clamped.
 */
import { Fragment, type Node } from 'prosemirror-model'
import { pageAddress, wellFormed } from './addresses.ts'
import { deepest } from './attributes.ts'
import { normalise } from './canonical.ts'
import { inlineReader, type InlineReader, type Token } from './from-markdown-inline.ts'
import { footnoteTexts } from './from-markdown-notes.ts'
import { tableFrom } from './from-markdown-table.ts'
import { markdown } from './markdown-parser.ts'
import { emptyDocument, schema } from './schema.ts'

export function fromMarkdown(text: string): Node {
  const clean = wellFormed(text).replace(/^\ufeff/, '')
  const tokens = markdown.parse(clean, {})
  const notes = footnoteTexts(tokens)
  const reader: Reader = { tokens, at: 0, inline: inlineReader(notes.texts) }
  const out: Node[] = []
  readBlocks(reader, tokens.length, { indent: 0, quote: 0, mayWrap: true }, out)
  for (const unused of notes.unused()) out.push(schema.node('line', null, reader.inline(unused)))
  return out.length > 0 ? normalise(schema.node('doc', null, out)) : emptyDocument()
}

interface Reader {
  tokens: Token[]
  at: number
  inline: InlineReader
}

interface Place {
  indent: number
  quote: number
  /** Callouts stand in the page itself, not in each other. */
  mayWrap: boolean
}

const clamped = ({ indent, quote }: Place) => ({ indent: Math.min(indent, deepest), quote: Math.min(quote, deepest) })

function readBlocks(reader: Reader, end: number, place: Place, out: Node[]) {
  while (reader.at < end) readBlock(reader, place, out)
}

function readBlock(reader: Reader, place: Place, out: Node[]) {
  const { tokens } = reader
  const token = tokens[reader.at]
  if (!token) return
  const where = clamped(place)
  switch (token.type) {
    case 'paragraph_open':
      reader.at += 3
      out.push(paragraph(reader, tokens[reader.at - 2], where))
      break
    case 'heading_open':
      reader.at += 3
      out.push(line(reader, tokens[reader.at - 2], { kind: 'heading', level: Number(token.tag.slice(1)), ...where }))
      break
    case 'bullet_list_open':
    case 'ordered_list_open':
      readList(reader, place, out)
      break
    case 'blockquote_open':
      readQuote(reader, place, out)
      break
    case 'fence':
    case 'code_block':
    case 'html_block':
      reader.at++
      out.push(codeFrom(token, where))
      break
    case 'hr':
      reader.at++
      out.push(schema.node('rule', where))
      break
    case 'table_open':
      reader.at = tableFrom(tokens, reader.at, reader.inline, where, out)
      break
    case 'footnote_reference_open':
      reader.at = closing(tokens, reader.at) + 1
      break
    default:
      reader.at++
  }
}

/** The index of the token that closes the one at `open`. */
function closing(tokens: Token[], open: number): number {
  const level = tokens[open]?.level
  let at = open + 1
  while (at < tokens.length && !(tokens[at]?.nesting === -1 && tokens[at]?.level === level)) at++
  return at
}

const line = (reader: Reader, inline: Token | undefined, attrs: Record<string, unknown>) =>
  schema.nodes.line.create(attrs, inline ? reader.inline(inline) : Fragment.empty)

/** A picture that stands alone is a figure; one whose address is a page is a passage of that page. */
function paragraph(reader: Reader, inline: Token | undefined, where: Record<string, number>): Node {
  const content = inline ? reader.inline(inline) : Fragment.empty
  const only = content.childCount === 1 ? content.firstChild : null
  if (only?.type !== schema.nodes.image || only.marks.length > 0 || only.attrs['href'])
    return schema.nodes.line.create(where, content)
  const src = String(only.attrs['src'])
  const alt = String(only.attrs['alt'])
  const title = String(only.attrs['title'])
  const page = pageAddress(src)
  if (page)
    return schema.node('transclusion', { page: page.page, section: page.fragment, revision: page.revision, ...where })
  // Many writers repeat the alternative as the title: said once is enough.
  const caption = title && title !== alt ? schema.text(title) : undefined
  return schema.node('figure', { src, alt, ...where }, caption)
}

function codeFrom(token: Token, where: Record<string, number>): Node {
  const language = token.type === 'html_block' ? 'html' : token.type === 'fence' ? token.info.trim() : ''
  const text = token.content.replace(/\n$/, '')
  const content = text ? schema.text(text) : undefined
  return language === 'math'
    ? schema.node('math', where, content)
    : schema.node('code_block', { language, ...where }, content)
}

function readList(reader: Reader, place: Place, out: Node[]) {
  const { tokens } = reader
  const open = tokens[reader.at]
  const end = closing(tokens, reader.at)
  const ordered = open?.type === 'ordered_list_open'
  let start: number | null = ordered ? Number(open.attrGet('start') ?? 1) : null
  reader.at++
  while (reader.at < end) {
    const itemEnd = closing(tokens, reader.at)
    reader.at++
    const lead = tokens[reader.at]?.type === 'paragraph_open' ? tokens[reader.at + 1] : undefined
    if (lead) reader.at += 3
    out.push(item(reader, lead, ordered, start, clamped(place)))
    start = null
    readBlocks(reader, itemEnd, { ...place, indent: place.indent + 1 }, out)
    reader.at = itemEnd + 1
  }
  reader.at = end + 1
}

function item(reader: Reader, lead: Token | undefined, ordered: boolean, start: number | null, where: object): Node {
  const box = ordered ? null : /^\[([ xX])\](?:[ \t]+|(?=\n)|$)/.exec(lead?.content ?? '')
  const first = lead?.children?.[0]
  if (!box || first?.type !== 'text')
    return line(reader, lead, { kind: ordered ? 'ordered' : 'bullet', start, ...where })
  first.content = first.content.slice(box[0].length)
  return line(reader, lead, { kind: 'task', checked: box[1] !== ' ', ...where })
}

const alert = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION|DETAILS)\](\+?)$/i

function readQuote(reader: Reader, place: Place, out: Node[]) {
  const { tokens } = reader
  const end = closing(tokens, reader.at)
  reader.at++
  const inline = tokens[reader.at]?.type === 'paragraph_open' ? tokens[reader.at + 1] : undefined
  const label = inline?.children?.[0]
  const kind = place.mayWrap && label?.type === 'text' ? alert.exec(firstLine(inline)) : null
  const follows = inline?.children?.[1]?.type
  if (!kind?.[1] || !(follows === undefined || follows === 'softbreak')) {
    readBlocks(reader, end, { ...place, quote: place.quote + 1 }, out)
    reader.at = end + 1
    return
  }
  inline?.children?.splice(0, 2)
  if (inline?.children?.length === 0) reader.at += 3
  const inside: Node[] = []
  readBlocks(reader, end, { indent: 0, quote: 0, mayWrap: false }, inside)
  reader.at = end + 1
  out.push(wrapper(kind[1].toLowerCase(), kind[2] === '+', inside, clamped(place)))
}

const firstLine = (inline: Token | undefined) => (inline?.content ?? '').split('\n', 1).join('').trim()

function wrapper(kind: string, open: boolean, inside: Node[], where: Record<string, number>): Node {
  const first = inside[0]
  if (kind !== 'details')
    return schema.node('callout', { kind, ...where }, first ? inside : [schema.nodes.line.create()])
  const summary = first?.type === schema.nodes.line ? inside : [schema.nodes.line.create(), ...inside]
  return schema.node('details', { open, ...where }, summary)
}
