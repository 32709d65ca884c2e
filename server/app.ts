import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { Database } from './db/index.ts'
import { type Events, events } from './events.ts'
import { translator } from './html/index.ts'
import { gate, strictShapes, tellRefusals } from './http/index.ts'

/** Bytes of the largest body accepted, where a route does not say otherwise. */
const bodyLimit = 4 * 1024 * 1024

export interface Wiki {
  http: FastifyInstance
  events: Events
}

/** Puts the rooms together: reading this file tells what the wiki is made of. It does not listen yet. */
export async function assemble(config: Config, _db: Database): Promise<Wiki> {
  const http = fastify({ bodyLimit, routerOptions: { maxParamLength: 1000 }, logger: { level: 'error' } })
  const happenings = events()

  await http.register(cookie)
  await http.register(formbody, { bodyLimit })
  await http.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
  })
  strictShapes(http)
  tellRefusals(http)

  http.decorateRequest('t', null as never)
  http.addHook('onRequest', async request => {
    request.t = translator('en')
  })
  // Rooms that say who asks add their hook here, before the gate.
  gate(http, config.PUBLIC_URL)

  http.get('/health', { config: { who: 'anyone' } }, async () => ({ status: 'ok' }))

  return { http, events: happenings }
}
