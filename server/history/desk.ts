import type { FastifyRequest } from 'fastify'
import { mayRead } from '../../shared/pages/may.ts'
import type { Config } from '../config.ts'
import { type Html, layout, type Sheet } from '../html/index.ts'
import { addressOf, type Page, PageNotFound, type Pages } from '../pages/index.ts'
import type { Revisions } from '../revisions/index.ts'

/** What every screen that looks back at a page works with. */
export interface Desk {
  pages: Pages
  revisions: Revisions
  config: Pick<Config, 'PUBLIC_URL'>
  /** How many topics about a page are open. */
  topicsOf: (page: Page) => Promise<number>
}

/** The page that a request is about, also a deleted one; refuses where the asker may not know of it. */
export async function pageOf({ pages }: Desk, request: FastifyRequest): Promise<Page> {
  const { slug } = request.params as { slug: string }
  const found = await pages.bySlug(slug)
  if (!found || !mayRead(request.person, found.page)) throw new PageNotFound(slug)
  return found.page
}

/** Where a face of a page is now, if the request came to an address that the page has left. */
export function movedTo(request: FastifyRequest, page: Page, face: string): string | undefined {
  const { slug } = request.params as { slug: string }
  if (page.slug === slug) return undefined
  const { url } = request
  return addressOf(page) + face + (url.includes('?') ? url.slice(url.indexOf('?')) : '')
}

/** A screen about a page's past: under Pages, and not for search engines. */
export const screen = (request: FastifyRequest, title: string, main: Html, sheets: Sheet[], feed?: string) =>
  layout({ request, title, main, sheets, section: 'pages', index: false, ...(feed && { feed }) })

/** Scheme and host by which readers know the wiki. */
export const originOf = ({ config }: Desk, request: FastifyRequest): string =>
  config.PUBLIC_URL ?? `${request.protocol}://${request.host}`

/** The number of a revision as an address or a form gives it; undefined where it is none. */
export const numberIn = (given: unknown): number | undefined =>
  typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined
