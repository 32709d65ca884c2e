import './context.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { standsAs } from '../../shared/accounts/may.ts'
import { type Scope, scopes, type Standing } from '../../shared/operation.ts'
import { Refusal } from '../refusal.ts'

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** A route as the gate knows it: what there is to call, and who may. */
export interface Gated {
  method: string
  url: string
  who: Standing
  /** What a token needs; by the method where a route does not say. */
  scope: Scope | undefined
}

/**
 * The gate that every request passes once it is known who asks: a cookie counts only when the request comes from our own
 * pages, a token only for its scopes, and nobody passes below the standing that the route names.
 * `origin` is the public address; a request may also name the host it was sent to.
 */
export function gate(app: FastifyInstance, origin: string | undefined) {
  app.decorateRequest('person', null)
  app.decorateRequest('credential', null)
  app.decorateRequest('site', '')

  const gated: Gated[] = []
  app.decorate('gated', gated)
  app.addHook('onRoute', route => {
    if (route.method === 'OPTIONS' || (route.method === 'HEAD' && !route.config?.who)) return
    if (!route.config?.who) throw new Error(`${String(route.method)} ${route.url} does not say who may call it`)
    const { who, scope } = route.config
    for (const method of [route.method].flat()) gated.push({ method, url: route.url, who, scope })
  })

  app.addHook('preValidation', async request => {
    const { who = 'anyone', scope } = request.routeOptions.config
    const byCookie = unsafe.has(request.method) && request.credential?.kind !== 'token'
    if (byCookie && !fromOurPages(request, origin) && !needsPreflight(request))
      throw new Refusal(403, 'http/foreign-origin')
    if (request.credential?.kind === 'token') {
      const needed = scope ?? (unsafe.has(request.method) ? 'write' : 'read')
      const best = Math.max(...request.credential.scopes.map(held => scopes.indexOf(held)))
      if (best < scopes.indexOf(needed)) throw new Refusal(403, 'http/scope', { values: { scope: needed } })
    }
    if (standsAs(request.person, who)) return
    if (!request.person) throw new Refusal(401, 'http/sign-in')
    if (request.person.state === 'pending') throw new Refusal(403, 'http/pending')
    if (request.person.suspension) throw new Refusal(403, 'http/suspended', { details: request.person.suspension })
    throw new Refusal(403, 'http/standing', { values: { who } })
  })
}

/**
 * Whether our own pages sent this. Browsers name the page's origin with every unsafe request; one that names none
 * carries no cookie of theirs, or comes from a program.
 */
export function fromOurPages(
  { headers, credential }: Pick<FastifyRequest, 'headers' | 'credential'>,
  origin: string | undefined,
) {
  const from = headers.origin
  if (from === undefined) return credential === null || headers['sec-fetch-site'] === 'same-origin'
  if (from === origin) return true
  try {
    return new URL(from).host === headers.host && origin === undefined
  } catch {
    return false
  }
}

/** What no page of another site can make a browser send without asking us first (the Fetch standard's preflight). */
const needsPreflight = ({ method, headers }: FastifyRequest) =>
  headers.origin === undefined &&
  headers['sec-fetch-site'] === undefined &&
  (method !== 'POST' || headers['content-type']?.startsWith('application/json') === true)
