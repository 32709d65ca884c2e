import type { FastifyInstance } from 'fastify'
import { discardChanges, listDraftChanges, listDrafts, undoDiscard } from '../../../shared/drafts/taming-operations.ts'
import { personOf, serve } from '../../http/index.ts'
import type { Pages } from '../../pages/index.ts'
import type { Taming } from './service.ts'

/** Taming drafts, for programs. */
export function tamingRoutes(http: FastifyInstance, { pages, taming }: { pages: Pages; taming: Taming }) {
  serve(http, listDraftChanges, async ({ params, request }) => {
    const { found: _, ...told } = await taming.changes(request.person, await pages.require(request.person, params.id))
    return told
  })

  serve(http, discardChanges, async ({ params, body, request }) => taming.discard(personOf(request), params.id, body))

  serve(http, undoDiscard, async ({ params, request }) => {
    await taming.bringBack(personOf(request), params.id, params.discard)
    return null
  })

  serve(http, listDrafts, async ({ query, request }) => taming.waiting(request.person, query))
}
