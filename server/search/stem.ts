import { stemmer as arabicLight } from '@orama/stemmers/arabic'
import { stemmer as englishSnowball } from '@orama/stemmers/english'
import { stemmer as frenchSnowball } from '@orama/stemmers/french'
import { stemmer as russianSnowball } from '@orama/stemmers/russian'
import { stemmer as spanishSnowball } from '@orama/stemmers/spanish'
import { remembering } from './remember.ts'

const arabic = remembering((word: string) => arabicLight(bare(word)))
const russian = remembering(russianSnowball)
const latin: Record<string, (word: string) => string> = {
  en: remembering(englishSnowball),
  fr: remembering(frenchSnowball),
  es: remembering(spanishSnowball),
}

/**
 * What a folded word's forms have in common, by the Snowball stemmers; by script, and among Latin-written languages by
 * `language`, or in every one we know where it is not told (a query has no language).
 */
export function stems(word: string, language?: string): string[] {
  if (/\p{Script=Cyrillic}/u.test(word)) return [russian(word)]
  if (/\p{Script=Arabic}/u.test(word)) return [arabic(word)]
  if (!/\p{Script=Latin}/u.test(word)) return []
  const own = latin[language?.toLowerCase().split('-')[0] ?? '']
  if (language !== undefined) return own ? [own(word)] : []
  return [...new Set(Object.values(latin).map(stem => stem(word)))]
}

/**
 * Without the article and the particles written onto it, where at least three letters stay: the prefixes of the light
 * stemmer "light10" (L. Larkey, L. Ballesteros, M. Connell, 2007).
 */
function bare(word: string): string {
  const [prefix] = /^(?:و?(?:ال|بال|كال|فال|لل))/u.exec(word) ?? []
  return prefix && word.length - prefix.length >= 3 ? word.slice(prefix.length) : word
}
