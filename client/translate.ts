import { formatter, type Messages } from '../shared/i18n/translate.ts'

const rooms = import.meta.glob<Messages>('../shared/i18n/*/*.json', { import: 'default' })

export type Say = (key: string, values?: Record<string, string | number | Date>) => string

/** The messages of the named rooms in the document's language, English where it lacks them. Each room is a chunk of its own. */
export async function translatorFor(...names: string[]): Promise<Say> {
  const language = document.documentElement.lang || 'en'
  const load = (of: string) =>
    Promise.all(names.map(async name => (await rooms[`../shared/i18n/${of}/${name}.json`]?.()) ?? {}))
  const own = language === 'en' ? [] : await load(language)
  const format = formatter(language, ...own, ...(await load('en')))
  return (key, values) => format.parts(key, values).join('')
}
