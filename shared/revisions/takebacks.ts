import { type Static, Type } from 'typebox'
import { operation } from '../operation.ts'
import { Id, shape } from '../shapes.ts'
import { Credit, RevisionJson, RevisionNumber, Summary } from './contract.ts'

/** What a passage says: its text, and it as a document. Nothing where there is no such passage. */
const Said = Type.Union([shape({ text: Type.String(), document: Type.Unknown() }), Type.Null()])

/** Words that were changed again since, so that somebody has to choose. */
export const TakebackConflict = shape({
  id: Type.String({ description: 'Goes into `choices`. Made of the place and the words: it is good for no others.' }),
  section: Type.String({ description: 'The heading it stands under; "" before the first.' }),
  around: shape({ before: Type.String(), after: Type.String() }),
  before: Said,
  made: Said,
  now: Said,
  undone: Said,
  chosen: Type.Union([Type.Literal('keep'), Type.Literal('undo'), Type.Null()]),
})
export type TakebackConflict = Static<typeof TakebackConflict>

export const takes = ['keep', 'undo'] as const
export type Take = (typeof takes)[number]

const choices = Type.Optional(
  Type.Array(shape({ conflict: Type.String({ maxLength: 64 }), take: Type.Enum([...takes]) }), {
    maxItems: 10_000,
    description: '`keep` leaves the words as they are now, `undo` makes them what the conflict calls `undone`.',
  }),
)
const head = Type.Optional(
  Type.Integer({
    minimum: 0,
    description: 'The newest revision you have seen: refused (409) if there is another by now.',
  }),
)
const page = shape({ id: Id })

/** What readers would see changed, and whose unpublished words would lose their place and be kept for them. */
const ahead = {
  head: Type.Integer({ description: 'The newest revision of the page.' }),
  changes: Type.Array(Type.Unknown(), { description: 'From the head to what would be published, as in a comparison.' }),
  summary: shape({ blocks: Type.Integer(), wordsAdded: Type.Integer(), wordsRemoved: Type.Integer() }),
  displaced: shape({ people: Type.Array(Credit), words: Type.Integer() }),
}

export const Takeback = shape({
  ...ahead,
  revisions: Type.Array(RevisionNumber, { description: 'What would be taken back, oldest first.' }),
  conflicts: Type.Array(TakebackConflict),
})

export const previewUndo = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/undos',
  summary: 'What undoing a revision would change, and which words were changed again since. Changes nothing.',
  who: 'member',
  scope: 'read',
  params: page,
  query: shape({ revision: RevisionNumber }),
  reply: Takeback,
})

export const undoRevision = operation({
  method: 'POST',
  path: '/api/v1/pages/:id/undos',
  summary:
    'Take back one revision and keep what came after it. Words changed again since are refused (409 `revisions/undo-conflict`, `details.conflicts`) until they are chosen.',
  who: 'member',
  scope: 'write',
  params: page,
  body: shape({ revision: RevisionNumber, choices, head, summary: Type.Optional(Summary) }),
  reply: RevisionJson,
  status: 201,
})

/** An id or a handle. */
const person = Type.String({ minLength: 1, maxLength: 64 })

export const previewRollback = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/rollbacks',
  summary: 'What rolling back a person would change on this page. Changes nothing.',
  who: 'moderator',
  scope: 'read',
  params: page,
  query: shape({ person }),
  reply: shape({
    ...Takeback.properties,
    unpublished: Type.Boolean({ description: 'Whether they changed the live draft, which would be taken back too.' }),
  }),
})

export const rollBack = operation({
  method: 'POST',
  path: '/api/v1/pages/:id/rollbacks',
  summary:
    'Take back the newest uninterrupted run of revisions of one person, and what only they changed in the live draft. Where nothing of it is published, the answer is the revision that stands.',
  who: 'moderator',
  scope: 'write',
  params: page,
  body: shape({ person, choices, head, summary: Type.Optional(Summary) }),
  reply: Type.Union([RevisionJson, Type.Null()]),
  status: 201,
})

export const unpublishedWords = ['keep', 'discard'] as const
export type UnpublishedWords = (typeof unpublishedWords)[number]
const unpublished = Type.Optional(
  Type.Enum([...unpublishedWords], {
    description:
      '`keep` (the default) leaves unpublished words where there is room; `discard` takes all away. Either way, what goes is kept for its authors.',
  }),
)

export const previewRestoration = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/restorations',
  summary: 'What restoring a revision would change. Changes nothing.',
  who: 'moderator',
  scope: 'read',
  params: page,
  query: shape({ revision: RevisionNumber, unpublished }),
  reply: shape(ahead),
})

export const restoreRevision = operation({
  method: 'POST',
  path: '/api/v1/pages/:id/restorations',
  summary:
    'Publish the content of an older revision again. Unpublished words stay where that content leaves them room.',
  who: 'moderator',
  scope: 'write',
  params: page,
  body: shape({ revision: RevisionNumber, unpublished, head, summary: Type.Optional(Summary) }),
  reply: RevisionJson,
  status: 201,
})
