/**
 * Search finds pages by their title, their old titles and their text, and discussions by what was written in them. What
 * is one word to people is one word here: case, accents, Arabic and Russian spelling, grammatical forms, Chinese without
 * spaces. The index changes inside the transactions that change its sources.
 * Leans on: pages, through their tables. Hears: 'revision published', 'page changed', 'page deleted', 'post added'.
 */
export { searchPages } from './reading.ts'
export { searchRoutes } from './routes.ts'
export { type Search, search } from './service.ts'
