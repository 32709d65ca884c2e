import type { FastifyInstance } from 'fastify'
import { layout } from '../html/index.ts'
import { page } from '../http/index.ts'
import type { Search } from './service.ts'
import { results } from './views/results.ts'

/** `GET /search?q=`: what was found, as a page for people. */
export function searchPages(app: FastifyInstance, { search }: { search: Search }) {
  page(app, 'GET', '/search', 'anyone', async request => {
    const asked = request.query as Record<string, string | string[] | undefined>
    const text = (name: string) => [asked[name]].flat().at(-1) ?? ''
    const q = text('q').slice(0, 1000).toWellFormed()
    const kind = text('kind') === 'page' ? 'page' : text('kind') === 'post' ? 'post' : undefined
    const found = await search.find(request.person, { q, kind, limit: 20, before: text('before') })
    const title = q ? request.t('search.results', { q }) : request.t('search.search')
    return layout({
      request,
      title,
      main: results(request.t, { q, kind }, found),
      sheets: ['search'],
      search: false,
      index: false,
    })
  })
}
