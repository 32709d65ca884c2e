import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mayRead, mayRestore } from '../../shared/pages/may.ts'
import { type Html, layout, type Sheet } from '../html/index.ts'
import { fieldsOf, page as route, personOf } from '../http/index.ts'
import { addressOf, type Page, PageNotFound, type Pages } from '../pages/index.ts'
import { Refusal } from '../refusal.ts'
import { RevisionActRefused, RevisionNotFound } from './errors.ts'
import type { Revision, Revisions } from './service.ts'
import { changesView } from './views/changes.ts'
import { compareView } from './views/compare.ts'
import { historyView } from './views/history.ts'
import { oldView } from './views/old.ts'

export interface RevisionReading {
  pages: Pages
  revisions: Revisions
  /** How many topics about a page are open. */
  topicsOf: (page: Page) => Promise<number>
}

/** Looking back at a page: its history, two revisions side by side, an old one, and the form that restores it. */
export function revisionReading(app: FastifyInstance, room: RevisionReading) {
  const { pages, revisions, topicsOf } = room
  const show = (request: FastifyRequest, title: string, main: Html, sheets: Sheet[]) =>
    layout({ request, title, main, sheets, section: 'pages', index: false })

  route(app, 'GET', '/wiki/:slug/history', 'anyone', async (request, reply) => {
    const page = await pageOf(request)
    const moved = movedTo(request, page, '/history')
    if (moved) return reply.redirect(moved, 301)
    const { before } = request.query as { before?: string }
    const list = await revisions.list(page, { limit: 50, before: before === undefined ? undefined : String(before) })
    const { t, person: asker } = request
    const main = historyView({ t, page, ...list, asker, topics: await topicsOf(page) })
    return show(request, t('revisions.history-of', { title: page.title }), main, ['read', 'history'])
  })

  route(app, 'GET', '/wiki/:slug/compare', 'anyone', async (request, reply) => {
    const page = await pageOf(request)
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
    return show(request, t('revisions.compare.of', { from: older, to: newer, title: page.title }), main, [
      'read',
      'compare',
    ])
  })

  route(app, 'POST', '/wiki/:slug/restore', 'moderator', async (request, reply) => {
    const page = await pageOf(request)
    const person = personOf(request)
    if (!mayRestore(person, page)) throw new RevisionActRefused('restore')
    const { revision: named = '', summary = '' } = fieldsOf(request)
    const number = numberIn(named)
    if (number === undefined) throw new RevisionNotFound(0)
    try {
      await revisions.restore(person, page.id, number, { summary })
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 404) throw error
      reply.code(error.status)
      return oldRevision(request, page, number, request.t(error.messageKey, error.values))
    }
    return reply.redirect(`${addressOf(page)}/history`, 303)
  })

  route(app, 'GET', '/r/:id', 'anyone', async request => {
    const { id } = request.params as { id: string }
    const revision = await revisions.byId(id)
    const page = revision && (await pages.byId(revision.pageId))
    if (!revision || !page || !mayRead(request.person, page)) throw new Refusal(404, 'revisions/no-such')
    return shown(request, page, revision)
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

  async function shown(request: FastifyRequest, page: Page, revision: Revision, fault?: string) {
    const { t, person: asker } = request
    const text = revision.hash === null ? undefined : await revisions.html(page, revision)
    const main = oldView({ t, page, revision, text, asker, topics: await topicsOf(page), fault })
    return show(request, t('revisions.title', { number: revision.number, title: page.title }), main, [
      'read',
      'history',
    ])
  }

  const oldRevision = async (request: FastifyRequest, page: Page, number: number, fault?: string) =>
    shown(request, page, await revisions.byNumber(page, number), fault)

  async function pageOf(request: FastifyRequest): Promise<Page> {
    const { slug } = request.params as { slug: string }
    const found = await pages.bySlug(slug)
    if (!found || !mayRead(request.person, found.page)) throw new PageNotFound(slug)
    return found.page
  }

  return { oldRevision }
}

function movedTo(request: FastifyRequest, page: Page, face: string): string | undefined {
  const { slug } = request.params as { slug: string }
  if (page.slug === slug) return undefined
  const { url } = request
  return addressOf(page) + face + (url.includes('?') ? url.slice(url.indexOf('?')) : '')
}

const numberIn = (given: unknown): number | undefined =>
  typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined
