import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { comparisonShapes } from '../../shared/revisions/compare.ts'
import { page } from '../http/index.ts'
import { root } from '../root.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Described, tagOf } from './described.ts'
import { refusals } from './refusals.ts'
import { apiPage } from './views.ts'

/** Collects what the rooms register from here on, and serves it as OpenAPI and as a page that needs no JavaScript. */
export async function describeApi(http: FastifyInstance, { address }: { address: string | undefined }) {
  const operations: Described[] = []
  http.addHook('onRoute', ({ method, url, schema, config }) => {
    if (!schema?.summary || !config?.who || typeof method !== 'string' || method === 'HEAD') return
    const replies: Record<string, unknown> = { ...(schema.response as object | undefined) }
    const [status = '200', reply] = Object.entries(replies)[0] ?? []
    const { summary } = schema
    const shapes = { params: schema.params, query: schema.querystring, body: schema.body, reply }
    const given = Object.fromEntries(Object.entries(shapes).filter(([, shape]) => shape !== undefined))
    operations.push({ method, path: url, summary, who: config.who, scope: config.scope ?? 'read', status, ...given })
  })

  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Commonleaf',
        version: version(),
        description:
          'Everything a person can do here, a program may do. Send JSON; a wrong type or an unknown field is refused, nothing is changed silently. Make a bearer token in your settings or with POST /api/v1/tokens.',
      },
      servers: [{ url: address ?? '/' }],
      components: {
        schemas: comparisonShapes,
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'A token with the scope that the operation names.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'session',
            description: 'A browser’s session; it counts only for requests from the wiki’s own pages.',
          },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const { who = 'anyone', scope = 'read' } = route.config ?? {}
      if (!schema?.summary || schema.hide) return { schema: { ...schema, hide: true }, url }
      const security = [...(who === 'anyone' ? [{}] : []), { token: [scope] }, { session: [] }]
      const description = `Who: ${who}. Scope of a token: ${scope}.`
      const response = { ...refusals(who, schema), ...(schema.response as object | undefined) }
      return { schema: { ...schema, tags: [tagOf(url)], description, security, response }, url }
    },
  })

  const anyone = { config: { who: 'anyone' }, schema: { hide: true } as object } as const
  let described: string | undefined
  http.get('/api/openapi.json', anyone, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((described ??= JSON.stringify(http.swagger()))),
  )
  page(http, 'GET', '/api', 'anyone', async request => apiPage(request, operations))
}

function version(): string {
  const { version: own } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return own
}
