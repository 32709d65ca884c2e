import type { FastifyInstance } from 'fastify'
import { page as route } from '../../http/index.ts'
import { PageDeleted, PageUnpublished } from '../../pages/index.ts'
import { RevisionNotFound } from '../../revisions/index.ts'
import { type Desk, movedTo, numberIn, pageOf, screen } from '../desk.ts'
import { filterIn } from './filter.ts'
import { authorsView } from './view.ts'

/** Who wrote what of a page, now or in any of its revisions. */
export function authorPages(app: FastifyInstance, desk: Desk) {
  const { pages, revisions, topicsOf } = desk

  route(app, 'GET', '/wiki/:slug/authors', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const moved = movedTo(request, page, '/authors')
    if (moved) return reply.redirect(moved, 301)
    const query = request.query as Record<string, unknown>
    const named = query['revision']
    if (page.deleted && named === undefined) throw new PageDeleted(page)
    const number = named === undefined ? page.head?.number : (numberIn(named) ?? 0)
    if (number === undefined) throw new PageUnpublished(page)
    if (number === 0) throw new RevisionNotFound(0)
    const { t } = request
    const authors = await revisions.authors(page, number)
    const context = await pages.context([authors.document], page.language)
    const filter = filterIn(query, authors.people)
    const main = authorsView({ t, page, authors, filter, context, topics: await topicsOf(page) })
    return screen(request, t('authors.title', { title: page.title }), main, ['read', 'authors'])
  })
}
