import { IntlMessageFormat } from 'intl-messageformat'
import { renamed, withFigures } from './figures.ts'

/** ICU messages by key, in one language. */
export type Messages = Record<string, string>
export type Values = Record<string, string | number | Date | boolean | null | undefined>

export const languages = ['en', 'ar', 'fr'] as const
/** A language the interface speaks. */
export type Language = (typeof languages)[number]

export const languageNames: Record<string, string> = {
  ar: 'العربية',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  ru: 'Русский',
  zh: '中文',
}

/** How a language writes dates and numbers here: English the British way, Arabic with its own digits. */
export const localeOf = (language: string): string =>
  language === 'en' ? 'en-GB' : language === 'ar' ? 'ar-u-nu-arab' : language

const numbers = new Map<string, Intl.NumberFormat>()

/** A number in the figures of a language, nothing between its thousands: “revision 1234” is a name, not an amount. */
export function figures(language: string, number: number): string {
  const format = numbers.get(language) ?? new Intl.NumberFormat(localeOf(language), { useGrouping: false })
  numbers.set(language, format)
  return format.format(number)
}

/** Which way a language is written; by its script where the tag names one. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const [base, ...rest] = language.toLowerCase().split('-')
  if (rest.includes('latn') || rest.includes('cyrl')) return 'ltr'
  return ['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ku-arab', 'ps', 'sd', 'ug', 'ur', 'yi'].includes(base ?? '')
    ? 'rtl'
    : 'ltr'
}

export interface Formatter {
  language: string
  /** The message's parts: literal text, and the values that are no text. */
  parts(key: string, values?: Record<string, unknown>): unknown[]
}

/** Formats from the first table that has the key; a key that none has is shown as itself, so that nothing is ever blank. */
export function formatter(language: string, ...tables: Messages[]): Formatter {
  const compiled = new Map<string, IntlMessageFormat>()
  const hasOwnFigures = figures(language, 1) !== '1'
  const compile = (key: string) => {
    const message = tables.find(table => key in table)?.[key]
    const plain = new IntlMessageFormat(message ?? `'${key}'`, localeOf(language))
    const format = hasOwnFigures ? new IntlMessageFormat(renamed(plain.getAst()), localeOf(language)) : plain
    compiled.set(key, format)
    return format
  }
  return {
    language,
    parts(key, given = {}) {
      const values = hasOwnFigures ? withFigures(given, number => figures(language, number)) : given
      const said = (compiled.get(key) ?? compile(key)).format(values as Values)
      return Array.isArray(said) ? said : [said]
    },
  }
}
