import MarkdownIt from 'markdown-it'
import type { Token } from './from-markdown-inline.ts'

const MarkdownToken = MarkdownIt.Token

/** The tokens of one note as one run of inline tokens, blocks divided by line breaks. */
export interface NoteTexts {
  /** Taken by the first reference; a second reference gets the same. */
  texts: (label: string) => Token | undefined
  /** Notes that no reference took, with their label in front, as they were written. */
  unused: () => Token[]
}

/** Collects what `[^label]: …` defines; of two definitions of one label the second counts as unused. */
export function footnoteTexts(tokens: Token[]): NoteTexts {
  const byLabel = new Map<string, Token>()
  const all: { label: string; token: Token; used: boolean }[] = []
  const open: { label: string; parts: Token[] }[] = []
  for (const token of tokens) {
    if (token.type === 'footnote_reference_open') open.push({ label: labelOf(token), parts: [] })
    else if (token.type === 'footnote_reference_close') {
      const note = open.pop()
      if (note) add(note.label, note.parts)
    } else open.at(-1)?.parts.push(token)
  }

  function add(label: string, parts: Token[]) {
    const token = flat(parts)
    all.push({ label, token, used: false })
    if (!byLabel.has(label)) byLabel.set(label, token)
  }
  return {
    texts: label => {
      const token = byLabel.get(label)
      const entry = token && all.find(note => note.token === token)
      if (entry) entry.used = true
      return token
    },
    unused: () => all.filter(note => !note.used).map(({ label, token }) => withLabel(label, token)),
  }
}

const labelOf = (token: Token) => {
  const meta: unknown = token.meta
  return typeof meta === 'object' && meta !== null && 'label' in meta ? String(meta.label) : ''
}

function flat(parts: Token[]): Token {
  const joined = new MarkdownToken('inline', '', 0)
  const children: Token[] = []
  for (const part of parts) {
    const piece = part.type === 'inline' ? (part.children ?? []) : part.content ? [verbatim(part)] : []
    if (piece.length > 0 && children.length > 0) children.push(new MarkdownToken('hardbreak', 'br', 0))
    for (const child of piece) children.push(child)
  }
  joined.children = children
  return joined
}

function verbatim(part: Token): Token {
  const token = new MarkdownToken('verbatim', '', 0)
  token.content = part.content.trimEnd()
  return token
}

function withLabel(label: string, token: Token): Token {
  const lead = new MarkdownToken('text', '', 0)
  lead.content = `[^${label}]: `
  const whole = new MarkdownToken('inline', '', 0)
  whole.children = [lead, ...(token.children ?? [])]
  return whole
}
