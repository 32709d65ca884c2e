/** Markup that is safe to send. Only `html` and `trusted` make one. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
  toString() {
    return this.markup
  }
}

export type Child = Html | string | number | null | undefined | false | Child[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

// Most texts hold nothing to escape, and looking is cheaper than replacing.
export const escape = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, sign => entities[sign] ?? sign) : text

/** Marks markup as safe. Only for what our own code has rendered and escaped. */
export const trusted = (markup: string): Html => new Html(markup)

/** A template whose values are escaped, in text and in quoted attributes; `null`, `undefined` and `false` are nothing. */
export function html(template: TemplateStringsArray, ...values: Child[]): Html {
  const strings = outdented(template)
  let markup = strings[0] ?? ''
  values.forEach((value, index) => (markup += render(value) + (strings[index + 1] ?? '')))
  return new Html(markup)
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>()

/** Without the indentation of our sources, which is a quarter of a long list and means nothing. */
function outdented(template: TemplateStringsArray): readonly string[] {
  let made = known.get(template)
  if (!made) known.set(template, (made = template.map(text => text.replace(/\s*\n\s*/g, '\n'))))
  return made
}

function render(value: Child): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.markup
  if (Array.isArray(value)) return value.map(render).join('')
  return escape(String(value))
}
