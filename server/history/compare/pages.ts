import type { FastifyInstance } from 'fastify'
import { document, page as route } from '../../http/index.ts'
import type { Page } from '../../pages/index.ts'
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
    const { t, person: asker } = request
    const [older, newer] = numbersIn(query, page)
    const [from, to] = [await revisions.byNumber(page, older), await revisions.byNumber(page, newer)]
    const between = await revisions.between(page, older, newer)
    const view = query['view'] === 'source' ? 'source' : 'visual'
    const isHidden = [from, to].some(({ hidden }) => hidden.includes('text'))
    const texts = older === newer || isHidden ? undefined : await textsOf(page, older, newer)
    const main = compareView({ t, page, from, to, between, view, asker, topics: await topicsOf(page), texts })
    if (isHidden) reply.code(410)
    const title = t('compare.page-title', { from: older, to: newer, title: page.title })
    return document(request, reply, screen(request, title, main, ['read', 'compare']))
  })

  async function textsOf(page: Page, older: number, newer: number) {
    const { before, after } = await revisions.compare(page, older, newer)
    return { before, after, context: await pages.context([before, after], page.language) }
  }
}

/** The older first, whichever way they were chosen; what is not named is the newest and the one before it. */
function numbersIn(query: Record<string, unknown>, page: Page): [older: number, newer: number] {
  const to = numberIn(query['to']) ?? page.newest
  const from = numberIn(query['from']) ?? Math.max(1, to - 1)
  return from <= to ? [from, to] : [to, from]
}
