import { figures } from '../../../shared/i18n/translate.ts'
import { html, type Html, type Translator } from '../../html/index.ts'

type Phrase = (number: number) => Html

const known = new Map<string, Phrase>()

/**
 * A message with one `{number}` in it, ready to be said of every line of a list: worked out once for each language, for
 * a list says a dozen of them a line.
 */
export function phrase(t: Translator, key: string, values: Record<string, string> = {}): Phrase {
  const name = [t.language, key, ...Object.values(values)].join('\0')
  const made = known.get(name)
  if (made) return made
  const parts = t(key, { ...values, number: '\0' }).split('\0')
  const say: Phrase = number =>
    html`${parts.flatMap((part, at) => (at === 0 ? [part] : [figures(t.language, number), part]))}`
  known.set(name, say)
  return say
}
