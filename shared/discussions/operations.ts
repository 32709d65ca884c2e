import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { Cursor, Id, Limit, shape } from '../shapes.ts'
import { Board, Body, Post, Thread, TopicList, TopicTitle } from './contract.ts'

const listed = shape({ limit: Limit, before: Cursor })
const started = shape({ title: TopicTitle, body: Body })
const read = { method: 'GET', who: 'anyone', scope: 'read' } as const
const write = { method: 'POST', who: 'member', scope: 'write', status: 201 } as const

export const pageTopics = operation({
  ...read,
  path: '/api/v1/pages/:id/topics',
  summary: 'The topics about a page, the one last posted in first.',
  params: shape({ id: Id }),
  query: listed,
  reply: TopicList,
})

export const startPageTopic = operation({
  ...write,
  path: '/api/v1/pages/:id/topics',
  summary: 'Start a topic about a page.',
  params: shape({ id: Id }),
  body: started,
  reply: Thread,
})

export const boards = operation({
  ...read,
  path: '/api/v1/boards',
  summary: 'The boards of the forum.',
  reply: shape({ boards: Type.Array(Board) }),
})

export const boardTopics = operation({
  ...read,
  path: '/api/v1/boards/:slug/topics',
  summary: 'The topics of a board, the one last posted in first.',
  params: shape({ slug: Id }),
  query: listed,
  reply: TopicList,
})

export const startBoardTopic = operation({
  ...write,
  path: '/api/v1/boards/:slug/topics',
  summary: 'Start a topic on a board.',
  params: shape({ slug: Id }),
  body: started,
  reply: Thread,
})

export const topic = operation({
  ...read,
  path: '/api/v1/topics/:id',
  summary: 'A topic with all its posts, in the order they were written.',
  params: shape({ id: Id }),
  reply: Thread,
})

export const post = operation({
  ...write,
  path: '/api/v1/topics/:id/posts',
  summary: 'Reply to a topic, or with `parent` to one of its posts.',
  params: shape({ id: Id }),
  body: shape({ body: Body, parent: Type.Optional(Id) }),
  reply: Post,
})
