import type { FastifyInstance } from 'fastify'
import { mayCreatePage } from '../../shared/pages/may.ts'
import { layout } from '../html/index.ts'
import { page as route } from '../http/index.ts'
import type { Pages } from './service.ts'
import { pagesView } from './views/lists.ts'

/** The list of all pages. */
export function pageListing(app: FastifyInstance, { pages }: { pages: Pages }) {
  route(app, 'GET', '/pages', 'anyone', async request => {
    const { t, person } = request
    const { title, after } = request.query as { title?: string; after?: string }
    const prefix = one(title)
    const list = await pages.list(person, { limit: 100, prefix: prefix || undefined, after: one(after) || undefined })
    const main = pagesView(t, { ...list, prefix, mayCreate: mayCreatePage(person) })
    return layout({ request, title: t('pages.all'), main, section: 'pages', sheets: ['lists'] })
  })
}

/** A parameter that may stand in an address twice, or not at all. */
const one = (given: unknown): string => (typeof given === 'string' ? given.slice(0, 1000).toWellFormed() : '')
