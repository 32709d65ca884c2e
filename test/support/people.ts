import type { LightMyRequestResponse } from 'fastify'
import type { Role } from '../../shared/accounts/contract.ts'
import type { Person, PersonState } from '../../shared/accounts/contract.ts'
import type { Scope } from '../../shared/operation.ts'
import type { FreshWiki } from './wiki.ts'

/** Every person made here has this password; its hash is made beforehand, because hashing is slow by design. */
export const password = 'correct horse battery'
const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$qXc53Q0E1o60v8QoOSektA$rWcweFI1/1/R5Uzqsc5yZ37u/ZRuA5uyi49V5UaCZJU'

/** The host that requests are sent to, and its address as browsers name it in Origin. */
export const host = 'wiki.test'
export const originOf = (wiki: Pick<FreshWiki, 'config'>) => wiki.config.PUBLIC_URL ?? `http://${host}`

/** A body is sent as JSON, URLSearchParams as a form. */
type Body = object | URLSearchParams

/** Somebody who sends requests without a network. */
export interface Caller {
  headers: Record<string, string>
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  post(path: string, body?: Body, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  put(path: string, body?: Body): Promise<LightMyRequestResponse>
  patch(path: string, body?: Body): Promise<LightMyRequestResponse>
  delete(path: string, body?: Body): Promise<LightMyRequestResponse>
}

export interface Member extends Caller {
  person: Person
  /** `name=secret`, as a Cookie header. */
  cookie: string
  /** The same person, as a program with a token of these scopes. */
  token(scopes: Scope[]): Promise<Caller & { secret: string }>
}

let made = 0

/** A new person of that role, signed in, with the password of this file. */
export async function as(
  wiki: FreshWiki,
  role: Role,
  given: { handle?: string; name?: string; email?: string | null; state?: PersonState } = {},
): Promise<Member> {
  const turn = ++made
  const { handle = `${role}-${turn}`, name = `${role} number ${turn}`, state = 'active' } = given
  const email = given.email === undefined ? `person-${turn}@example.org` : given.email
  const { accounts, db } = wiki
  const [person, secret] = await db.write(async tx => {
    const account = await accounts.people.create(tx, { handle, name, email, role, state, passwordHash })
    return [account, await accounts.sessions.begin(tx, account.id, 'test')] as const
  })
  const cookie = `${wiki.config.PUBLIC_URL?.startsWith('https:') ? '__Host-session' : 'session'}=${secret}`
  return {
    ...caller(wiki, { cookie, origin: originOf(wiki) }),
    person,
    cookie,
    async token(scopes) {
      const { token } = await accounts.tokens.make(person.id, 'test', scopes)
      return { ...caller(wiki, { authorization: `Bearer ${token}` }), secret: token }
    },
  }
}

/** Nobody: a browser that is not signed in. */
export const visitor = (wiki: FreshWiki): Caller => caller(wiki, { origin: originOf(wiki) })

/** Requests with these headers, and the wiki's own host. */
export function caller(wiki: FreshWiki, own: Record<string, string>): Caller {
  const headers = { host, ...own }
  const send =
    (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') =>
    (path: string, body?: Body, more: Record<string, string> = {}) =>
      wiki.http.inject({
        method,
        url: path,
        headers: {
          ...headers,
          ...(body instanceof URLSearchParams && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...more,
        },
        ...(body && { payload: body instanceof URLSearchParams ? body.toString() : body }),
      })
  const get = send('GET')
  return {
    headers,
    get: (path, more) => get(path, undefined, more),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
  }
}
