import type { Mark, Node } from 'prosemirror-model'
import { isSafeAddress } from './addresses.ts'
import { canonical } from './canonical.ts'
import { escapeText } from './markdown-escape.ts'
import { type Inline, type Span, spans } from './spans.ts'

export interface InlineMarkdown {
  /** The inside of a line; in headings, cells and notes a line break is a tag, for they have one line only. */
  inline: (parent: Node, shape: { oneLine: boolean }) => string
  /** The definitions of the footnotes met so far. */
  notes: () => string
}

export function inlineMarkdown(): InlineMarkdown {
  const numbers = new Map<string, number>()
  const texts: string[] = []

  const noteMark = (note: Node) => {
    const key = canonical(note.mark([]))
    let number = numbers.get(key)
    if (number === undefined) {
      number = texts.push('')
      numbers.set(key, number)
      texts[number - 1] = inline(note, { oneLine: true })
    }
    return `[^${number}]`
  }
  const inline = (parent: Node, shape: { oneLine: boolean }) =>
    new LineWriter(shape.oneLine, noteMark).write(spans(parent))
  return {
    inline,
    notes: () => texts.map((text, index) => `[^${index + 1}]: ${text}`.trimEnd()).join('\n\n'),
  }
}

interface Around {
  /** What stands before and after: the kind of character decides whether a delimiter works there. */
  next: string
  inLink: boolean
  last: boolean
}

/** Stands for the delimiters, tags and brackets that other spans begin with. */
const markup = '<>'

class LineWriter {
  private out = ''
  /** The last two characters written: asking the growing text itself would copy it each time. */
  private tail = ''
  private readonly oneLine: boolean
  private readonly noteMark: (note: Node) => string

  constructor(oneLine: boolean, noteMark: (note: Node) => string) {
    this.oneLine = oneLine
    this.noteMark = noteMark
  }

  write(parts: Inline[]): string {
    this.all(parts, { next: '', inLink: false, last: true })
    return this.out
  }

  private all(parts: Inline[], around: Around) {
    parts.forEach((part, index) => {
      const following = parts[index + 1]
      const next = following ? firstCharacter(following) : around.next
      const place = { ...around, next, last: around.last && !following }
      if (part.kind === 'span') this.span(part, place)
      else this.leaf(part.node, place, following)
    })
  }

  private emit(text: string) {
    this.out += text
    this.tail = (this.tail + text.slice(-2)).slice(-2)
  }

  private get atStart() {
    return this.tail === '' || this.tail.endsWith('\n')
  }

  private leaf(node: Node, around: Around, following: Inline | undefined) {
    if (node.isText && !node.marks.some(mark => mark.type.name === 'code')) {
      const text = escapeText(node.text ?? '', {
        atStart: this.atStart,
        atEnd: around.last,
        inLink: around.inLink,
        mayBeVerbatim: !this.oneLine,
      })
      this.emit(this.tail.endsWith(']') && /^[(:]/.test(text) ? `\\${text}` : text)
    } else if (node.isText) this.emit(codeSpan(node.text ?? ''))
    else if (node.type.name === 'hard_break') this.lineBreak(following)
    else if (node.type.name === 'footnote') this.emit(this.noteMark(node))
    else this.emit(atom(node, around))
  }

  private lineBreak(following: Inline | undefined) {
    const text = following?.kind === 'leaf' && following.node.isText ? (following.node.text ?? '') : ''
    this.emit(!this.oneLine && this.tail !== '' && /^[^\s{:]/.test(text) ? '\\\n' : '<br>')
  }

  private span(span: Span, around: Around) {
    const { mark, children } = span
    const name = mark.type.name
    if (name === 'code') this.all(children, around)
    else if (name === 'link') this.link(span, around)
    else {
      const [open, close] = this.delimiters(mark, children, around)
      this.emit(open)
      this.all(children, { ...around, next: markup, last: false })
      this.emit(close)
    }
  }

  private link({ mark, children }: Span, around: Around) {
    const href = String(mark.attrs['href'])
    const title = String(mark.attrs['title'])
    const only = children.length === 1 && children[0]?.kind === 'leaf' ? children[0].node.text : undefined
    if (!href || !isSafeAddress(href)) this.all(children, around)
    else if (only === href && !title && /^https?:\/\/[^\s<>\\\p{Cc}]+$/iu.test(href)) this.emit(`<${href}>`)
    else {
      this.emit('[')
      this.all(children, { next: markup, inLink: true, last: false })
      this.emit(`](${destination(href)}${title ? ` ${quoted(title)}` : ''})`)
    }
  }

  /** Markdown's own signs where they work at this place, else tags that mean the same. */
  private delimiters(mark: Mark, children: Inline[], { next }: Around): [string, string] {
    const inside = { first: edge(children, 'first'), last: edge(children, 'last') }
    const before = this.tail.slice(-1)
    const works = (sign: string) =>
      before !== sign && next !== sign && opens(sign, before, inside.first) && closes(sign, inside.last, next)
    const free = inside.first !== markup && inside.last !== markup && next !== markup
    switch (mark.type.name) {
      case 'strong':
        return works('*') && next !== markup ? ['**', '**'] : ['<strong>', '</strong>']
      case 'em':
        if (works('_')) return ['_', '_']
        return free && works('*') ? ['*', '*'] : ['<em>', '</em>']
      case 'strike':
        return works('~') && next !== markup ? ['~~', '~~'] : ['<s>', '</s>']
      case 'lang':
        return [
          `<span${tagAttributes({ lang: String(mark.attrs['lang']), dir: String(mark.attrs['dir'] ?? '') })}>`,
          '</span>',
        ]
      case 'underline':
        return ['<u>', '</u>']
      default:
        return [`<${mark.type.name}>`, `</${mark.type.name}>`]
    }
  }
}

/** The character a part begins with, or that of markup. */
function firstCharacter(part: Inline): string {
  if (part.kind === 'span' || !part.node.isText) return markup
  return part.node.marks.some(mark => mark.type.name === 'code') ? markup : (part.node.text ?? '').charAt(0)
}

function edge(parts: Inline[], side: 'first' | 'last'): string {
  const part = side === 'first' ? parts[0] : parts.at(-1)
  if (!part) return ' '
  if (side === 'first') return firstCharacter(part)
  return firstCharacter(part) === markup ? markup : part.kind === 'leaf' ? (part.node.text ?? '').slice(-1) : markup
}

const isBlank = (character: string) => character === '' || /\s/.test(character)
const isPunctuation = (character: string) => /[\p{P}\p{S}]/u.test(character)
/** Halves of characters and invisible signs are judged differently by different parsers: none is trusted. */
const isDoubtful = (character: string) =>
  character !== '\n' && /[\p{Surrogate}\p{Cf}\p{Cc}\p{Zl}\p{Zp}]/u.test(character)

function opens(sign: string, before: string, first: string): boolean {
  if (isDoubtful(first) || isDoubtful(before) || isBlank(first)) return false
  if (isPunctuation(first) && !isBlank(before) && !isPunctuation(before)) return false
  return sign !== '_' || isBlank(before) || isPunctuation(before)
}

function closes(sign: string, last: string, next: string): boolean {
  if (isDoubtful(last) || isDoubtful(next) || isBlank(last)) return false
  if (isPunctuation(last) && !isBlank(next) && !isPunctuation(next)) return false
  return sign !== '_' || isBlank(next) || isPunctuation(next)
}

function codeSpan(text: string): string {
  const inside = text.replace(/[\n\r]/g, ' ')
  const runs = inside.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map(run => run.length)) + 1)
  const padded = /^`|`$/.test(inside) || (/^ .* $/.test(inside) && /[^ ]/.test(inside))
  return padded ? `${fence} ${inside} ${fence}` : fence + inside + fence
}

function destination(href: string): string {
  const address = href.replace(/\p{Cc}/gu, '').replace(/&(?=[#\w])/g, '&amp;')
  return /[\s()<>\\]/.test(address) ? `<${address.replace(/[<>\\]/g, '\\$&')}>` : address
}

const quoted = (title: string) =>
  `"${title
    .replace(/[\\"]/g, '\\$&')
    .replace(/&(?=[#\w])/g, '&amp;')
    .replace(/[\n\r\t]/g, character => `&#${character.charCodeAt(0)};`)}"`

function tagAttributes(values: Record<string, string>): string {
  let out = ''
  for (const name in values)
    if (values[name])
      out += ` ${name}="${(values[name] ?? '').replace(/[&<>"\n]/g, character => `&#${character.charCodeAt(0)};`)}"`
  return out
}

function atom(node: Node, around: Around): string {
  const text = (name: string) => String(node.attrs[name] ?? '')
  const words = (of: string) => escapeText(of, { atStart: false, atEnd: false, inLink: true, mayBeVerbatim: false })
  switch (node.type.name) {
    case 'image':
      return linkedImage(text('href'), imageMarkdown(text('src'), text('alt'), text('title')), around)
    case 'math_inline':
      return text('tex') ? `$${codeSpan(text('tex'))}$` : ''
    case 'page_link':
      return pageLink(text('page'), text('title'), text('label'), around)
    case 'mention':
      return `[@${words(text('handle'))}](/people/${encodeURIComponent(text('handle'))})`
    case 'citation':
      return `<cite${tagAttributes({ 'data-source': text('source') || ' ', 'data-locator': text('locator') })}>${escapeText(text('label'), { atStart: false, atEnd: false, inLink: false, mayBeVerbatim: false })}</cite>`
    default:
      return ''
  }
}

const linkedImage = (href: string, image: string, { inLink }: Around) =>
  href && !inLink ? `[${image}](${destination(href)})` : image

export function imageMarkdown(src: string, alt: string, title: string): string {
  const words = escapeText(alt, { atStart: false, atEnd: false, inLink: true, mayBeVerbatim: false })
  return `![${words}](${destination(src)}${title ? ` ${quoted(title)}` : ''})`
}

function pageLink(page: string, title: string, label: string, { inLink }: Around): string {
  const words = escapeText(label || title, { atStart: false, atEnd: false, inLink: true, mayBeVerbatim: false })
  if (inLink) return words
  if (page) return `[${label ? words : ''}](/p/${page})`
  const sayable = (part: string) => /^[^[\]|\n\\]{1,200}$/.test(part) && part.trim() === part
  if (!sayable(title) || (label && !sayable(label))) return words
  return label ? `[[${title}|${label}]]` : `[[${title}]]`
}
