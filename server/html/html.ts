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

export const escape = (text: string): string => text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)

/** Marks markup as safe. Only for what our own code has rendered and escaped. */
export const trusted = (markup: string): Html => new Html(markup)

/** A template whose values are escaped, in text and in quoted attributes; `null`, `undefined` and `false` are nothing. */
export function html(strings: TemplateStringsArray, ...values: Child[]): Html {
  let markup = strings[0] ?? ''
  values.forEach((value, index) => (markup += render(value) + (strings[index + 1] ?? '')))
  return new Html(markup)
}

function render(value: Child): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.markup
  if (Array.isArray(value)) return value.map(render).join('')
  return escape(String(value))
}
