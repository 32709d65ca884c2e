import { type Static, Type } from 'typebox'
import { summaryLimit } from '../pages/contract.ts'
import { Id, shape, Time } from '../shapes.ts'

export const revisionKinds = ['edit', 'restore', 'undo', 'rollback', 'import', 'merge', 'deletion'] as const
export type RevisionKind = (typeof revisionKinds)[number]

/** Bytes of the largest Markdown and of the largest document as JSON. */
export const markdownLimit = 1024 * 1024
export const documentLimit = 2 * 1024 * 1024

/** What can be suppressed of a revision, each by itself. */
export const suppressible = ['text', 'author', 'summary'] as const
export type Suppressible = (typeof suppressible)[number]

export const Summary = Type.String({ maxLength: summaryLimit, description: 'What changed and why, in a sentence.' })
export const Markdown = Type.String({
  description: `The whole text in Markdown (GFM), at most ${markdownLimit} bytes.`,
})
export const DocumentJson = Type.Object(
  { type: Type.Literal('doc'), content: Type.Optional(Type.Array(Type.Unknown())) },
  { additionalProperties: false, description: `The whole text as a document, at most ${documentLimit} bytes of JSON.` },
)
export const RevisionNumber = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })

export const Credit = shape({ id: Id, handle: Type.String(), name: Type.String() })
export type Credit = Static<typeof Credit>

export const RevisionJson = shape({
  id: Id,
  pageId: Id,
  /** Counts from 1 on each page. */
  number: RevisionNumber,
  kind: Type.Enum([...revisionKinds]),
  summary: Type.String(),
  minor: Type.Boolean(),
  publisher: Type.Union([Credit, Type.Null()]),
  authors: Type.Array(Credit, { description: 'Everyone whose words it adds.' }),
  at: Time,
  title: Type.String({ description: 'What the page was called then.' }),
  size: Type.Integer({ description: 'Bytes of the content as canonical JSON; 0 for a deletion.' }),
  hash: Type.Union([Type.String(), Type.Null()], {
    description: 'SHA-256 of the content: two revisions that say the same have the same.',
  }),
  parent: Type.Union([Id, Type.Null()], { description: 'The revision before it.' }),
  source: Type.Union([shape({ id: Id, number: RevisionNumber }), Type.Null()], {
    description: 'The revision whose content a restore published again, or that an undo took back.',
  }),
  sections: Type.Array(Type.String(), { description: 'The sections it changed; "" is the text before the first.' }),
  revertedBy: Type.Union([shape({ id: Id, number: RevisionNumber }), Type.Null()], {
    description: 'The later revision that took it back.',
  }),
  newcomers: Type.Array(Id, { description: 'Those of its authors whose first revision in this wiki it is.' }),
  hidden: Type.Array(Type.Enum([...suppressible]), {
    description: 'What of it was suppressed: no text (and hash), no author or no summary is given out.',
  }),
  licence: Type.String(),
  wordsAdded: Type.Integer(),
  wordsRemoved: Type.Integer(),
})
export type RevisionJson = Static<typeof RevisionJson>

export const ChangeJson = shape({
  ...RevisionJson.properties,
  page: shape({ id: Id, slug: Type.String(), title: Type.String(), language: Type.String() }),
})
export type ChangeJson = Static<typeof ChangeJson>

export const contentFormats = ['document', 'markdown', 'html', 'text'] as const
export type ContentFormat = (typeof contentFormats)[number]
