import type { FastifyInstance } from 'fastify'
import { fromCanonical } from '../../shared/document/canonical.ts'
import { toText } from '../../shared/document/text.ts'
import { listRescued, settleRescued } from '../../shared/drafts/operations.ts'
import type { Database } from '../db/index.ts'
import { serve } from '../http/index.ts'
import { NoDraft, NoPassage } from './errors.ts'
import type { Drafts } from './service.ts'

export function draftRoutes(http: FastifyInstance, { db, drafts }: { db: Database; drafts: Drafts }) {
  serve(http, listRescued, async ({ params, request }) => {
    if (!(await drafts.standing(db.read, params.id))) throw new NoDraft(params.id)
    const kept = await drafts.passagesOf(db.read, params.id, request.person?.id ?? '')
    return {
      passages: kept.map(({ id, cause, context, at, document }) => {
        const node = fromCanonical(document)
        return { id, cause, context, at, text: toText(node), document: node.toJSON() as unknown }
      }),
    }
  })

  serve(http, settleRescued, async ({ params, request }) => {
    const { person } = request
    if (!person) throw new NoPassage()
    await db.write(tx => drafts.settle(tx, params.passage, person.id))
    return null
  })
}
