import { localeOf } from '../shared/i18n/translate.ts'

/** How dates, numbers and lists are written in the document's language. */
export const locale = (): string => localeOf(document.documentElement.lang || 'en')

/** Names as one phrase: “A, B and C”. */
export const listed = (names: Iterable<string>): string => new Intl.ListFormat(locale()).format(names)
