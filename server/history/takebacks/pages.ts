import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Person } from '../../../shared/accounts/contract.ts'
import { page as route, personOf, told } from '../../http/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import { Refusal } from '../../refusal.ts'
import { RevisionNotFound } from '../../revisions/index.ts'
import { type Desk, movedTo, pageOf, screen } from '../desk.ts'
import { type Asked, askedBy } from './asked.ts'
import { type Preview, takebackView } from './view.ts'

/** Taking back, for people: what would happen, before it does, and the form that does it. Nothing here needs JavaScript. */
export function takebackPages(app: FastifyInstance, desk: Desk) {
  const { pages, revisions, topicsOf } = desk

  face('undo', 'member', {
    async ahead(by, page, asked) {
      const revision = required(asked)
      const ahead = await revisions.previewUndo(by, page.id, { revision, choices: asked.choices })
      return { kind: 'undo', ahead, of: await revisions.byNumber(page, revision) }
    },
    act: (by, page, asked) => revisions.undo(by, page.id, { ...asked, revision: required(asked) }),
  })

  face('rollback', 'moderator', {
    ahead: async (by, page, asked) => ({
      kind: 'rollback',
      ahead: await revisions.previewRollback(by, page.id, asked),
    }),
    act: (by, page, asked) => revisions.rollBack(by, page.id, asked),
  })

  face('restore', 'moderator', {
    async ahead(by, page, asked) {
      const number = required(asked)
      const ahead = await revisions.previewRestore(by, page.id, number, asked)
      return { kind: 'restore', ahead, of: await revisions.byNumber(page, number) }
    },
    act: (by, page, asked) => revisions.restore(by, page.id, required(asked), asked),
  })

  function face(
    name: Preview['kind'],
    who: 'member' | 'moderator',
    {
      ahead,
      act,
    }: {
      ahead: (by: Person, page: Page, asked: Asked) => Promise<Preview>
      act: (by: Person, page: Page, asked: Asked) => Promise<unknown>
    },
  ) {
    route(app, 'GET', `/wiki/:slug/${name}`, who, async (request, reply) => {
      const page = await pageOf(desk, request)
      const moved = movedTo(request, page, `/${name}`)
      if (moved) return reply.redirect(moved, 301)
      return shown(request, page, askedBy(request))
    })

    route(app, 'POST', `/wiki/:slug/${name}`, who, async (request, reply) => {
      const page = await pageOf(desk, request)
      const asked = askedBy(request)
      try {
        await act(personOf(request), page, asked)
      } catch (error) {
        if (!isForTheForm(error)) throw error
        const fault = told(error, request, reply)
        return shown(request, (await pages.byId(page.id)) ?? page, asked, { fault, reply })
      }
      return reply.redirect(`${addressOf(page)}/history`, 303)
    })

    async function shown(
      request: FastifyRequest,
      page: Page,
      asked: Asked,
      { fault, reply }: { fault?: string; reply?: FastifyReply } = {},
    ) {
      const preview = await ahead(personOf(request), page, asked)
      reply?.header('cache-control', 'no-store')
      const { t } = request
      const { before, after } = preview.ahead
      const context = await pages.context([before, after], page.language)
      const topics = await topicsOf(page)
      const main = takebackView({ t, page, asked, preview, context, topics, fault })
      return screen(request, titleOf(request, page, preview), main, ['read', 'compare', 'takebacks'])
    }
  }
}

/** What can be mended in the form itself: the others leave nothing to choose. */
const isForTheForm = (error: unknown) =>
  error instanceof Refusal &&
  ['revisions/undo-conflict', 'revisions/head-moved', 'pages/summary-unusable'].includes(error.code)

function required({ revision }: Asked): number {
  if (revision === undefined) throw new RevisionNotFound(0)
  return revision
}

const titleOf = ({ t }: FastifyRequest, { title }: Page, preview: Preview) =>
  preview.kind === 'rollback'
    ? t('takebacks.rollback.of', { name: preview.ahead.person.name, title })
    : t(`takebacks.${preview.kind}.of`, { number: preview.of.number, title })
