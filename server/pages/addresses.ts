import { oneLine } from '../../shared/pages/line.ts'
import { cleanSlug, isReserved, slugKey, withEnding } from '../../shared/pages/slug.ts'
import { summaryLimit, titleLimit } from '../../shared/pages/contract.ts'
import { newId, type Reader } from '../db/index.ts'
import { LanguageUnknown, SlugTaken, SlugUnusable, SummaryUnusable, TitleUnusable } from './errors.ts'
import * as store from './store.ts'

/** The title as it is stored; refuses what cannot be a title. */
export function titleFrom(given: string): string {
  const line = oneLine(given, titleLimit)
  if ('fault' in line) throw new TitleUnusable(line.fault)
  return line.text
}

/** The summary as it is stored, '' for none; refuses what cannot be one. */
export function summaryFrom(given: string): string {
  const line = oneLine(given, summaryLimit)
  if ('text' in line) return line.text
  if (line.fault !== 'empty') throw new SummaryUnusable(line.fault)
  return ''
}

/** The language tag as it is stored (`ZH-hans` becomes `zh-Hans`); refuses what is none. */
export function languageFrom(given: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(given)
    if (tag) return tag
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw new LanguageUnknown(given)
}

/** The slug somebody asked for, unless it is unusable or another page lives there. An old address may be taken over. */
export async function wishedSlug(db: Reader, wish: string, pageId?: string): Promise<string> {
  const slug = cleanSlug(wish)
  if (slug === '' || !wish.isWellFormed() || /\p{Cc}/u.test(wish) || isReserved(slug)) throw new SlugUnusable(wish)
  const holder = await store.bySlugKey(db, slugKey(slug))
  if (holder && holder.id !== pageId) throw new SlugTaken(slug, holder)
  return slug
}

/** A free slug for a title. It leaves other pages' old addresses alone, so that links to those go on leading there. */
export async function freeSlug(db: Reader, title: string): Promise<string> {
  const wish = cleanSlug(title) || 'page'
  const base = isReserved(wish) ? withEnding(wish, '-page') : wish
  for (let count = 1; count < 100; count++) {
    const slug = count === 1 ? base : withEnding(base, `-${count}`)
    const key = slugKey(slug)
    if (!(await store.bySlugKey(db, key)) && !(await store.redirectAt(db, key))) return slug
  }
  return withEnding(base, `-${newId().slice(-12)}`)
}
