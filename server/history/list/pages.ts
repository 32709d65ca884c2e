import type { FastifyInstance } from 'fastify'
import { layout } from '../../html/index.ts'
import { page as route } from '../../http/index.ts'
import { type Desk, movedTo, pageOf, screen } from '../desk.ts'
import { changesView } from './changes.ts'
import { historyView } from './view.ts'

/** The history of a page, and what was published lately on all of them. */
export function listPages(app: FastifyInstance, desk: Desk) {
  const { revisions, topicsOf } = desk

  route(app, 'GET', '/wiki/:slug/history', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const moved = movedTo(request, page, '/history')
    if (moved) return reply.redirect(moved, 301)
    const { before } = request.query as { before?: string }
    const list = await revisions.list(page, { limit: 50, before: before === undefined ? undefined : String(before) })
    const { t, person: asker } = request
    const main = historyView({ t, page, ...list, asker, topics: await topicsOf(page) })
    return screen(request, t('revisions.history-of', { title: page.title }), main, ['read', 'history'])
  })

  route(app, 'GET', '/changes', 'anyone', async request => {
    const { before } = request.query as { before?: string }
    const list = await revisions.changes(request.person, {
      limit: 50,
      before: before === undefined ? undefined : String(before),
    })
    const main = changesView(request.t, list)
    return layout({ request, title: request.t('layout.changes'), main, section: 'changes', sheets: ['lists'] })
  })
}
