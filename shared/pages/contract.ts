import { type Static, Type } from 'typebox'
import { Id, shape, Time } from '../shapes.ts'
import { slugLimit, summaryLimit, titleLimit } from './limits.ts'

export { slugLimit, summaryLimit, titleLimit }

export const Title = Type.String({ minLength: 1, maxLength: 4 * titleLimit, description: 'What the page is called.' })
export const Slug = Type.String({
  minLength: 1,
  maxLength: 4 * slugLimit.characters,
  description: 'The page’s part of its address; it keeps its script, spaces become hyphens.',
})
export const LanguageTag = Type.String({ minLength: 2, maxLength: 35, description: 'A BCP 47 language tag.' })

/** Which revision readers see. */
export const Head = Type.Union([shape({ id: Id, number: Type.Integer({ minimum: 1 }) }), Type.Null()])
/** Where the page's draft is edited live: a room of `/sync/:room`. */
export const DraftRoom = shape({ room: Type.String(), epoch: Type.Integer({ minimum: 1 }) })

export const PageJson = shape({
  id: Id,
  slug: Type.String(),
  title: Type.String(),
  language: Type.String(),
  licence: Type.String({ description: 'The licence its next revision will be published under.' }),
  head: Head,
  draft: DraftRoom,
  createdAt: Time,
  changedAt: Time,
})
export type PageJson = Static<typeof PageJson>

/** What completing a link needs of a page. */
export const PageName = shape({ id: Id, slug: Type.String(), title: Type.String(), language: Type.String() })
export type PageName = Static<typeof PageName>
