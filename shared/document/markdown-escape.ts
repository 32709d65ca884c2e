import { isVerbatimLine, verbatimEnd } from './markdown-rules.ts'

export interface TextPlace {
  /** Whether the text begins a line of Markdown. */
  atStart: boolean
  /** Whether nothing follows it on its line. */
  atEnd: boolean
  /** Whether it stands in the words of a link. */
  inLink: boolean
  /** Whether a line that is left to other site builders would be read as one here. */
  mayBeVerbatim: boolean
}

/** Text that reads back as exactly these characters. */
export function escapeText(text: string, place: TextPlace): string {
  if (place.mayBeVerbatim && place.atStart && place.atEnd && isVerbatimLine(text)) return text
  let out = ''
  let from = 0
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
    if (at < from) continue
    const end = verbatimEnd(text, at)
    if (end < 0 || text.slice(at, end).includes('\n')) continue
    out += plain(text.slice(from, at), place.inLink) + text.slice(at, end)
    from = end
  }
  out += plain(text.slice(from), place.inLink)
  if (from < text.length || from === 0) out = withEnd(out, text, place)
  return withStart(out, place)
}

const special = /[\\`*_~[\]<>&{\t\n\r@:!^$]/

function plain(text: string, inLink: boolean): string {
  if (!special.test(text)) return text
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    out += mustEscape(character, text, at, inLink) ? escapedCharacter(character) : character
  }
  return out
}

const escapedCharacter = (character: string) =>
  character === '\t' || character === '\n' || character === '\r' ? entity(character) : `\\${character}`

const entity = (character: string) => `&#${character.charCodeAt(0)};`

const wordy = /[\p{L}\p{N}]/u

function mustEscape(character: string, text: string, at: number, inLink: boolean): boolean {
  const before = at > 0 ? text.charAt(at - 1) : ''
  const after = text.charAt(at + 1)
  switch (character) {
    case '\\':
      return after === '' || /[!-/:-@[-`{-~\s]/.test(after)
    case '`':
    case '[':
    case '\t':
    case '\n':
    case '\r':
      return true
    case ']':
      return inLink
    case '*':
      return !(before === ' ' && after === ' ')
    case '_':
      return !(wordy.test(before) && wordy.test(after))
    case '~':
      return before === '~' || after === '~' || before === '' || after === ''
    case '<':
      return !/[\s=\d]/.test(after) || text.includes('@')
    case '&':
      return after === '' || /[#A-Za-z]/.test(after)
    case '{':
      return after === '' || after === '{' || after === '%' || after === ':'
    case ':':
      return after === '/' && /https?$/i.test(text.slice(Math.max(0, at - 5), at))
    case '!':
    case '^':
    case '$':
      return after === ''
    default:
      return false
  }
}

/** Blanks at the edges of a line are dropped by Markdown, so they are named. */
function withEnd(out: string, text: string, { atEnd }: TextPlace): string {
  if (!atEnd) return out
  const last = text.charAt(text.length - 1)
  return last !== '' && /\s|\ufeff/.test(last) && !/[\t\n\r]/.test(last) && out.endsWith(last)
    ? out.slice(0, -1) + entity(last)
    : out
}

function withStart(out: string, { atStart }: TextPlace): string {
  if (!atStart || out === '') return out
  const first = out.charAt(0)
  if (/\s|\ufeff/.test(first)) return entity(first) + out.slice(1)
  if (/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|-{2,}|>|=|\||:(?=-|::|\|))/.test(out)) return `\\${out}`
  return out.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}
