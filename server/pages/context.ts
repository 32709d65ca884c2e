import type { Node } from 'prosemirror-model'
import type { HtmlContext, LinkedPage } from '../../shared/document/html.ts'
import { links } from '../../shared/document/links.ts'
import { titleKey } from '../../shared/pages/line.ts'
import { mayRead } from '../../shared/pages/may.ts'
import type { Reader } from '../db/index.ts'
import { chooseLanguage, translator } from '../html/index.ts'
import { addressOf, type Page } from './page.ts'
import * as store from './store.ts'

/**
 * What a text must know of the pages it links to. It is rendered once for every reader, in its own language where the
 * interface speaks it, so it tells only of pages that a visitor may see too.
 */
export async function contextFor(db: Reader, documents: readonly Node[], language: string): Promise<HtmlContext> {
  const found = documents.map(links)
  const pages = await store.byIds(db, [...new Set(found.flatMap(one => one.pages))])
  const titled = await store.byTitleKeys(db, [...new Set(found.flatMap(one => one.titles.map(titleKey)))])
  const linked = new Map(pages.map(page => [page.id, linkTo(page)]))
  const byTitle = new Map(titled.map(({ key, page }) => [key, linkTo(page)]))
  const t = translator(chooseLanguage(language, undefined, 'en'))
  return {
    page: id => linked.get(id),
    titled: title => byTitle.get(titleKey(title)),
    message: (name, values) => t(`document.${name}`, values),
  }
}

const linkTo = (page: Page): LinkedPage => ({
  address: addressOf(page),
  title: page.title,
  exists: page.head !== null && mayRead(null, page),
})
