import { type Static, Type } from 'typebox'
import { operation } from '../operation.ts'
import { Id, shape, Time } from '../shapes.ts'
import { Credit, RevisionJson, RevisionNumber } from './contract.ts'

const AuthorShare = shape({
  person: Type.Union([Credit, Type.Null()], { description: 'null where nobody is known, or who it was is hidden.' }),
  hidden: Type.Boolean({ description: 'Whether a moderator has hidden who it was.' }),
  words: Type.Integer({ description: 'Of the words that stand there; each is counted once.' }),
  percent: Type.Number({ description: 'To a tenth; together they are 100.' }),
  revisions: Type.Array(RevisionNumber, { description: 'Those from which the words came, oldest first.' }),
})
export type AuthorShare = Static<typeof AuthorShare>

export const AuthorsJson = shape({
  revision: RevisionJson,
  words: Type.Integer(),
  people: Type.Array(AuthorShare, { description: 'Everyone from whom something of it came, most words first.' }),
  sources: Type.Array(shape({ number: RevisionNumber, id: Id, at: Time }), {
    description: 'The revisions from which words came, oldest first.',
  }),
  blocks: Type.Array(
    shape({
      passages: Type.Array(
        shape({
          text: Type.String({ description: 'U+FFFC stands for what is not text, as an image.' }),
          author: Type.Integer({ description: 'The place in `people`, from 0.' }),
          revision: RevisionNumber,
        }),
      ),
    }),
    {
      description:
        'Lines, captions, code blocks and formulas in reading order; the passages of one are all of its text.',
    },
  ),
})
export type AuthorsJson = Static<typeof AuthorsJson>

export const readAuthors = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/authors',
  summary: 'Who wrote which words of the head, or of the revision with this number, and how much of it is whose.',
  who: 'anyone',
  scope: 'read',
  params: shape({ id: Id }),
  query: shape({ revision: Type.Optional(RevisionNumber) }),
  reply: AuthorsJson,
})
