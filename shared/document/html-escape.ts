const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Safe between tags and between double quotes. */
export const escaped = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, character => escapes[character] ?? '') : text

/** ` name="value"` for every attribute that has one; `true` writes the name alone. */
export function attributes(values: Record<string, string | number | boolean | null | undefined>): string {
  let out = ''
  for (const name in values) {
    const value = values[name]
    if (value === true) out += ` ${name}`
    else if (value !== null && value !== undefined && value !== false && value !== '')
      out += ` ${name}="${escaped(String(value))}"`
  }
  return out
}
