import type { FastifyInstance } from 'fastify'
import { hasSame, page as route } from '../../http/index.ts'
import { PageUnpublished } from '../../pages/index.ts'
import { RevisionNotFound } from '../../revisions/index.ts'
import { type Desk, movedTo, numberIn, pageOf, screen } from '../desk.ts'
import { dependsOn, frameAt, frameHtml } from './frame.ts'
import { playView } from './view.ts'

/** The history of a page as something to play, and its pictures one by one. */
export function playPages(app: FastifyInstance, desk: Desk) {
  route(app, 'GET', '/wiki/:slug/play', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const elsewhere = movedTo(request, page, '/play')
    if (elsewhere) return reply.redirect(elsewhere, 301)
    if (page.newest === 0) throw new PageUnpublished(page)
    const { revision: named } = request.query as { revision?: unknown }
    const number = named === undefined ? 1 : (numberIn(named) ?? 0)
    const frame = await frameHtml(desk, request, await frameAt(desk, page, number))
    const { t } = request
    const main = playView({ t, page, number, frame, topics: await desk.topicsOf(page) })
    return screen(request, t('play.title', { title: page.title }), main, ['read', 'play'])
  })

  // Whoever has a picture asks whether it is still so: what is suppressed meanwhile is gone at once.
  route(app, 'GET', '/wiki/:slug/play/:number', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const { number: named } = request.params as { number: string }
    const number = numberIn(named)
    if (number === undefined) throw new RevisionNotFound(0)
    const frame = await frameAt(desk, page, number)
    reply.header('vary', 'accept-language, cookie')
    if (hasSame(request, reply, dependsOn(frame, request))) return reply.code(304).send()
    return (await frameHtml(desk, request, frame)).markup
  })
}
