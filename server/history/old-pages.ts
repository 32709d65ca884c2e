import type { FastifyInstance, FastifyRequest } from 'fastify'
import { told } from '../../shared/document/hunks.ts'
import { outline } from '../../shared/document/outline.ts'
import { wordCount } from '../../shared/document/text.ts'
import { mayRead } from '../../shared/pages/may.ts'
import { html } from '../html/index.ts'
import { page as route } from '../http/index.ts'
import type { Page } from '../pages/index.ts'
import { Refusal } from '../refusal.ts'
import type { Revision } from '../revisions/index.ts'
import { type Desk, screen } from './desk.ts'
import { suppressionBelow } from './list/suppression.ts'
import { oldView } from './old.ts'

/** An old revision: at its permanent address, and at that of its page. */
export function oldPages(app: FastifyInstance, desk: Desk) {
  const { pages, revisions, topicsOf } = desk

  route(app, 'GET', '/r/:id', 'anyone', async request => {
    const { id } = request.params as { id: string }
    const revision = await revisions.byId(id)
    const page = revision && (await pages.byId(revision.pageId))
    if (!revision || !page || !mayRead(request.person, page)) throw new Refusal(404, 'revisions/no-such')
    return shown(request, page, revision)
  })

  async function shown(request: FastifyRequest, page: Page, revision: Revision) {
    const { t, person: asker } = request
    const text = await textOf(page, revision)
    const places = await placesThatDiffer(page, revision)
    const main = html`${oldView({ t, page, revision, text, places, asker, topics: await topicsOf(page) })}${await suppressionBelow(desk, request, page, revision)}`
    const title = t('revisions.title', { number: revision.number, title: page.title })
    return screen(request, title, main, ['read', 'history', 'takebacks'])
  }

  async function textOf(page: Page, revision: Revision) {
    if (revision.hash === null) return undefined
    const document = await revisions.document(revision)
    return { html: await revisions.html(page, revision), outline: outline(document), words: wordCount(document) }
  }

  async function placesThatDiffer(page: Page, revision: Revision): Promise<number | undefined> {
    if (!page.head || page.head.number === revision.number || revision.hash === null) return undefined
    const head = await revisions.byNumber(page, page.head.number)
    if (head.hash === revision.hash) return 0
    if (head.hash === null || head.size + revision.size > most) return undefined
    return told(await revisions.document(revision), await revisions.document(head)).hunks.length
  }

  const oldRevision = async (request: FastifyRequest, page: Page, number: number) =>
    shown(request, page, await revisions.byNumber(page, number))

  return { oldRevision }
}

/** Bytes of two texts that are compared while somebody waits to read one of them. */
const most = 500_000
