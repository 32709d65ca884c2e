import type { FastifyInstance } from 'fastify'
import type { Asker } from '../../shared/accounts/contract.ts'
import { mayRead } from '../../shared/pages/may.ts'
import { changePage, deletePage, featurePage, listPages, readPage } from '../../shared/pages/operations.ts'
import { personOf, serve } from '../http/index.ts'
import { PageDeleted } from './errors.ts'
import { pageJson } from './page.ts'
import type { Pages } from './service.ts'

/** Pages for programs. A page is started in the revisions room, which may publish its first text with it. */
export function pageRoutes(http: FastifyInstance, { pages }: { pages: Pages }) {
  serve(http, listPages, async ({ query: { slug, title, limit, after }, request }) => {
    if (slug !== undefined) return { pages: await at(slug, request.person), next: null }
    const found = await pages.list(request.person, { limit, after, prefix: title, unpublished: true })
    return { pages: found.pages.map(pageJson), next: found.next }
  })

  serve(http, readPage, async ({ params, request }) => pageJson(await pages.require(request.person, params.id)))

  serve(http, changePage, async ({ params, body, request }) =>
    pageJson(await pages.rename(personOf(request), params.id, body)),
  )

  serve(http, featurePage, async ({ params, body, request }) =>
    pageJson(await pages.setFeatured(personOf(request), params.id, body.featured)),
  )

  serve(http, deletePage, async ({ params, query, request }) => {
    await pages.remove(personOf(request), params.id, query.summary)
    return null
  })

  async function at(slug: string, asker: Asker) {
    const found = await pages.bySlug(slug)
    if (!found || !mayRead(asker, found.page)) return []
    if (found.page.deleted) throw new PageDeleted(found.page)
    return [pageJson(found.page)]
  }
}
