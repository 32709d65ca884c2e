import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { directionOf, formatter, type Language, languages, type Messages } from '../../shared/i18n/translate.ts'
import { root } from '../root.ts'
import { type Child, Html, html } from './html.ts'

/** Says things in one language: `t(key)` as text, `t.html(key)` as markup whose values are escaped. */
export interface Translator {
  (key: string, values?: Record<string, string | number>): string
  /** Values may be markup; a message's tags (`<a>…</a>`) call the value of that name with what they hold. */
  html(key: string, values?: Record<string, Child | ((inside: Html) => Html)>): Html
  language: Language
  dir: 'ltr' | 'rtl'
}

function messagesIn(language: Language): Messages {
  const folder = join(root, 'shared/i18n', language)
  const files = readdirSync(folder).filter(name => name.endsWith('.json'))
  const tables = files.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Messages)
  return Object.fromEntries(tables.flatMap(table => Object.entries(table)))
}

const translators = new Map<Language, Translator>()

/** The translator of a language the interface speaks; what it lacks is said in English. */
export function translator(language: Language): Translator {
  const known = translators.get(language)
  if (known) return known
  const say = formatter(language, messagesIn(language), messagesIn('en'))
  const plain = new Map<string, string>()
  const made: Translator = Object.assign(
    (key: string, values?: Record<string, string | number>) => {
      if (values) return say.parts(key, values).join('')
      // Most messages have no values, and lists say the same ones line by line.
      const words = plain.get(key) ?? say.parts(key).join('')
      plain.set(key, words)
      return words
    },
    {
      language,
      dir: directionOf(language),
      html: (key: string, values: Record<string, Child | ((inside: Html) => Html)> = {}) =>
        html`${say.parts(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wrap(value)]))).map(asChild)}`,
    },
  )
  translators.set(language, made)
  return made
}

const wrap = (value: Child | ((inside: Html) => Html)) =>
  typeof value === 'function'
    ? (inside: unknown[]) => value(html`${inside.map(asChild)}`)
    : Array.isArray(value)
      ? html`${value}`
      : value

const asChild = (part: unknown): Child => (part instanceof Html ? part : String(part))

/** The interface language for a request: the person's choice, else what the browser asks for, else the wiki's. */
export function chooseLanguage(
  chosen: string | undefined,
  acceptLanguage: string | undefined,
  fallback: Language,
): Language {
  const wanted = [chosen ?? '', ...(acceptLanguage ?? '').split(',').map(part => part.split(';')[0]?.trim() ?? '')]
  for (const tag of wanted) {
    const found = languages.find(language => tag.toLowerCase().split('-')[0] === language)
    if (found) return found
  }
  return fallback
}
