import type { FastifyInstance } from 'fastify'

/**
 * What does not say how long it may be kept is asked for again each time. Browsers would keep a 301 and a 410 for good,
 * but a page that was deleted may come back, and an address may be given to another page.
 */
export function askAgain(app: FastifyInstance) {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'private, no-cache')
    done()
  })
}
