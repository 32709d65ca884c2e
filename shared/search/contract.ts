import { type Static, Type } from 'typebox'
import { Id, shape, Time } from '../shapes.ts'

/** A piece of an excerpt; `match` says that it is what was looked for. */
export const Passage = shape({ text: Type.String(), match: Type.Boolean() })

export const Found = shape({
  kind: Type.Union([Type.Literal('page'), Type.Literal('post')]),
  id: Id,
  /** The page's title, or the title of the topic that the post belongs to. */
  title: Type.String(),
  /** Path of the page, or of the post in its topic. */
  address: Type.String(),
  language: Type.String(),
  excerpt: Type.Array(Passage),
  at: Time,
  author: Type.Optional(Type.String()),
  licence: Type.Optional(Type.String()),
})
export type Found = Static<typeof Found>

export const FoundList = shape({
  results: Type.Array(Found),
  /** How many places hold it, before anything the asker may not read is left out. */
  total: Type.Integer(),
  /** No place holds every word; these hold some. */
  partial: Type.Boolean(),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type FoundList = Static<typeof FoundList>
