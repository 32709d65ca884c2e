import type { FastifyInstance } from 'fastify'
import { type Database, pendingMigrations } from './db/index.ts'
import { Refusal } from './refusal.ts'

/** What operators and their load balancers ask: does the process answer, and can it serve. */
export function operatorRoutes(app: FastifyInstance, db: Database) {
  const anyone = { config: { who: 'anyone' }, schema: { hide: true } as object } as const
  app.get('/health', anyone, async () => ({ status: 'ok' }))
  app.get('/ready', anyone, async () => {
    const pending = await pendingMigrations(db).catch(() => undefined)
    const trouble = await db.trouble()
    if (trouble) throw trouble
    if (pending?.length === 0) return { status: 'ready' }
    throw new Refusal(503, pending ? 'http/migrating' : 'http/no-database', { headers: { 'retry-after': '5' } })
  })
}
