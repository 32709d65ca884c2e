import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mayCreatePage, mayDelete, mayRename } from '../../shared/pages/may.ts'
import { titleKey } from '../../shared/pages/line.ts'
import { type Html, layout } from '../html/index.ts'
import { fieldsOf, page as route, personOf, told } from '../http/index.ts'
import type { Revisions } from '../revisions/index.ts'
import type { Site } from '../site/index.ts'
import { PageActRefused, PageDeleted, PageNotFound } from './errors.ts'
import { addressOf, type Page } from './page.ts'
import type { Pages } from './service.ts'
import { deleteView, moveView, newView } from './views/forms.ts'

export interface PageNaming {
  pages: Pages
  revisions: Revisions
  site: Pick<Site, 'languages'>
}

/** The forms that start, rename and delete pages. A refused form comes back as it was filled in, with the reason. */
export function pageNaming(app: FastifyInstance, { pages, revisions, site }: PageNaming) {
  const show = (request: FastifyRequest, title: string, main: Html) =>
    layout({ request, title, main, section: 'pages', index: false })

  route(app, 'GET', '/new', 'member', async request => {
    if (!mayCreatePage(request.person)) throw new PageActRefused('create')
    const { title = '' } = request.query as { title?: string }
    const wish = String(title).slice(0, 1000).toWellFormed()
    const existing = wish ? (await pages.titled([wish])).get(titleKey(wish)) : undefined
    const language = site.languages()[0] ?? 'en'
    const main = newView({ t: request.t, title: wish, language, languages: site.languages(), existing })
    return show(request, request.t('pages.new'), main)
  })

  route(app, 'POST', '/new', 'member', async (request, reply) => {
    const { title = '', language = 'en' } = fieldsOf(request)
    let page
    try {
      page = await revisions.startPage(personOf(request), { title, language })
    } catch (error) {
      const fault = told(error, request, reply)
      return show(
        request,
        request.t('pages.new'),
        newView({ t: request.t, title, language, languages: site.languages(), fault }),
      )
    }
    return reply.redirect(`${addressOf(page)}/edit`, 303)
  })

  route(app, 'GET', '/wiki/:slug/move', 'member', async request => {
    const page = await required(request)
    if (!mayRename(request.person, page)) throw new PageActRefused('rename')
    return show(request, page.title, moveView(request.t, page, page))
  })

  route(app, 'POST', '/wiki/:slug/move', 'member', async (request, reply) => {
    const page = await required(request)
    const { title = '', slug = '' } = fieldsOf(request)
    try {
      // A field left as it was asks for nothing: its slug may be one that nobody could wish for today.
      await pages.rename(personOf(request), page.id, {
        ...(title !== page.title && { title }),
        ...(slug !== page.slug && { slug }),
      })
    } catch (error) {
      const fault = told(error, request, reply)
      return show(request, page.title, moveView(request.t, page, { title, slug }, fault))
    }
    return reply.redirect(`/p/${page.id}`, 303)
  })

  route(app, 'POST', '/wiki/:slug/feature', 'moderator', async (request, reply) => {
    const page = await required(request)
    await pages.setFeatured(personOf(request), page.id, page.featured === null)
    return reply.redirect(addressOf(page), 303)
  })

  route(app, 'GET', '/wiki/:slug/delete', 'moderator', async request => {
    const page = await required(request)
    if (!mayDelete(request.person, page)) throw new PageActRefused('delete')
    return show(request, page.title, deleteView(request.t, page))
  })

  route(app, 'POST', '/wiki/:slug/delete', 'moderator', async (request, reply) => {
    const page = await required(request)
    const { summary = '' } = fieldsOf(request)
    try {
      await pages.remove(personOf(request), page.id, summary)
    } catch (error) {
      return show(request, page.title, deleteView(request.t, page, told(error, request, reply)))
    }
    return reply.redirect(`${addressOf(page)}/history`, 303)
  })

  async function required(request: FastifyRequest): Promise<Page> {
    const { slug } = request.params as { slug: string }
    const found = await pages.bySlug(slug)
    if (!found) throw new PageNotFound(slug)
    if (found.page.deleted) throw new PageDeleted(found.page)
    return pages.require(request.person, found.page.id)
  }
}
