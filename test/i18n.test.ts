import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { translator } from '../server/html/index.ts'
import { languages, type Messages } from '../shared/i18n/translate.ts'
import { root } from '../server/root.ts'
import { filesIn, sourcesIn } from './support/sources.ts'

const tables = new Map(
  languages.map(language => [
    language,
    new Map(filesIn(`shared/i18n/${language}`).map(file => [basename(file), read(file)])),
  ]),
)
const english = Object.assign({}, ...(tables.get('en')?.values() ?? [])) as Messages

function read(file: string): Messages {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Messages
}

test('every message is well formed in every language', () => {
  for (const [language, files] of tables)
    for (const [file, messages] of files)
      for (const [key, message] of Object.entries(messages))
        expect(() => new IntlMessageFormat(message, language), `${language}/${file} ${key}`).not.toThrow()
})

test('no two rooms say the same key', () => {
  const keys = [...(tables.get('en')?.values() ?? [])].flatMap(messages => Object.keys(messages))
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

test.each(['ar', 'fr'] as const)('%s leaves nothing of it to English', language => {
  const said = Object.assign({}, ...(tables.get(language)?.values() ?? [])) as Messages
  expect(Object.keys(english).filter(key => !(key in said))).toEqual([])
})

test.each(['ar', 'fr'] as const)('%s says what English says, with the same values', language => {
  for (const [file, messages] of tables.get(language) ?? [])
    for (const [key, message] of Object.entries(messages)) {
      expect(english, `${language}/${file}`).toHaveProperty([key])
      expect(valuesIn(message), `${language}/${file} ${key}`).toEqual(valuesIn(english[key] ?? ''))
    }
})

test('Arabic has words for two, and for eleven, of whatever it counts in threes', () => {
  for (const messages of tables.get('ar')?.values() ?? [])
    for (const [key, message] of Object.entries(messages))
      for (const forms of pluralsIn(message).filter(one => one.includes('few')))
        expect(forms, `${key}: ${message}`).toEqual(expect.arrayContaining(['two', 'many']))
})

test('a number is written in the figures of the language, whether it is counted or a name', () => {
  const said = (language: 'ar' | 'en' | 'fr') => translator(language)('pages.revision', { number: 1234 })
  expect([said('en'), said('fr'), said('ar')]).toEqual(['Revision 1234', 'Révision 1234', 'المراجعة ١٢٣٤'])
  expect(translator('ar')('compare.includes', { count: 12, who: 'Ada' })).toBe('١٢ مراجعة مشمولة بواسطة Ada.')
})

test('every key that the code says is in English', () => {
  const said = sourcesIn('server', 'client', 'shared').flatMap(({ path, text }) =>
    [...text.matchAll(/(?<![\w$])(?:t|say)(?:\.html)?\(\s*'([^']+)'/g)].map(([, key = '']) => ({
      path,
      // The editor says its own words without the name of its room.
      key: text.includes("/say.ts'") && !(key in english) ? `editor.${key}` : key,
    })),
  )
  expect(said.filter(({ key }) => !(key in english)).map(({ path, key }) => `${path}: ${key}`)).toEqual([])
})

test('every refusal has its words', () => {
  const codes = sourcesIn('server').flatMap(({ path, text }) =>
    [...text.matchAll(/(?:super|new Refusal)\(\s*\d{3},\s*'([^']+)'/g)].map(([, code = '']) => ({ path, code })),
  )
  expect(
    codes.filter(({ code }) => !(`refusals.${code}` in english)).map(({ path, code }) => `${path}: ${code}`),
  ).toEqual([])
})

interface Element {
  type: number
  value: string
  options?: Record<string, { value: Element[] }>
  children?: Element[]
}

/** The names of a message's values and tags. */
function valuesIn(message: string): string[] {
  // 0 is literal text, 7 the # of a plural.
  const names = elementsOf(message).flatMap(({ type, value }) => (type === 0 || type === 7 ? [] : [value]))
  return [...new Set(names)].toSorted()
}

/** The forms of each plural. */
const pluralsIn = (message: string) =>
  elementsOf(message).flatMap(({ type, options }) => (type === 6 ? [Object.keys(options ?? {})] : []))

/** Everything a message is made of, at any depth. */
function elementsOf(message: string): Element[] {
  const found: Element[] = []
  const visit = (elements: Element[]) => {
    for (const element of elements) {
      found.push(element)
      for (const option of Object.values(element.options ?? {})) visit(option.value)
      visit(element.children ?? [])
    }
  }
  visit(new IntlMessageFormat(message, 'en').getAst() as Element[])
  return found
}
