/** The few HTML tags inside a line that say something a document can say; all others stay text. */
import type { Mark } from 'prosemirror-model'
import type { Token } from './from-markdown-inline.ts'
import { schema } from './schema.ts'

export type HtmlRun =
  | { kind: 'mark'; mark: Mark; opens: boolean }
  | { kind: 'break' }
  | { kind: 'citation'; attrs: { source: string; locator: string; label: string }; end: number }

const marks: Record<string, Mark> = {
  b: schema.mark('strong'),
  strong: schema.mark('strong'),
  i: schema.mark('em'),
  em: schema.mark('em'),
  u: schema.mark('underline'),
  s: schema.mark('strike'),
  del: schema.mark('strike'),
  strike: schema.mark('strike'),
  sub: schema.mark('sub'),
  sup: schema.mark('sup'),
  code: schema.mark('code'),
  kbd: schema.mark('code'),
}

/** What the tags among these tokens mean, by position; a tag without its partner means nothing. */
export function inlineHtmlMarks(tokens: Token[]): Map<number, HtmlRun> {
  const found = new Map<number, HtmlRun>()
  const open = new Map<string, { at: number; mark: Mark }[]>()
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.type !== 'html_inline') continue
    const tag = /^<(\/?)([a-z]+)((?:\s[^>]*)?)>$/i.exec(token.content)
    const name = tag?.[2]?.toLowerCase()
    if (!tag || !name) continue
    if (/^br\s*\/?$/i.test(name + (tag[3] ?? '').trim())) found.set(at, { kind: 'break' })
    else if (name === 'cite') at = citation(tokens, at, tag[3] ?? '', found)
    else if (tag[1]) {
      const partner = open.get(name)?.pop()
      if (partner) {
        found.set(partner.at, { kind: 'mark', mark: partner.mark, opens: true })
        found.set(at, { kind: 'mark', mark: partner.mark, opens: false })
      }
    } else {
      const mark = markFor(name, tag[3] ?? '')
      const waiting = open.get(name) ?? []
      if (mark) open.set(name, [...waiting.slice(-8), { at, mark }])
    }
  }
  return found
}

function markFor(name: string, rest: string): Mark | undefined {
  if (name !== 'span') return rest.trim() === '' ? marks[name] : undefined
  const attrs = attributesOf(rest)
  const { lang, dir, ...others } = attrs
  if ((!lang && !dir) || Object.keys(others).length > 0) return undefined
  return schema.mark('lang', { lang: lang ?? '', dir: dir === 'ltr' || dir === 'rtl' ? dir : null })
}

/** Reads `<cite data-source="…">label</cite>`; returns the index to go on after. */
function citation(tokens: Token[], at: number, rest: string, found: Map<number, HtmlRun>): number {
  const attrs = attributesOf(rest)
  const source = attrs['data-source']
  if (source === undefined) return at
  const inner = tokens[at + 1]?.type === 'text' ? tokens[at + 1] : undefined
  const end = inner ? at + 2 : at + 1
  if (tokens[end]?.content !== '</cite>') return at
  found.set(at, {
    kind: 'citation',
    attrs: { source, locator: attrs['data-locator'] ?? '', label: inner?.content ?? '' },
    end,
  })
  return end
}

function attributesOf(rest: string): Record<string, string> {
  const attrs: Record<string, string> = {}
  for (const [, name, value] of rest.matchAll(/([a-z-]+)\s*=\s*"([^"]*)"/gi))
    if (name && value !== undefined) attrs[name.toLowerCase()] = unescaped(value)
  return attrs
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const unescaped = (value: string) =>
  value.replace(/&(?:#(\d{1,6})|(amp|lt|gt|quot));/g, (_, number: string | undefined, name: string | undefined) =>
    number ? String.fromCharCode(Number(number)) : (named[name ?? ''] ?? ''),
  )
