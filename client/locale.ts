import { figures, localeOf } from '../shared/i18n/translate.ts'

/** How dates, numbers and lists are written in the document's language. */
export const locale = (): string => localeOf(document.documentElement.lang || 'en')

/** A number as the document's language writes it. */
export const inFigures = (number: number): string => figures(document.documentElement.lang || 'en', number)

/** Names as one phrase: “A, B and C”. */
export const listed = (names: Iterable<string>): string => new Intl.ListFormat(locale()).format(names)
