import type { TSchema } from 'typebox'
import type { Scope, Standing } from '../../shared/operation.ts'

/** An operation as its route tells it. */
export interface Described {
  method: string
  path: string
  summary: string
  who: Standing
  scope: Scope
  params?: TSchema
  query?: TSchema
  body?: TSchema
  reply?: TSchema
  status: string
}

/** Operations are grouped by the noun they begin with. */
export const tagOf = (path: string): string => /^\/api\/v1\/([^/]+)/.exec(path)?.[1] ?? 'wiki'
