import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { isLoopback } from './http/index.ts'
import type { Metrics } from './metrics.ts'
import { vitals } from './vitals.ts'

/** What a proxy adds: a request that carries one of these comes from elsewhere, whoever handed it over. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']

/** `GET /metrics`, for programs that watch the wiki: from this machine itself, or with METRICS_TOKEN. */
export function metricsRoute(http: FastifyInstance, { metrics, config }: { metrics: Metrics; config: Config }) {
  const stop = vitals(metrics, config)
  http.addHook('onClose', async () => stop())
  const impersonal = { config: { who: 'anyone', isImpersonal: true }, schema: { hide: true } as object } as const
  http.get('/metrics', impersonal, async (request, reply) => {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const isKnown = bearer !== undefined && config.METRICS_TOKEN !== undefined && isSame(bearer, config.METRICS_TOKEN)
    const isHere = isLoopback(request.socket.remoteAddress) && !forwarding.some(name => name in request.headers)
    reply.header('cache-control', 'no-store')
    reply.type('text/plain; version=0.0.4; charset=utf-8')
    if (isKnown || (isHere && bearer === undefined)) return metrics.text()
    if (bearer === undefined) return reply.code(403).send('Ask from this machine itself, or with METRICS_TOKEN.\n')
    return reply.code(401).header('www-authenticate', 'Bearer').send('This is not the METRICS_TOKEN.\n')
  })
}

/** Takes as long for a wrong token as for a right one. */
const isSame = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted))
const digest = (text: string) => createHash('sha256').update(text).digest()
