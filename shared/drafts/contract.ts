import { type Static, Type } from 'typebox'
import { Id, shape, Time } from '../shapes.ts'

/** Words that could not stay where their author typed them. */
export const RescuedPassage = shape({
  id: Id,
  cause: Type.Union([
    Type.Literal('restore'),
    Type.Literal('deleted'),
    Type.Literal('merge'),
    Type.Literal('rollback'),
    Type.Literal('undo'),
    Type.Literal('discard'),
  ]),
  /** The words before the place it stood in. */
  context: Type.String(),
  at: Time,
  text: Type.String(),
  /** As JSON of the document schema, to put it back with its formatting. */
  document: Type.Unknown(),
})
export type RescuedPassage = Static<typeof RescuedPassage>
