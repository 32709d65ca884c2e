import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayCreatePage, mayRead } from '../../shared/pages/may.ts'
import type { Config } from '../config.ts'
import { layout, type Viewer, viewerOf } from '../html/index.ts'
import { document, page as route } from '../http/index.ts'
import type { Revisions } from '../revisions/index.ts'
import { PageDeleted } from './errors.ts'
import { addressOf, type Page } from './page.ts'
import type { Pages } from './service.ts'
import type { Shelf } from './shelf.ts'
import { missingView, unpublishedView } from './views/missing.ts'
import { readView } from './views/page.ts'

export interface PageReading {
  pages: Pages
  revisions: Revisions
  shelf: Shelf
  config: Pick<Config, 'PUBLIC_URL'>
  /** How many topics about a page are open. */
  topicsOf: (page: Page) => Promise<number>
  /** Shows the revision of a page that an address names with `?revision=`. */
  oldRevision: (request: FastifyRequest, page: Page, number: number) => Promise<string>
}

/** Reading a page: at its address, at its old addresses, and by its permanent link. */
export function pageReading(app: FastifyInstance, room: PageReading) {
  const { pages, revisions, config } = room
  async function read(viewer: Viewer, page: Page, origin: string): Promise<string | undefined> {
    const head = await revisions.head(page)
    if (!head) return undefined
    const { t, person } = viewer
    const people = await revisions.standing(page)
    const topics = await room.topicsOf(page)
    const main = readView({ t, page, head, people, origin, topics, asker: person })
    return layout({
      request: { viewer: { ...viewer, path: addressOf(page) } },
      title: page.title,
      main,
      sheets: ['read'],
      section: 'pages',
      canonical: origin + addressOf(page),
    })
  }

  async function send(request: FastifyRequest, reply: FastifyReply, page: Page) {
    const viewer = viewerOf(request)
    const origin = config.PUBLIC_URL ?? `${request.protocol}://${request.host}`
    if (viewer.person) {
      const text = await read(viewer, page, origin)
      return text === undefined ? unpublished(request, reply, page) : document(request, reply, text)
    }
    const { theme, fonts } = viewer
    const visit = { language: viewer.t.language, theme, fonts, origin }
    const sent = await room.shelf.send(request, reply, page, visit, () => read(viewer, page, origin))
    return sent ?? unpublished(request, reply, page)
  }

  route(app, 'GET', '/wiki/:slug', 'anyone', async (request, reply) => {
    const { slug } = request.params as { slug: string }
    const query = request.query as Record<string, string | undefined>
    const found = await pages.bySlug(slug)
    if (!found || !mayRead(request.person, found.page)) {
      const view = missingView(request.t, slug, mayCreatePage(request.person))
      return reply
        .code(404)
        .type('text/html; charset=utf-8')
        .send(layout({ request, ...view, index: false }))
    }
    const { page } = found
    if (page.slug !== slug) return reply.redirect(addressOf(page) + searchOf(request), 301)
    if (query['revision'] !== undefined && /^\d{1,9}$/.test(query['revision']))
      return room.oldRevision(request, page, Number(query['revision']))
    if (page.deleted) throw new PageDeleted(page)
    return send(request, reply, page)
  })

  route(app, 'GET', '/p/:id', 'anyone', async (request, reply) => {
    const { id } = request.params as { id: string }
    const page = await pages.require(request.person, id)
    return reply.redirect(addressOf(page) + searchOf(request), 302)
  })

  function unpublished(request: FastifyRequest, reply: FastifyReply, page: Page) {
    const view = unpublishedView(request.t, page)
    return reply
      .code(404)
      .type('text/html; charset=utf-8')
      .send(layout({ request, ...view, index: false }))
  }
}

const searchOf = ({ url }: FastifyRequest) => (url.includes('?') ? url.slice(url.indexOf('?')) : '')
