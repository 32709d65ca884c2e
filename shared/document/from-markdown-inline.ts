import type { Token } from 'markdown-it'
import { Fragment, Mark, type Node } from 'prosemirror-model'
import { isSafeAddress, isSafeSource, pageAddress } from './addresses.ts'
import { inlineHtmlMarks, type HtmlRun } from './from-markdown-tags.ts'
import { schema } from './schema.ts'
import { inlineText } from './text.ts'

export type { Token }
export type InlineReader = (token: Token) => Fragment

/** How many characters of notes may be repeated because several references name them. */
const mostRepeated = 100_000

/** Reads the inside of a line; `note` finds the text that a footnote's label stands for. */
export function inlineReader(note: (label: string) => Token | undefined): InlineReader {
  const read = (tokens: Token[], inNote: boolean): Fragment => {
    const line = new Line(tokens, inNote ? undefined : label => noteContent(label))
    return line.read()
  }
  const contents = new Map<string, Fragment>()
  let repeated = 0
  const noteContent = (label: string) => {
    const known = contents.get(label)
    // A long note that is named a thousand times would make a document of a thousand times its size.
    if (known) return (repeated += known.size) > mostRepeated ? undefined : known
    const text = note(label)
    if (!text) return undefined
    const content = read(text.children ?? [], true)
    contents.set(label, content)
    return content
  }
  return token => (token.type === 'verbatim' ? Fragment.from(text(token.content)) : read(token.children ?? [], false))
}

const text = (content: string, marks: readonly Mark[] = Mark.none) =>
  content ? [schema.text(content.replaceAll('\n', ' '), marks)] : []

const simple: Record<string, Mark> = {
  strong: schema.mark('strong'),
  em: schema.mark('em'),
  s: schema.mark('strike'),
}
const codeMark = schema.mark('code')

/** One line being read: the marks that are open, and what is read so far. */
class Line {
  private readonly tokens: Token[]
  private readonly note: ((label: string) => Fragment | undefined) | undefined
  private readonly runs: Map<number, HtmlRun>
  private readonly out: Node[] = []
  private marks: readonly Mark[] = Mark.none
  private pending = ''

  constructor(tokens: Token[], note: ((label: string) => Fragment | undefined) | undefined) {
    this.tokens = tokens
    this.note = note
    this.runs = inlineHtmlMarks(tokens)
  }

  read(): Fragment {
    for (let at = 0; at < this.tokens.length; at++) {
      const token = this.tokens[at]
      if (token) at = this.take(token, at)
    }
    this.flush()
    return Fragment.fromArray(this.out)
  }

  /** Reads one token, returns the index of the last one read. */
  private take(token: Token, at: number): number {
    switch (token.type) {
      case 'text':
      case 'verbatim':
        this.pending += token.content
        return at
      case 'softbreak':
        this.pending += ' '
        return at
      case 'hardbreak':
        this.add(schema.nodes.hard_break.create(null, undefined, this.marks))
        return at
      case 'code_inline':
        this.flush()
        this.out.push(...text(token.content, codeMark.addToSet(this.marks)))
        return at
      case 'link_open':
        return this.openLink(token, at)
      case 'link_close':
        this.setMarks(schema.marks.link.removeFromSet(this.marks))
        return at
      case 'image':
        this.image(token)
        return at
      case 'html_inline':
        return this.html(token, at)
      case 'math_inline':
        this.add(schema.node('math_inline', { tex: token.content }, undefined, this.marks))
        return at
      case 'page_link':
        this.add(schema.node('page_link', token.meta, undefined, this.marks))
        return at
      case 'footnote_ref':
        this.footnote(token)
        return at
      default: {
        const mark = simple[token.tag]
        if (mark) this.setMarks(token.nesting === 1 ? mark.addToSet(this.marks) : mark.removeFromSet(this.marks))
        else this.pending += token.content
        return at
      }
    }
  }

  private flush() {
    if (!this.pending) return
    this.out.push(...text(this.pending, this.marks))
    this.pending = ''
  }

  private add(node: Node) {
    this.flush()
    this.out.push(node)
  }

  private setMarks(marks: readonly Mark[]) {
    this.flush()
    this.marks = marks
  }

  private openLink(token: Token, at: number): number {
    const href = String(token.attrGet('href') ?? '')
    const next = this.tokens[at + 1]
    if (next?.type === 'link_close') {
      const target = pageAddress(href)
      if (target) this.add(schema.node('page_link', { page: target.page }, undefined, this.marks))
      return at + 1
    }
    const handle = /^\/people\/([^/?#]+)$/.exec(href)?.[1]
    if (handle && next?.content === `@${decoded(handle)}` && this.tokens[at + 2]?.type === 'link_close') {
      this.add(schema.node('mention', { handle: decoded(handle) }, undefined, this.marks))
      return at + 2
    }
    if (href && isSafeAddress(href))
      this.setMarks(schema.mark('link', { href, title: String(token.attrGet('title') ?? '') }).addToSet(this.marks))
    return at
  }

  private image(token: Token) {
    const src = String(token.attrGet('src') ?? '')
    const alt = inlineText(schema.node('line', null, new Line(token.children ?? [], undefined).read()))
    if (!isSafeSource(src)) this.pending += alt
    else {
      const title = String(token.attrGet('title') ?? '')
      const link = schema.marks.link.isInSet(this.marks)
      const attrs = { src, alt: alt.replaceAll('\n', ' '), title, href: link ? String(link.attrs['href']) : '' }
      this.add(schema.node('image', attrs, undefined, link ? link.removeFromSet(this.marks) : this.marks))
    }
  }

  private html(token: Token, at: number): number {
    const run = this.runs.get(at)
    if (!run) this.pending += token.content
    else if (run.kind === 'break') this.add(schema.nodes.hard_break.create(null, undefined, this.marks))
    else if (run.kind === 'citation') {
      this.add(schema.node('citation', run.attrs, undefined, this.marks))
      return run.end
    } else this.setMarks(run.opens ? run.mark.addToSet(this.marks) : run.mark.removeFromSet(this.marks))
    return at
  }

  private footnote(token: Token) {
    const meta: unknown = token.meta
    const label = typeof meta === 'object' && meta !== null && 'label' in meta ? String(meta.label) : ''
    const content = this.note?.(label)
    if (content) this.add(schema.node('footnote', null, content, this.marks))
    else this.pending += `[^${label}]`
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
