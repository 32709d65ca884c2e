import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ChangePicks, DiscardPicks } from '../../../shared/drafts/taming.ts'
import { mayEdit } from '../../../shared/pages/may.ts'
import { layout } from '../../html/index.ts'
import { fieldsOf, page as route, personOf } from '../../http/index.ts'
import { addressOf, type Page, PageDeleted } from '../../pages/index.ts'
import { Refusal } from '../../refusal.ts'
import { RevisionActRefused } from '../../revisions/index.ts'
import { type Desk, movedTo, pageOf, screen } from '../desk.ts'
import { type DraftForm, draftView } from './view.ts'
import { waitingView } from './waiting.ts'

type Act =
  | { kind: 'publish'; picks: ChangePicks }
  | { kind: 'discard'; picks: DiscardPicks }
  | { kind: 'bring back'; id: string }

/** What the draft of a page changes, the forms that publish or discard some of it, and the list of such drafts. */
export function tamingPages(app: FastifyInstance, desk: Desk) {
  const { pages, revisions, topicsOf } = desk
  const { taming } = revisions

  route(app, 'GET', '/wiki/:slug/draft', 'member', async (request, reply) => {
    const page = await living(request)
    const moved = movedTo(request, page, '/draft')
    return moved ? reply.redirect(moved, 301) : show(request, page, {})
  })

  route(app, 'POST', '/wiki/:slug/draft', 'member', async (request, reply) => {
    const page = await living(request)
    const fields = fieldsOf(request)
    const form: DraftForm = { chosen: chosenIn(fields), summary: fields['summary'] ?? '', isMinor: 'minor' in fields }
    try {
      await act(page, request, actIn(fields, form.chosen ?? []), form)
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 404) throw error
      return refused(request, reply, page, { ...form, fault: request.t(error.messageKey, error.values) }, error.status)
    }
    return reply.redirect(`${addressOf(page)}/draft`, 303)
  })

  route(app, 'GET', '/drafts', 'member', async request => {
    const { after } = request.query as { after?: unknown }
    const place = typeof after === 'string' ? after : undefined
    const list = await taming.waiting(request.person, { limit: 25, after: place })
    const { t } = request
    return layout({
      request,
      title: t('taming.drafts'),
      main: waitingView(t, list),
      section: 'changes',
      sheets: ['lists', 'taming'],
      index: false,
    })
  })

  async function act(page: Page, request: FastifyRequest, what: Act, { summary, isMinor }: DraftForm) {
    const person = personOf(request)
    if (what.kind === 'publish')
      return revisions.publishSome(person, page.id, what.picks, { summary, minor: isMinor ?? false })
    if (what.kind === 'discard') return taming.discard(person, page.id, { of: what.picks, summary })
    return taming.bringBack(person, page.id, what.id)
  }

  async function refused(request: FastifyRequest, reply: FastifyReply, page: Page, form: DraftForm, status: number) {
    reply.code(status)
    return show(request, page, form)
  }

  async function show(request: FastifyRequest, page: Page, form: DraftForm) {
    const { t, person: asker } = request
    const unpublished = await taming.changes(asker, page)
    const { head, draft } = unpublished.found
    const context = await pages.context([head, draft], page.language)
    const main = draftView({ t, page, asker, unpublished, context, form, topics: await topicsOf(page) })
    return screen(request, t('taming.title', { title: page.title }), main, ['read', 'compare', 'taming'])
  }

  async function living(request: FastifyRequest): Promise<Page> {
    const page = await pageOf(desk, request)
    if (page.deleted) throw new PageDeleted(page)
    if (!mayEdit(request.person, page)) throw new RevisionActRefused('publish')
    return page
  }
}

/** Each change is a box of its own. */
const box = 'change:'

const chosenIn = (fields: Record<string, string>) =>
  Object.keys(fields).flatMap(name => (name.startsWith(box) ? [name.slice(box.length)] : []))

function actIn(fields: Record<string, string>, chosen: string[]): Act {
  const { act = '', seen = '', discard } = fields
  if (discard !== undefined) return { kind: 'bring back', id: discard }
  const all = seen.split(' ').filter(Boolean)
  // A list of nothing is for the rules to refuse; everything is what was seen, not what came in between.
  if (act === 'publish-mine') return { kind: 'publish', picks: 'mine' }
  if (act === 'publish-all') return { kind: 'publish', picks: all }
  if (act === 'discard-mine') return { kind: 'discard', picks: 'mine' }
  if (act === 'discard-all') return { kind: 'discard', picks: all }
  if (chosen.length === 0) throw new Refusal(422, 'revisions/none-chosen')
  return act === 'discard' ? { kind: 'discard', picks: chosen } : { kind: 'publish', picks: chosen }
}
