import { Type } from 'typebox'
import type { Standing } from '../../shared/operation.ts'

const Refused = Type.Object(
  {
    code: Type.String({ description: 'For programs, such as pages/slug-taken.' }),
    message: Type.String({ description: 'For people: what happened, and what to do next.' }),
    details: Type.Optional(
      Type.Unknown({ description: 'What a program needs to do better, if there is such a thing.' }),
    ),
  },
  { description: 'Nothing was changed.' },
)

const said = (description: string) => ({ description, ...Refused })

/** What an operation may answer beside its reply. */
export function refusals(
  who: Standing,
  { params, body }: { params?: unknown; body?: unknown },
): Record<string, unknown> {
  return {
    400: said('The request is malformed: a wrong type, or a field that does not exist.'),
    ...(who !== 'anyone' && { 401: said('Sign in, or send a token.') }),
    ...(who !== 'anyone' && { 403: said('Signed in, but not allowed to do this.') }),
    ...(params !== undefined && { 404: said('There is no such thing, or it may not be seen.') }),
    ...(params !== undefined && { 410: said('It was deleted.') }),
    ...(body !== undefined && { 409: said('It is taken, has changed meanwhile, or nothing would change.') }),
    ...(body !== undefined && { 413: said('Larger than this wiki accepts.') }),
    ...(body !== undefined && { 422: said('Well formed, but it cannot be stored; the details say why.') }),
    429: said('Too many requests; Retry-After says how long to wait.'),
  }
}
