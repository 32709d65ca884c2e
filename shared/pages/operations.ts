import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { Cursor, Id, Limit, shape } from '../shapes.ts'
import { PageJson, Slug, Title } from './contract.ts'

export const listPages = operation({
  method: 'GET',
  path: '/api/v1/pages',
  summary:
    'Pages by title: all of them, those whose title begins with `title`, or the one at the address `slug` (an old address finds the page that had it).',
  who: 'anyone',
  scope: 'read',
  query: shape({
    slug: Type.Optional(Slug),
    title: Type.Optional(Type.String({ maxLength: 1000 })),
    limit: Limit,
    after: Cursor,
  }),
  reply: shape({ pages: Type.Array(PageJson), next: Type.Union([Type.String(), Type.Null()]) }),
})

export const readPage = operation({
  method: 'GET',
  path: '/api/v1/pages/:id',
  summary: 'A page: its names, its head revision and the room of its draft.',
  who: 'anyone',
  scope: 'read',
  params: shape({ id: Id }),
  reply: PageJson,
})

export const changePage = operation({
  method: 'PATCH',
  path: '/api/v1/pages/:id',
  summary: 'Rename a page, move it to another address, or both. The old address leads to the new one.',
  who: 'member',
  scope: 'write',
  params: shape({ id: Id }),
  body: shape({ title: Type.Optional(Title), slug: Type.Optional(Slug) }),
  reply: PageJson,
})

export const featurePage = operation({
  method: 'PUT',
  path: '/api/v1/pages/:id/featured',
  summary: 'Show a page on the front page, last among those there already, or no longer.',
  who: 'moderator',
  scope: 'write',
  params: shape({ id: Id }),
  body: shape({ featured: Type.Boolean() }),
  reply: PageJson,
})

export const deletePage = operation({
  method: 'DELETE',
  path: '/api/v1/pages/:id',
  summary: 'Delete a page. Its history stays readable, and restoring a revision brings it back.',
  who: 'moderator',
  scope: 'write',
  params: shape({ id: Id }),
  query: shape({ summary: Type.Optional(Type.String({ maxLength: 500 })) }),
  reply: Type.Null(),
  status: 204,
})
