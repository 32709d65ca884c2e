import { type Static, Type } from 'typebox'
import { operation } from '../operation.ts'
import { summaryLimit } from '../pages/contract.ts'
import { Id, shape, Time } from '../shapes.ts'
import { Credit, RevisionJson, RevisionNumber, suppressible } from './contract.ts'

const revision = shape({ id: Id, number: RevisionNumber })
const Parts = Type.Array(Type.Enum([...suppressible]), { uniqueItems: true, maxItems: suppressible.length })

export const Reason = Type.String({ maxLength: summaryLimit, description: 'Why, for other moderators.' })

/** One act of hiding parts of a revision, or of showing them again. */
export const SuppressionJson = shape({
  id: Id,
  by: Type.Union([Credit, Type.Null()]),
  at: Time,
  hidden: Type.Array(Type.Enum([...suppressible]), { description: 'What was hidden from then on.' }),
  reason: Type.String(),
})
export type SuppressionJson = Static<typeof SuppressionJson>

export const suppressRevision = operation({
  method: 'PUT',
  path: '/api/v1/pages/:id/revisions/:number/suppression',
  summary:
    'Say what of a revision nobody is shown: its text (wherever the page says the same), author or summary; none of them shows it again.',
  who: 'moderator',
  scope: 'write',
  params: revision,
  body: shape({ hidden: Parts, reason: Reason }),
  reply: RevisionJson,
})

export const listSuppressions = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/revisions/:number/suppression',
  summary: 'What was hidden of a revision or shown again, when, by whom and why, newest first.',
  who: 'moderator',
  scope: 'read',
  params: revision,
  reply: shape({ acts: Type.Array(SuppressionJson) }),
})
