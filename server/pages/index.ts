/**
 * Pages are what a wiki is made of: a name, an address, a language, and a draft and revisions that other rooms keep.
 * A page's id never changes. Its address may; the old one leads to it until another page lives there.
 * Leans on: accounts, licensing, drafts. Tells: 'page created', 'page changed', 'page deleted'.
 */
export { contents } from './views/contents.ts'
export { PageDeleted, PageNotFound, PageUnpublished } from './errors.ts'
export { summaryFrom } from './addresses.ts'
export { addressOf, type Page, pageJson } from './page.ts'
export { pageListing } from './listing.ts'
export { pageNaming } from './naming.ts'
export { pageReading } from './reading.ts'
export { pageRoutes } from './routes.ts'
export { type Pages, pages } from './service.ts'
export { type Shelf, shelf } from './shelf.ts'
