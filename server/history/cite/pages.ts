import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type CitationFormat, citationFormats, citeRevision } from '../../../shared/revisions/cite.ts'
import { viewerOf } from '../../html/index.ts'
import { page as route, serve } from '../../http/index.ts'
import { type Page, PageDeleted, PageUnpublished } from '../../pages/index.ts'
import type { Revision } from '../../revisions/index.ts'
import { type Desk, movedTo, numberIn, originOf, pageOf, screen } from '../desk.ts'
import { type Cited, citedFrom } from './cited.ts'
import { citation, kinds } from './formats.ts'
import { citeView } from './view.ts'

/** How to cite a revision: a screen for people, and the same for programs and for downloading. */
export function citePages(app: FastifyInstance, desk: Desk) {
  const { pages, revisions } = desk

  async function cited(request: FastifyRequest, page: Page, revision: Revision): Promise<Cited> {
    // What cannot be read is not to be cited: it refuses a deletion, and a text that is suppressed.
    const { people } = await revisions.authors(page, revision.number)
    const writers = people.flatMap(({ person }) => person ?? [])
    const authors = writers.length > 0 ? writers : revision.authors
    return citedFrom({ page, revision, authors, site: viewerOf(request).site, origin: originOf(desk, request) })
  }

  route(app, 'GET', '/wiki/:slug/cite', 'anyone', async (request, reply) => {
    const page = await pageOf(desk, request)
    const elsewhere = movedTo(request, page, '/cite')
    if (elsewhere) return reply.redirect(elsewhere, 301)
    const { revision: named } = request.query as { revision?: unknown }
    const revision = await revisions.byNumber(page, named === undefined ? headOf(page) : (numberIn(named) ?? 0))
    const about = await cited(request, page, revision)
    const said = new Map<CitationFormat, string>()
    for (const format of citationFormats) said.set(format, await citation(request.t, about, format))
    const { t } = request
    const main = citeView({ t, page, revision, cited: about, said, topics: await desk.topicsOf(page) })
    return screen(request, t('cite.title', { number: revision.number, title: page.title }), main, ['read', 'play'])
  })

  serve(app, citeRevision, async ({ params, query: { revision: number, format = 'text' }, request, reply }) => {
    const page = await pages.requireHistory(request.person, params.id)
    const about = await cited(request, page, await revisions.byNumber(page, number ?? headOf(page)))
    const { type, ending } = kinds[format]
    reply.type(type)
    if (format !== 'text') reply.header('content-disposition', `attachment; filename="${about.key}.${ending}"`)
    return reply.send(await citation(request.t, about, format))
  })
}

function headOf(page: Page): number {
  if (page.deleted) throw new PageDeleted(page)
  if (!page.head) throw new PageUnpublished(page)
  return page.head.number
}
