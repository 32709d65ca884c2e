import type { FastifyInstance } from 'fastify'
import { coarseChanges, coarseComparison, differsTooMuch } from '../../../shared/document/coarse.ts'
import { diff } from '../../../shared/document/diff.ts'
import { toText } from '../../../shared/document/text.ts'
import {
  previewRestoration,
  previewRollback,
  previewUndo,
  restoreRevision,
  rollBack,
  undoRevision,
} from '../../../shared/revisions/takebacks.ts'
import { personOf, serve } from '../../http/index.ts'
import type { Revisions } from '../service.ts'
import { wordsChanged } from '../words.ts'
import type { TakebackAhead } from './ahead.ts'

/** Taking back, for programs: what would happen, and doing it. */
export function takebackRoutes(http: FastifyInstance, revisions: Revisions) {
  serve(http, previewUndo, async ({ params, query, request }) => {
    const ahead = await revisions.previewUndo(personOf(request), params.id, query)
    return { ...told(ahead), revisions: ahead.revisions, conflicts: ahead.conflicts }
  })

  serve(http, undoRevision, async ({ params, body, request }) => revisions.undo(personOf(request), params.id, body))

  serve(http, previewRollback, async ({ params, query, request }) => {
    const ahead = await revisions.previewRollback(personOf(request), params.id, query)
    const { revisions: numbers, conflicts, unpublished } = ahead
    return { ...told(ahead), revisions: numbers, conflicts, unpublished }
  })

  serve(http, rollBack, async ({ params, body, request }) => revisions.rollBack(personOf(request), params.id, body))

  serve(http, previewRestoration, async ({ params, query, request }) =>
    told(await revisions.previewRestore(personOf(request), params.id, query.revision, query)),
  )

  serve(http, restoreRevision, async ({ params, body: { revision, ...how }, request }) =>
    revisions.restore(personOf(request), params.id, revision, how),
  )
}

function told({ page, before, after, displaced }: TakebackAhead) {
  const isCoarse = differsTooMuch(before, after)
  const changes = isCoarse ? coarseChanges(coarseComparison(before, after)) : diff(before, after)
  const { added, removed } = wordsChanged(toText(before), toText(after))
  const blocks = changes.filter(change => change.kind !== 'keep').length
  return { head: page.newest, changes, summary: { blocks, wordsAdded: added, wordsRemoved: removed }, displaced }
}
