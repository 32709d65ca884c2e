import { type Static, Type } from 'typebox'
import { Credit, Summary } from '../revisions/contract.ts'
import { Id, shape, Time } from '../shapes.ts'

export const draftChangeKinds = ['words', 'inserted', 'removed', 'moved', 'restyled'] as const

export const ChangeId = Type.String({ minLength: 1, maxLength: 40 })

/** One of the things that a draft changes. */
export const DraftChangeJson = shape({
  id: ChangeId,
  kind: Type.Enum([...draftChangeKinds]),
  section: Type.String({ description: 'The heading above it; empty before the first.' }),
  people: Type.Array(Credit, { description: 'Whose hands it was, whoever began first; none where nobody knows.' }),
  since: Type.Union([Time, Type.Null()]),
  words: shape({ added: Type.Integer(), removed: Type.Integer() }),
  before: Type.String(),
  after: Type.String(),
  mine: Type.Boolean({ description: 'Nobody else had a hand in it.' }),
  within: Type.Union([ChangeId, Type.Null()], { description: 'The new block it stands in, which is another change.' }),
})
export type DraftChangeJson = Static<typeof DraftChangeJson>

export const discardKinds = ['mine', 'all', 'chosen'] as const

/** Unpublished changes that were taken out of a draft. */
export const DiscardJson = shape({
  id: Id,
  pageId: Id,
  by: Type.Union([Credit, Type.Null()]),
  of: Type.Enum([...discardKinds]),
  summary: Type.String(),
  changes: Type.Integer({ description: 'How many changes it took out.' }),
  at: Time,
  mayUndo: Type.Boolean(),
})
export type DiscardJson = Static<typeof DiscardJson>

export const DraftChangesJson = shape({
  head: Type.Union([Type.Integer(), Type.Null()], { description: 'The number of the revision that readers see.' }),
  epoch: Type.Integer(),
  seq: Type.Integer({ description: 'The row of the draft’s log that this was read at.' }),
  changes: Type.Array(DraftChangeJson),
  discards: Type.Array(DiscardJson, { description: 'What was discarded lately and can be brought back.' }),
})
export type DraftChangesJson = Static<typeof DraftChangesJson>

/** Which changes are meant: one's own, those of a section, or those with these ids. */
export const ChangePicks = Type.Union([
  Type.Literal('mine'),
  shape({ section: Type.String({ maxLength: 2000 }) }),
  Type.Array(ChangeId, { minItems: 1, maxItems: 5000 }),
])
export type ChangePicks = Static<typeof ChangePicks>

export const DiscardPicks = Type.Union([
  Type.Literal('mine'),
  Type.Literal('all'),
  Type.Array(ChangeId, { minItems: 1, maxItems: 5000 }),
])
export type DiscardPicks = Static<typeof DiscardPicks>

export const DiscardBody = shape({ of: DiscardPicks, summary: Type.Optional(Summary) })

/** A page whose draft says something that readers do not see. */
export const WaitingDraftJson = shape({
  page: shape({ id: Id, slug: Type.String(), title: Type.String(), language: Type.String() }),
  head: Type.Union([Type.Integer(), Type.Null()]),
  since: Time,
  changes: Type.Integer(),
  people: Type.Array(Credit),
})
export type WaitingDraftJson = Static<typeof WaitingDraftJson>
