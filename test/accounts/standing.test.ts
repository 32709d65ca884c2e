import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '../../shared/accounts/contract.ts'
import { scopes, type Standing, standings } from '../../shared/operation.ts'
import { as, type Caller, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

/** What the gate says to those it keeps out; rooms have codes of their own for finer rules. */
const gateSays = [
  'http/sign-in',
  'http/pending',
  'http/suspended',
  'http/standing',
  'http/scope',
  'http/foreign-origin',
]

const unsafe = ['POST', 'PUT', 'PATCH', 'DELETE']
let wiki: FreshWiki
beforeAll(async () => void (wiki = await freshWiki()))
afterAll(() => wiki.close())

const routes = () =>
  wiki.http.gated.filter(({ method, url }) => method !== 'HEAD' && method !== 'OPTIONS' && url !== '*')
const standsAtLeast = (standing: Standing, least: Standing) => standings.indexOf(standing) >= standings.indexOf(least)

/** Asks with values that lead nowhere, and no body: the gate looks before anything else does. */
async function gateCode(caller: Caller, { method, url }: { method: string; url: string }) {
  const path = url.replace(/:\w+/g, 'nowhere').replace('*', 'nowhere')
  const verb = method.toLowerCase()
  const headers = { accept: 'application/json' }
  const answer =
    verb === 'get'
      ? await caller.get(path, headers)
      : await wiki.http.inject({ method: method as 'POST', url: path, headers: { ...caller.headers, ...headers } })
  expect(answer.statusCode, `${method} ${url}`).not.toBe(500)
  // A form that is shown again is past the gate, which answers this caller in JSON.
  const isJson = String(answer.headers['content-type']).startsWith('application/json')
  if (!isJson || (answer.statusCode !== 401 && answer.statusCode !== 403)) return undefined
  const { code }: { code: string } = answer.json()
  return gateSays.includes(code) ? code : undefined
}

describe('every route keeps out those below its standing and lets in the others', () => {
  test.each(['visitor', 'pending', 'suspended', ...roles] as const)('%s', async kind => {
    expect(routes().length).toBeGreaterThan(30)
    for (const route of routes()) {
      // A new session each time: some routes end it.
      const code = await gateCode(await someone(kind), route)
      const standing = kind === 'visitor' || kind === 'pending' || kind === 'suspended' ? 'anyone' : kind
      const expected = standsAtLeast(standing, route.who)
        ? undefined
        : ({ visitor: 'http/sign-in', pending: 'http/pending', suspended: 'http/suspended' }[String(kind)] ??
          'http/standing')
      expect(code, `${kind}: ${route.method} ${route.url}`).toBe(expected)
    }
  })
})

describe('every route asks a token for its scope, whoever holds it', () => {
  test.each(scopes)('%s', async scope => {
    for (const route of routes()) {
      const administrator = await as(wiki, 'administrator')
      const code = await gateCode(await administrator.token([scope]), route)
      const needed = route.scope ?? (unsafe.includes(route.method) ? 'write' : 'read')
      const isEnough = scopes.indexOf(scope) >= scopes.indexOf(needed)
      expect(code, `${scope}: ${route.method} ${route.url}`).toBe(isEnough ? undefined : 'http/scope')
    }
  })
})

test('no route changes anything for a cookie that comes from elsewhere', async () => {
  for (const route of routes().filter(({ method }) => unsafe.includes(method))) {
    const { cookie } = await as(wiki, 'administrator')
    for (const headers of [
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, origin: 'https://elsewhere.example' },
    ]) {
      const code = await gateCode({ ...visitor(wiki), headers: { host: 'wiki.test', ...headers } }, route)
      expect(code, `${route.method} ${route.url}`).toBe('http/foreign-origin')
    }
  }
})

async function someone(kind: 'visitor' | 'pending' | 'suspended' | (typeof roles)[number]): Promise<Caller> {
  if (kind === 'visitor') return visitor(wiki)
  if (kind === 'pending') return as(wiki, 'member', { state: 'pending' })
  if (kind !== 'suspended') return as(wiki, kind)
  const person = await as(wiki, 'member')
  const boss = await as(wiki, 'administrator')
  await wiki.accounts.suspensions.suspend(boss.person, person.person.handle, { reason: 'spam', until: null })
  return person
}
