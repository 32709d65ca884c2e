import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { Cursor, Limit, shape } from '../shapes.ts'
import { FoundList } from './contract.ts'

export const search = operation({
  method: 'GET',
  path: '/api/v1/search',
  summary: 'Search titles, texts and posts, best first.',
  who: 'anyone',
  scope: 'read',
  query: shape({
    q: Type.String({ maxLength: 1000 }),
    kind: Type.Optional(Type.Union([Type.Literal('page'), Type.Literal('post')])),
    limit: Limit,
    before: Cursor,
  }),
  reply: FoundList,
})
