import { standsAs } from '../../../shared/accounts/may.ts'
import type { FastifyInstance } from 'fastify'
import { layout } from '../../html/index.ts'
import { page as route } from '../../http/index.ts'
import { addressOf } from '../../pages/index.ts'
import { type Desk, movedTo, pageOf, screen } from '../desk.ts'
import { addressFor, asked } from './asked.ts'
import { changesView } from './changes.ts'
import { historyFeeds } from './feeds.ts'
import { suppressionPages } from './suppression.ts'
import { historyView, shownAtOnce } from './view.ts'

/** The history of a page, as a screen and as a feed; what was published lately on all of them. */
export function listPages(app: FastifyInstance, desk: Desk) {
  const { revisions, topicsOf } = desk

  route(app, 'GET', '/wiki/:slug/history', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const moved = movedTo(request, page, '/history')
    if (moved) return reply.redirect(moved, 301)
    const { t, person: asker } = request
    const { filter, before } = asked(request.query)
    const survey = await revisions.survey(page, { ...filter, before, limit: shownAtOnce })
    const main = historyView({ t, page, survey, filter, asker, topics: await topicsOf(page) })
    const feed = addressFor(`${addressOf(page)}/history.atom`, filter)
    return screen(request, t('revisions.history-of', { title: page.title }), main, ['read', 'history'], feed)
  })

  route(app, 'GET', '/changes', 'anyone', async request => {
    const { before } = request.query as { before?: string }
    const list = await revisions.changes(request.person, {
      limit: 50,
      before: before === undefined ? undefined : String(before),
    })
    const main = changesView(request.t, { ...list, isMember: standsAs(request.person, 'member') })
    return layout({ request, title: request.t('layout.changes'), main, section: 'changes', sheets: ['lists'] })
  })

  historyFeeds(app, desk)
  suppressionPages(app, desk)
}
