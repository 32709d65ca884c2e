import type { Static, TObject, TSchema } from 'typebox'

/** The least a caller must be. Finer rules are in each room's `may.ts`. */
export const standings = ['anyone', 'member', 'moderator', 'administrator'] as const
export type Standing = (typeof standings)[number]

/** What a bearer token may be used for; `admin` includes `write` includes `read`. */
export const scopes = ['read', 'write', 'admin'] as const
export type Scope = (typeof scopes)[number]

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One request of the JSON interface: the server registers it, OpenAPI describes it, and the browser calls it by method
 * and path with the types alone (see `client/call.ts`), so that no schema library reaches the browser.
 */
export interface Operation<
  Verb extends Method = Method,
  Path extends string = string,
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Reply extends TSchema = TSchema,
> {
  method: Verb
  /** Fastify's form: `/api/v1/pages/:id`. */
  path: Path
  /** One sentence for the API's documentation. */
  summary: string
  who: Standing
  scope: Scope
  params?: Params
  query?: Query
  body?: Body
  reply: Reply
  /** The status of success; 200 unless said. */
  status?: number
  /** Largest accepted body in bytes, where it differs from the server's own limit. */
  bodyLimit?: number
}

/** Keeps the literal types of method and path. */
export const operation = <
  const Verb extends Method,
  const Path extends string,
  Params extends TObject,
  Query extends TObject,
  Body extends TSchema,
  Reply extends TSchema,
>(
  it: Operation<Verb, Path, Params, Query, Body, Reply>,
) => it

export type ParamsOf<Op> = Op extends { params?: infer Shape extends TSchema } ? Static<Shape> : undefined
export type QueryOf<Op> = Op extends { query?: infer Shape extends TSchema } ? Static<Shape> : undefined
export type BodyOf<Op> = Op extends { body?: infer Shape extends TSchema } ? Static<Shape> : undefined
export type ReplyOf<Op> = Op extends { reply: infer Shape extends TSchema } ? Static<Shape> : never
