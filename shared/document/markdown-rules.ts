/** What our Markdown reads beyond GFM. Each rule looks at a character once: hostile texts take linear time. */
import type { StateBlock, StateInline } from 'markdown-it'

const code = (character: string) => character.charCodeAt(0)
const brace = code('{')
const colon = code(':')
const dollar = code('$')
const bracket = code('[')

/** A line of its own that another site builder would read: `::: name`, `{: .class}`, `{% tag %}`, `{{ value }}`. */
export const isVerbatimLine = (line: string) =>
  line.length < 10_000 &&
  /^(?::::.*|\{:[^}]*\}|\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\})$/.test(line) &&
  line.trim() === line

export function verbatimLine(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0)
  const first = state.src.charCodeAt(start)
  if (first !== colon && first !== brace) return false
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false
  const line = state.src.slice(start, state.eMarks[startLine]).trim()
  if (!isVerbatimLine(line)) return false
  if (silent) return true
  state.line = startLine + 1
  state.push('paragraph_open', 'p', 1).map = [startLine, state.line]
  const inline = state.push('verbatim', '', 0)
  inline.content = line
  state.push('paragraph_close', 'p', -1)
  return true
}

const closers: Record<string, string> = { '{': '}}', '%': '%}', ':': '}' }

/** Liquid, Hugo and kramdown tags inside a line: the end of the one that begins at `start`, or -1. */
export function verbatimEnd(text: string, start: number): number {
  const closer = closers[text.charAt(start + 1)]
  if (closer === undefined) return -1
  const window = text.slice(start + 2, start + 2 + 500)
  const found = window.indexOf(closer)
  return found < 0 ? -1 : start + 2 + found + closer.length
}

export function verbatimInline(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== brace) return false
  const end = verbatimEnd(state.src, state.pos)
  if (end < 0 || end > state.posMax) return false
  if (!silent) state.push('verbatim', '', 0).content = state.src.slice(state.pos, end).replaceAll('\n', ' ')
  state.pos = end
  return true
}

/** ``$`TeX`$``, with more backticks where the formula has some itself. */
export function mathInline(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== dollar || state.src.charAt(state.pos + 1) !== '`') return false
  const found = /^\$(`{1,9})(?!`)/.exec(state.src.slice(state.pos, state.pos + 12))
  const fence = found?.[1]
  if (!fence) return false
  const start = state.pos + 1 + fence.length
  const close = state.src.slice(start, Math.min(state.posMax, start + 5000)).indexOf(`${fence}$`)
  if (close <= 0) return false
  const tex = state.src.slice(start, start + close)
  if (tex.endsWith('`')) return false
  if (!silent) state.push('math_inline', '', 0).content = unpadded(tex.replaceAll('\n', ' '))
  state.pos = start + close + fence.length + 1
  return true
}

/** As in code spans: one blank on either side is packing, unless all is blank. */
const unpadded = (text: string) => (/^ .*[^ ].* $/.test(text) ? text.slice(1, -1) : text)

/** `[[Title]]` and `[[Title|words]]`: a page that is named by its title. */
export function pageLink(state: StateInline, silent: boolean): boolean {
  const { pos, src } = state
  if (src.charCodeAt(pos) !== bracket || src.charCodeAt(pos + 1) !== bracket) return false
  const found = /^\[\[([^[\]|\n\\]{1,200})(?:\|([^[\]|\n\\]{1,200}))?\]\](?!\()/.exec(src.slice(pos, pos + 408))
  const [whole, title, label] = found ?? []
  if (!whole || !title || title.trim() !== title || (label ?? '').trim() !== (label ?? '')) return false
  if (pos + whole.length > state.posMax || isReference(state, pos + whole.length)) return false
  if (!silent) state.push('page_link', '', 0).meta = { title, label: label ?? '' }
  state.pos = pos + whole.length
  return true
}

/** Whether `[label]` stands there and is defined: then the brackets before it are the words of that link. */
function isReference({ src, env, md }: StateInline, pos: number): boolean {
  const label = /^\[([^\]\n]{1,200})\]/.exec(src.slice(pos, pos + 202))?.[1]
  return label !== undefined && md.utils.normalizeReference(label) in (env.references ?? {})
}

const lastClosing = new WeakMap<StateInline, number>()
const mostBrackets = 5000

/**
 * A bracket that nothing closes is text. The parser would look for its partner to the end of the line, for each one
 * anew; a line with thousands of brackets is no prose, so it gets no links.
 */
export function bareBracket(state: StateInline, silent: boolean): boolean {
  const { pos, src } = state
  const length = src.charCodeAt(pos) === bracket ? 1 : src.startsWith('![', pos) || src.startsWith('^[', pos) ? 2 : 0
  if (length === 0) return false
  let last = lastClosing.get(state)
  if (last === undefined) {
    last =
      src.length > mostBrackets && src.split('[', mostBrackets + 1).length > mostBrackets ? -1 : src.lastIndexOf(']')
    lastClosing.set(state, last)
  }
  if (pos < last) return false
  if (!silent) state.pending += src.slice(pos, pos + length)
  state.pos = pos + length
  return true
}

/** More than a dozen markers in a row mean nothing, and each would cost a place on the parser's stack. */
export function longRun(state: StateInline, silent: boolean): boolean {
  const marker = state.src.charAt(state.pos)
  if (marker !== '*' && marker !== '_' && marker !== '~') return false
  let end = state.pos
  while (end < state.posMax && state.src.charAt(end) === marker) end++
  if (end - state.pos <= 12) return false
  if (!silent) state.pending += state.src.slice(state.pos, end)
  state.pos = end
  return true
}

/** An address written without ceremony: `https://…`, up to the punctuation that ends the sentence. */
export function bareAddress(state: StateInline, silent: boolean): boolean {
  const { pos, src } = state
  if (src.charCodeAt(pos) !== colon || src.charAt(pos + 1) !== '/' || src.charAt(pos + 2) !== '/') return false
  if (state.linkLevel > 0) return false
  const scheme = /(?:^|[^\p{L}\p{N}])(https?)$/iu.exec(state.pending.slice(-6))?.[1]
  if (!scheme) return false
  const rest = addressEnd(/^:\/\/[^\s<>]{1,2000}/.exec(src.slice(pos, Math.min(state.posMax, pos + 2003)))?.[0] ?? '')
  if (rest.length < 5) return false
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length)
    const address = scheme + rest
    state.push('link_open', 'a', 1).attrs = [['href', address]]
    state.push('text', '', 0).content = address
    state.push('link_close', 'a', -1)
  }
  state.pos = pos + rest.length
  return true
}

/** GFM's rule: closing punctuation belongs to the sentence, a bracket only if it was not opened in the address. */
function addressEnd(address: string): string {
  let end = address.length
  let open = 0
  for (const character of address) open += character === '(' ? 1 : character === ')' ? -1 : 0
  for (; end > 0; end--) {
    const last = address.charAt(end - 1)
    if (last === ')' && open < 0) open++
    else if (!/[?!.,:*_~'"”’»;\]}]/.test(last)) break
  }
  return address.slice(0, end)
}
