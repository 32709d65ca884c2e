import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { historyFeed } from '../../../shared/revisions/operations.ts'
import { etagOf, isKnown, page as route, serve } from '../../http/index.ts'
import type { Page } from '../../pages/index.ts'
import { type Desk, movedTo, originOf, pageOf } from '../desk.ts'
import { type Asked, asked } from './asked.ts'
import { feed } from './feed.ts'
import { shownAtOnce } from './view.ts'

/** The history of a page for those who follow it from elsewhere: at its address, and by the page's id for programs. */
export function historyFeeds(app: FastifyInstance, desk: Desk) {
  route(app, 'GET', '/wiki/:slug/history.atom', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const moved = movedTo(request, page, '/history.atom')
    if (moved) return reply.redirect(moved, 301)
    return send(request, reply, page, asked(request.query))
  })

  serve(app, historyFeed, async ({ params, query: { before, limit, ...filter }, request, reply }) =>
    send(request, reply, await desk.pages.requireHistory(request.person, params.id), { filter, before, limit }),
  )

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    page: Page,
    { filter, before, limit = shownAtOnce }: Asked & { limit?: number | undefined },
  ) {
    const survey = await desk.revisions.survey(page, { ...filter, before, limit })
    const path = request.url.split('?')[0] ?? ''
    const { t, site } = request
    const text = feed({ t, page, survey, filter, before, path, origin: originOf(desk, request), site })
    const tag = `"${etagOf(text)}"`
    const changed = Math.floor(survey.changedAt / 1000) * 1000
    reply.headers({
      etag: tag,
      'last-modified': new Date(changed).toUTCString(),
      'cache-control': 'private, no-cache',
      vary: 'cookie, accept-language',
    })
    if (isFresh(request, tag, changed)) return reply.code(304).send()
    return reply.type('application/atom+xml; charset=utf-8').send(text)
  }
}

/** A tag says more than a date, which is looked at only where there is none. */
function isFresh({ headers }: FastifyRequest, tag: string, changed: number): boolean {
  const known = headers['if-none-match']
  if (known !== undefined) return isKnown(known, tag)
  const since = headers['if-modified-since']
  return since !== undefined && Date.parse(since) >= changed
}
