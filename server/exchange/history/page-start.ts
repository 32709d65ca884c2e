import { licenceFrom } from '../../../shared/licensing/licences.ts'
import type { Writer } from '../../db/index.ts'
import type { ImportedPage } from '../../revisions/index.ts'
import type { Cast } from './cast.ts'
import type { Rooms } from './report.ts'
import type { Surveyed } from './survey.ts'
import { fitTitle } from './texts.ts'

/** What a page starts with: what its own wiki tells of it, else what its first revision says. */
export async function startOf(
  tx: Writer,
  { site }: Pick<Rooms, 'site'>,
  { page: { wiki, lang, license }, slug }: Pick<Surveyed, 'page' | 'slug'>,
  cast: Cast,
  first: { title: string; language: string | undefined; at: number },
): Promise<ImportedPage> {
  const licence = licenceOf(license, site)
  const language = languageOf(lang, first.language, site.languages()[0])
  if (!wiki) return { title: first.title, slug, language, licence, at: first.at }
  return {
    id: wiki.id,
    title: fitTitle(wiki.titles[0]?.title ?? '') || first.title,
    slug,
    language,
    licence,
    at: wiki.createdAt,
    by: await cast.idOrNull(tx, wiki.createdBy),
  }
}

/** Gives a page its later titles, and a new one its place among the featured. */
export async function rename(
  tx: Writer,
  { pages }: Pick<Rooms, 'pages'>,
  { page: { wiki } }: Pick<Surveyed, 'page'>,
  cast: Cast,
  { pageId, isNew }: { pageId: string; isNew: boolean },
) {
  if (!wiki) return
  const { titles } = (await pages.formerly([pageId], tx)).get(pageId) ?? { titles: [] }
  for (const { title: given, at, by } of wiki.titles) {
    const title = fitTitle(given)
    const page = await pages.byId(pageId, tx)
    if (!page || title === '' || titles.some(known => known.title === title && known.at === at)) continue
    await pages.move(tx, page, { title, slug: page.slug, at, by: await cast.idOrNull(tx, by) })
  }
  if (isNew && wiki.featured !== null) await pages.feature(tx, pageId, wiki.featured)
}

/** The first of these that is a language tag. */
function languageOf(...said: (string | undefined)[]): string {
  for (const tag of said)
    try {
      const [canonical] = tag === undefined ? [] : Intl.getCanonicalLocales(tag)
      if (canonical !== undefined) return canonical
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  return 'en'
}

/** The licence as the wiki names it; one it does not know keeps the name it came with. */
export const licenceOf = (said: string | undefined, site: Rooms['site']): string =>
  said === undefined || said.trim() === '' ? site.licence() : (licenceFrom(said)?.id ?? said.trim().slice(0, 100))
