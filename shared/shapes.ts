import { type TProperties, Type } from 'typebox'

/** An object with these properties and no others: unknown fields are refused, never dropped. */
export const shape = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false })

export const Id = Type.String({ minLength: 1, maxLength: 64 })
/** UTC milliseconds. */
export const Time = Type.Integer()
/** How many of a list to send, and where the last answer stopped. */
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 500 }))
export const Cursor = Type.Optional(Type.String({ maxLength: 200 }))
