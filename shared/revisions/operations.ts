import { Type } from 'typebox'
import { ChangePicks } from '../drafts/taming.ts'
import { operation } from '../operation.ts'
import { LanguageTag, PageJson, Slug, Title } from '../pages/contract.ts'
import { Cursor, Id, Limit, shape } from '../shapes.ts'
import {
  ChangeJson,
  contentFormats,
  DocumentJson,
  Markdown,
  RevisionJson,
  RevisionNumber,
  Summary,
} from './contract.ts'
import { ComparisonJson } from './compare.ts'
import { HistoryCounts, RevisionFilter } from './filter.ts'

const page = shape({ id: Id })
const next = Type.Union([Type.String(), Type.Null()])

export const startPage = operation({
  method: 'POST',
  path: '/api/v1/pages',
  summary:
    'Start a page. With `markdown` or `document` its first revision is published too; without, it has only a draft.',
  who: 'member',
  scope: 'write',
  body: shape({
    title: Title,
    language: Type.Optional(LanguageTag),
    slug: Type.Optional(Slug),
    markdown: Type.Optional(Markdown),
    document: Type.Optional(DocumentJson),
    summary: Type.Optional(Summary),
  }),
  reply: PageJson,
  status: 201,
})

export const readContent = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/content',
  summary: 'The text of the head, or of the revision with this number, in one of four formats, sent as itself.',
  who: 'anyone',
  scope: 'read',
  params: page,
  query: shape({
    format: Type.Optional(Type.Enum([...contentFormats])),
    revision: Type.Optional(RevisionNumber),
  }),
  reply: Type.Unknown(),
})

export const listRevisions = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/revisions',
  summary: 'The history of a page, newest first; `next` goes into `before` to read on.',
  who: 'anyone',
  scope: 'read',
  params: page,
  query: shape({ limit: Limit, before: Cursor, ...RevisionFilter }),
  reply: shape({ revisions: Type.Array(RevisionJson), next, counts: HistoryCounts }),
})

export const historyFeed = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/history.atom',
  summary: 'The same as an Atom feed; its link `next` leads on.',
  who: 'anyone',
  scope: 'read',
  params: page,
  query: shape({ limit: Limit, before: Cursor, ...RevisionFilter }),
  reply: Type.Unknown(),
})

export const publishRevision = operation({
  method: 'POST',
  path: '/api/v1/pages/:id/revisions',
  summary:
    'Publish the draft; or, with `markdown` or `document`, merge the change from revision `base` to that content into the draft and publish it; or, with `changes`, publish only those of the draft’s changes.',
  who: 'member',
  scope: 'write',
  params: page,
  body: shape({
    summary: Type.Optional(Summary),
    minor: Type.Optional(Type.Boolean()),
    markdown: Type.Optional(Markdown),
    document: Type.Optional(DocumentJson),
    base: Type.Optional(RevisionNumber),
    changes: Type.Optional(ChangePicks),
  }),
  reply: RevisionJson,
  status: 201,
})

export const compareRevisions = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/compare',
  summary:
    'What changed from one revision to another: exactly, as a reader would say it, and how much it comes to. Has an ETag.',
  who: 'anyone',
  scope: 'read',
  params: page,
  query: shape({ from: RevisionNumber, to: RevisionNumber }),
  reply: ComparisonJson,
})

export const listChanges = operation({
  method: 'GET',
  path: '/api/v1/changes',
  summary: 'The newest revisions of all pages; `next` goes into `before` to read on.',
  who: 'anyone',
  scope: 'read',
  query: shape({ limit: Limit, before: Cursor }),
  reply: shape({ changes: Type.Array(ChangeJson), next }),
})
