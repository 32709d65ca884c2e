import type { FastifyInstance } from 'fastify'
import { page as route } from '../../http/index.ts'
import { type Desk, movedTo, numberIn, pageOf, screen } from '../desk.ts'
import { compareView } from './view.ts'

/** Two revisions of a page beside each other. */
export function comparePages(app: FastifyInstance, desk: Desk) {
  const { pages, revisions, topicsOf } = desk

  route(app, 'GET', '/wiki/:slug/compare', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const moved = movedTo(request, page, '/compare')
    if (moved) return reply.redirect(moved, 301)
    const query = request.query as Record<string, unknown>
    const { t } = request
    const to = numberIn(query['to']) ?? page.newest
    const from = numberIn(query['from']) ?? to - 1
    const [older, newer] = from <= to ? [from, to] : [to, from]
    const comparison = await revisions.compare(page, older, newer)
    const context = await pages.context([comparison.before, comparison.after], page.language)
    const view = query['view'] === 'source' ? 'source' : 'visual'
    const main = compareView({ t, page, comparison, context, view, topics: await topicsOf(page) })
    return screen(request, t('revisions.compare.of', { from: older, to: newer, title: page.title }), main, [
      'read',
      'compare',
    ])
  })
}
