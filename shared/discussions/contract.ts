import { type Static, Type } from 'typebox'
import { Id, shape, Time } from '../shapes.ts'

const Nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(inner: Shape) =>
  Type.Union([inner, Type.Null()])

export const Author = shape({ id: Id, handle: Type.String(), name: Type.String() })

/** Markdown, as its author writes it. */
export const Body = Type.String({ minLength: 1, maxLength: 50_000 })
export const TopicTitle = Type.String({ minLength: 1, maxLength: 300 })

export const Post = shape({
  id: Id,
  /** 1 for the opening post. */
  number: Type.Integer(),
  parent: Nullable(Id),
  author: Nullable(Author),
  body: Type.String(),
  html: Type.String(),
  at: Time,
})
export type Post = Static<typeof Post>

/** What a topic is about: a page, or a board for talk that belongs to none. */
export const Subject = shape({
  kind: Type.Union([Type.Literal('page'), Type.Literal('board')]),
  id: Id,
  slug: Type.String(),
  title: Type.String(),
  /** A deleted page's talk can be read, but not added to. */
  deleted: Type.Boolean(),
})
export type Subject = Static<typeof Subject>

export const Topic = shape({
  id: Id,
  title: Type.String(),
  subject: Subject,
  author: Nullable(Author),
  at: Time,
  lastPostAt: Time,
  lastAuthor: Nullable(Author),
  /** The opening post counts. */
  posts: Type.Integer(),
})
export type Topic = Static<typeof Topic>

export const Thread = shape({ ...Topic.properties, thread: Type.Array(Post) })
export type Thread = Static<typeof Thread>

export const TopicList = shape({ topics: Type.Array(Topic), next: Nullable(Type.String()) })
export type TopicList = Static<typeof TopicList>

export const Board = shape({
  id: Id,
  slug: Type.String(),
  title: Type.String(),
  description: Type.String(),
  topics: Type.Integer(),
})
export type Board = Static<typeof Board>
