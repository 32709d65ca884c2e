/** What a Markdown file says before its text, taken apart. */
export interface FrontMatter {
  title: string | undefined
  language: string | undefined
  /** The text as Markdown; what the front matter says beyond title and language leads it as a `yaml` code block. */
  body: string
}

const block = /^\ufeff?---[ \t]*\r?\n(?<said>[\s\S]*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/

/** Takes the front matter off a Markdown text. A rule at its beginning is no front matter unless names follow it. */
export function frontMatter(text: string): FrontMatter {
  const found = block.exec(text)
  const said = found?.groups?.['said'] ?? ''
  if (!found || !/^[\w-]+[ \t]*:/.test(said.replace(/^(\s*#.*\n|\s*\n)*/, '')))
    return { title: undefined, language: undefined, body: text }
  const lines = said.split(/\r?\n/)
  const title = takeScalar(lines, /^title$/i)
  const language = takeScalar(lines, /^lang(uage)?$/i)
  const rest = lines.join('\n').trim() === '' ? '' : fenced(lines.join('\n'))
  return { title, language, body: rest + text.slice(found[0].length) }
}

/** Takes out the first line `name: value` whose value is a plain or quoted text of this one line. */
function takeScalar(lines: string[], name: RegExp): string | undefined {
  const at = lines.findIndex((line, index) => {
    const [, key = '', value = ''] = /^([\w-]+)[ \t]*:(?:[ \t]+(.*))?$/.exec(line) ?? []
    return name.test(key) && scalar(value) !== undefined && !/^[ \t]+\S/.test(lines[index + 1] ?? '')
  })
  if (at < 0) return undefined
  const [line = ''] = lines.splice(at, 1)
  return scalar(line.slice(line.indexOf(':') + 1))
}

function scalar(text: string): string | undefined {
  const value = text.trim()
  const quoted = /^"((?:[^"\\]|\\.)*)"(?:\s+#.*)?$/.exec(value)?.[1]
  if (quoted !== undefined) return quoted.replace(/\\(["\\/])/g, '$1').replace(/\\[nrt]/g, ' ')
  const single = /^'((?:[^']|'')*)'(?:\s+#.*)?$/.exec(value)?.[1]
  if (single !== undefined) return single.replaceAll("''", "'")
  return value === '' || /^["'[{|>&*!%@`#]/.test(value) || /\s#/.test(value) ? undefined : value
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}yaml\n${text}\n${fence}\n\n`
}
