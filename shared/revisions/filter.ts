import { type Static, Type } from 'typebox'
import { shape, Time } from '../shapes.ts'

/** What the lines of a history are tagged with; each can be asked for by itself. */
export const revisionTags = [
  'new',
  'restore',
  'undo',
  'rollback',
  'import',
  'merge',
  'deletion',
  'reverted',
  'minor',
  'first',
  'suppressed',
] as const
export type RevisionTag = (typeof revisionTags)[number]

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day in UTC, as 2026-11-23.' })

/** Which revisions of a page are wanted; several of these at once all have to fit. */
export const RevisionFilter = {
  person: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'The handle of one who wrote for it or published it.' }),
  ),
  section: Type.Optional(
    Type.String({
      maxLength: 300,
      description: 'The title of a section it changed; empty for the text before the first.',
    }),
  ),
  tag: Type.Optional(Type.Enum([...revisionTags])),
  minor: Type.Optional(Type.Literal('hide', { description: '`hide` leaves minor edits out.' })),
  since: Type.Optional(Day),
  until: Type.Optional(Day),
}
const filter = shape(RevisionFilter)
export type RevisionFilter = { [Name in keyof Static<typeof filter>]?: Static<typeof filter>[Name] | undefined }

export const HistoryCounts = shape({
  all: Type.Integer({ description: 'Revisions of the page, deletions too.' }),
  people: Type.Integer({ description: 'Who wrote or published them.' }),
  since: Type.Union([Time, Type.Null()], { description: 'When the first was published.' }),
  matching: Type.Integer({ description: 'Revisions that the filter lets through.' }),
  minor: Type.Integer({ description: 'Minor edits that `minor=hide` left out.' }),
})
export type HistoryCounts = Static<typeof HistoryCounts>
