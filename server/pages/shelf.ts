import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayRead } from '../../shared/pages/may.ts'
import type { Database } from '../db/index.ts'
import type { Events } from '../events.ts'
import { type Kept, keptDocuments, sendKept } from '../http/index.ts'
import type { Site } from '../site/index.ts'
import type { Page } from './page.ts'
import type { Pages, Stamp } from './service.ts'

/** What a visitor's page depends on beside the page itself. */
export interface Visit {
  language: string
  theme: string | null
  fonts: boolean
  origin: string
}

/**
 * Pages as visitors get them, kept by all they depend on. Whoever asks again for one in the same words (address,
 * cookies, languages) gets it before anything else is worked out, after a single look at the database, and without one
 * while nobody has written anything: most reading is that, and everything that a request goes through otherwise takes
 * several times as long.
 */
export function shelf(app: FastifyInstance, { db, pages, site, events }: Rooms) {
  const kept = keptDocuments()
  const visits = new Map<string, Known>()
  // Names of people and counts of topics stand in pages, and change or are hidden without a revision.
  let era = 0
  events.after('person changed', () => era++)
  events.after('topic started', () => era++)
  events.after('revision suppressed', () => era++)
  events.after('authorship written', () => era++)

  const keyOf = ({ id, rendering, head }: Omit<Stamp, 'slug'>, { language, theme, fonts, origin }: Visit) =>
    `${id} ${rendering} ${head} ${era} ${language} ${theme} ${fonts} ${site.licence()} ${origin} ${site.name()}`

  // A callback, for a promise more would be felt here.
  app.addHook('onRequest', (request, reply, done) => {
    const known = request.method === 'GET' ? visits.get(wordsOf(request)) : undefined
    if (!known) return done()
    const { version } = db
    if (known.last?.version === version) {
      reply.headers(known.headers)
      sendKept(request, reply, known.last.document)
      return
    }
    pages.stamp(known.slug).then(stamp => {
      const isThere = stamp?.slug === known.slug && mayRead(null, { deleted: false })
      const document = isThere ? kept.get(keyOf(stamp, known.visit)) : undefined
      // oxlint-disable-next-line promise/no-callback-in-promise -- an async hook would cost a tenth of the request
      if (!document) return done()
      known.last = { version, document }
      reply.headers(known.headers)
      sendKept(request, reply, document)
    }, done)
  })

  return {
    /** Sends the page to a visitor, made if it is not there. Undefined where there is nothing to make. */
    async send(
      request: FastifyRequest,
      reply: FastifyReply,
      page: Page,
      visit: Visit,
      make: () => Promise<string | undefined>,
    ) {
      const { id, rendering, head } = page
      if (!head) return undefined
      const key = keyOf({ id, rendering, head: head.id }, visit)
      let document = kept.get(key)
      if (!document) {
        const text = await make()
        if (text === undefined) return undefined
        document = kept.keep(key, text)
      }
      if (visits.size >= 5_000) visits.clear()
      if (!isSomebodys(request)) visits.set(wordsOf(request), { slug: page.slug, visit, headers: headersOf(reply) })
      return sendKept(request, reply, document)
    },
  }
}

export type Shelf = ReturnType<typeof shelf>

interface Rooms {
  db: Database
  pages: Pages
  site: Site
  events: Events
}

/** A request that was answered before, and the document it got when the database was at this version. */
interface Known {
  slug: string
  visit: Visit
  headers: Record<string, string>
  last?: { version: number; document: Kept }
}

/** All of a request that may change what a visitor gets. */
const wordsOf = ({ url, headers }: FastifyRequest) =>
  `${url}\n${headers.host}\n${headers.cookie ?? ''}\n${headers['accept-language'] ?? ''}\n${headers.authorization ?? ''}`

/** Whether the request names a session or a token, good or bad: who that is may change from one moment to the next. */
const isSomebodys = ({ headers }: FastifyRequest) =>
  headers.authorization !== undefined || /session=/.test(headers.cookie ?? '')

/** What the hooks of every request have set so far, safe headers among them. */
const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...reply.raw.getHeaders(), ...reply.getHeaders() })
      .filter(([name, value]) => value !== undefined && name !== 'set-cookie')
      .map(([name, value]) => [name, String(value)]),
  )
