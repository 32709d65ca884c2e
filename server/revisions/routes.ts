import type { FastifyInstance } from 'fastify'
import { canonical } from '../../shared/document/canonical.ts'
import { toHtml } from '../../shared/document/html.ts'
import { toMarkdown } from '../../shared/document/markdown.ts'
import { schemaVersion } from '../../shared/document/schema.ts'
import { toText } from '../../shared/document/text.ts'
import {
  compareRevisions,
  listChanges,
  listRevisions,
  publishRevision,
  readContent,
  startPage,
} from '../../shared/revisions/operations.ts'
import { listSuppressions, suppressRevision } from '../../shared/revisions/suppression.ts'
import { hasSame, personOf, serve } from '../http/index.ts'
import { PageDeleted, pageJson, type Pages, PageUnpublished } from '../pages/index.ts'
import { comparisonJson } from './compared.ts'
import { authorRoutes } from './authorship/routes.ts'
import { TextUnusable } from './errors.ts'
import type { Revisions } from './service.ts'
import { ChangesAndText, tamingRoutes } from './taming/index.ts'
import { takebackRoutes } from './takebacks/index.ts'
import { textFrom } from './text.ts'

/** Revisions for programs; pages are started here too, for their first text is their first revision. */
export function revisionRoutes(http: FastifyInstance, { pages, revisions }: { pages: Pages; revisions: Revisions }) {
  authorRoutes(http, { pages, revisions })
  tamingRoutes(http, { pages, taming: revisions.taming })
  serve(http, startPage, async ({ body, request }) => {
    const { markdown, document, ...page } = body
    const text = textFrom({ markdown, document })
    return pageJson(await revisions.startPage(personOf(request), { ...page, document: text }))
  })

  serve(http, readContent, async ({ params, query, request, reply }) => {
    const { format = 'document', revision: number } = query
    const page = await pages.requireHistory(request.person, params.id)
    if (page.deleted && number === undefined) throw new PageDeleted(page)
    if (number === undefined && !page.head) throw new PageUnpublished(page)
    const revision = await revisions.byNumber(page, number ?? page.head?.number ?? 0)
    const text = await revisions.document(revision)
    reply.header('content-language', page.language)
    if (format === 'document') return reply.type('application/json; charset=utf-8').send(canonical(text))
    if (format === 'markdown') return reply.type('text/markdown; charset=utf-8').send(toMarkdown(text))
    if (format === 'text') return reply.type('text/plain; charset=utf-8').send(toText(text))
    return reply.type('text/html; charset=utf-8').send(toHtml(text, await pages.context([text], page.language)))
  })

  serve(http, listRevisions, async ({ params, query, request }) =>
    revisions.list(await pages.requireHistory(request.person, params.id), query),
  )

  serve(http, suppressRevision, async ({ params: { id, number }, body, request }) =>
    revisions.suppress(personOf(request), id, number, body),
  )

  serve(http, listSuppressions, async ({ params: { id, number }, request }) => {
    const page = await pages.requireHistory(request.person, id)
    const { id: revisionId } = await revisions.byNumber(page, number)
    return { acts: await revisions.suppressions(personOf(request), page, revisionId) }
  })

  serve(http, publishRevision, async ({ params, body, request }) => {
    const { markdown, document, base, changes, ...note } = body
    if (changes !== undefined) {
      if (markdown !== undefined || document !== undefined || base !== undefined) throw new ChangesAndText()
      return revisions.publishSome(personOf(request), params.id, changes, note)
    }
    const text = textFrom({ markdown, document })
    if (text) return revisions.publishContent(personOf(request), params.id, text, { ...note, base })
    if (base !== undefined) throw new TextUnusable(400, 'base')
    return revisions.publish(personOf(request), params.id, note)
  })

  serve(http, compareRevisions, async ({ params, query: { from, to }, request, reply }) => {
    const page = await pages.requireHistory(request.person, params.id)
    const comparison = await revisions.compare(page, from, to)
    const between = await revisions.between(page, from, to)
    const depends = JSON.stringify([schemaVersion, comparison.from, comparison.to, between])
    return hasSame(request, reply, depends) ? reply.code(304).send() : comparisonJson(comparison, between)
  })

  takebackRoutes(http, revisions)

  serve(http, listChanges, async ({ query, request }) => revisions.changes(request.person, query))
}
