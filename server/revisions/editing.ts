import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mayEdit, mayRead } from '../../shared/pages/may.ts'
import { toMarkdown } from '../../shared/document/markdown.ts'
import type { Database } from '../db/index.ts'
import type { Drafts } from '../drafts/index.ts'
import { layout } from '../html/index.ts'
import { fieldsOf, page as route, told } from '../http/index.ts'
import { addressOf, type Page, PageDeleted, PageNotFound, type Pages } from '../pages/index.ts'
import { Refusal } from '../refusal.ts'
import { RevisionActRefused } from './errors.ts'
import type { Revisions } from './service.ts'
import { textFrom } from './text.ts'
import { editView, type PlainText } from './views/edit.ts'

export interface PageEditing {
  db: Database
  pages: Pages
  revisions: Revisions
  drafts: Pick<Drafts, 'open'>
}

/**
 * The face of a page where it is written: the editor's place, and in it a form of plain text that needs no JavaScript.
 * What the form sends is the change from its base revision; whatever refuses it, the words come back in the form.
 */
export function pageEditing(app: FastifyInstance, { db, pages, revisions, drafts }: PageEditing) {
  route(app, 'GET', '/wiki/:slug/edit', 'member', async (request, reply) => {
    const page = await required(request)
    const { slug } = request.params as { slug: string }
    if (page.slug !== slug) return reply.redirect(`${addressOf(page)}/edit`, 301)
    if (!mayEdit(request.person, page)) throw new RevisionActRefused('publish')
    return show(request, page, {
      text: await currentText(page),
      base: page.head?.number ?? 0,
      summary: '',
      minor: false,
    })
  })

  // Anyone may send the form: whoever was signed out meanwhile must get their words back, not a bare refusal.
  route(app, 'POST', '/wiki/:slug/edit', 'anyone', async (request, reply) => {
    const page = await required(request)
    const { markdown = '', summary = '', minor, base: named = '0' } = fieldsOf(request)
    const base = /^\d{1,9}$/.test(named) ? Number(named) : 0
    const sent: PlainText = { text: markdown, base, summary, minor: minor !== undefined }
    try {
      const { person } = request
      if (!person) throw new Refusal(401, 'http/sign-in')
      if (!mayEdit(person, page)) throw new RevisionActRefused('publish')
      // Browsers end the lines of a form with CR LF.
      const document = textFrom({ markdown: markdown.replaceAll('\r\n', '\n') })
      if (!document) throw new Refusal(400, 'http/malformed', { values: { what: 'form' } })
      await revisions.publishContent(person, page.id, document, {
        summary,
        minor: sent.minor,
        ...(base > 0 && { base }),
      })
    } catch (error) {
      const fault = told(error, request, reply)
      if (!(error instanceof Refusal && error.code === 'revisions/conflict'))
        return show(request, page, { ...sent, fault })
      // From here the writer brings both together; what they send next counts from the newest revision.
      const theirs = toMarkdown((await drafts.open(db, page.id)).document())
      return show(request, page, { ...sent, fault, theirs, base: page.head?.number ?? 0 })
    }
    return reply.redirect(addressOf(page), 303)
  })

  async function currentText(page: Page): Promise<string> {
    if (!page.head) return toMarkdown((await drafts.open(db, page.id)).document())
    return toMarkdown(await revisions.document(await revisions.byNumber(page, page.head.number)))
  }

  const show = (request: FastifyRequest, page: Page, plain: PlainText) =>
    layout({
      request,
      title: request.t('pages.editing', { title: page.title }),
      main: editView(request.t, page, request.person, plain),
      sheets: ['read'],
      shape: 'app',
      index: false,
    })

  async function required(request: FastifyRequest): Promise<Page> {
    const { slug } = request.params as { slug: string }
    const found = await pages.bySlug(slug)
    if (!found || !mayRead(request.person, found.page)) throw new PageNotFound(slug)
    if (found.page.deleted) throw new PageDeleted(found.page)
    return found.page
  }
}
