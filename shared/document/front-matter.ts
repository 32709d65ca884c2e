/** The block of settings that Jekyll, Hugo and others put before a text. */

export interface FrontMatter {
  title?: string
  lang?: string
  /** The text after it; what else the block said stands in front as code, so that nothing is lost. */
  rest: string
}

/** Takes title and language from a YAML (`---`) or TOML (`+++`) block at the head of a text. */
export function splitFrontMatter(text: string): FrontMatter {
  const clean = text.replace(/^\ufeff/, '')
  const found = /^(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)\1[ \t]*(?:\r?\n|$)/.exec(clean.slice(0, 200_000))
  // A rule may open a text; settings begin with a name.
  if (!found || !/^[\w-]+[ \t]*[:=]/m.test(found[2] ?? '')) return { rest: clean }
  const format = found[1] === '---' ? 'yaml' : 'toml'
  const body = clean.slice(found[0].length)
  const settings: { title?: string; lang?: string } = {}
  const kept = (found[2] ?? '').split(/\r?\n/).filter((line, index, lines) => {
    const [, name, value] = /^(title|lang|language|locale)\s*[:=][ \t]*(.*)$/.exec(line) ?? []
    if (!name || value === undefined || continues(lines[index + 1])) return true
    const key = name === 'title' ? 'title' : 'lang'
    const said = scalar(value)
    if (!said || settings[key] !== undefined || (key === 'lang' && !isLanguage(said))) return true
    settings[key] = said
    return false
  })
  const left = kept.join('\n').trimEnd()
  return { ...settings, rest: left.trim() ? `${fenced(left, format)}\n\n${body}` : body }
}

/** An indented line goes on with the value above it. */
const continues = (next: string | undefined) => next !== undefined && /^[ \t]+\S/.test(next)

const isLanguage = (tag: string) => /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/.test(tag)

/** A value on one line; nothing if it is a list, a map or a block that YAML would fold. */
function scalar(value: string): string | undefined {
  const double = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/.exec(value)?.[1]
  if (double !== undefined) return double.replace(/\\(["\\/])/g, '$1').replace(/\\[nt]/g, ' ')
  const single = /^'((?:[^']|'')*)'\s*(?:#.*)?$/.exec(value)?.[1]
  if (single !== undefined) return single.replaceAll("''", "'")
  if (/^[[{>|&*!%@`"']/.test(value)) return undefined
  return value.replace(/\s#.*$/, '').trim()
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
