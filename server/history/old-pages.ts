import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mayRead, mayRestore } from '../../shared/pages/may.ts'
import { fieldsOf, page as route, personOf } from '../http/index.ts'
import { addressOf, type Page } from '../pages/index.ts'
import { Refusal } from '../refusal.ts'
import { type Revision, RevisionActRefused, RevisionNotFound } from '../revisions/index.ts'
import { type Desk, numberIn, pageOf, screen } from './desk.ts'
import { oldView } from './old.ts'

/** An old revision at its permanent address, and the form that restores it. */
export function oldPages(app: FastifyInstance, desk: Desk) {
  const { pages, revisions, topicsOf } = desk

  route(app, 'POST', '/wiki/:slug/restore', 'moderator', async (request, reply) => {
    const page = await pageOf(desk, request)
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

  async function shown(request: FastifyRequest, page: Page, revision: Revision, fault?: string) {
    const { t, person: asker } = request
    const text = revision.hash === null ? undefined : await revisions.html(page, revision)
    const main = oldView({ t, page, revision, text, asker, topics: await topicsOf(page), fault })
    const title = t('revisions.title', { number: revision.number, title: page.title })
    return screen(request, title, main, ['read', 'history'])
  }

  const oldRevision = async (request: FastifyRequest, page: Page, number: number, fault?: string) =>
    shown(request, page, await revisions.byNumber(page, number), fault)

  return { oldRevision }
}
