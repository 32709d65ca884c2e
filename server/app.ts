import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'
import type { Step } from '../shared/document/versions.ts'
import { accountRoutes, type Accounts, accounts, identifier, identifyAskers } from './accounts/index.ts'
import { describeApi } from './api/index.ts'
import type { Config } from './config.ts'
import type { Database } from './db/index.ts'
import { type Drafts, draftRoutes, drafts } from './drafts/index.ts'
import { type Events, events } from './events.ts'
import { assets, frontPage, preferences } from './front/index.ts'
import { html } from './html/index.ts'
import { changeFeed, historyPages } from './history/index.ts'
import { askAgain, gate, strictShapes, tellRefusals } from './http/index.ts'
import { licensingRoutes } from './licensing/index.ts'
import { operatorRoutes } from './operators.ts'
import { type Discussions, discussionPages, discussionRoutes, discussions } from './discussions/index.ts'
import {
  pageListing,
  pageNaming,
  pageReading,
  pageRoutes,
  type Pages,
  pages,
  type Shelf,
  shelf,
} from './pages/index.ts'
import { metricsRoute } from './metrics-route.ts'
import { metrics } from './metrics.ts'
import { limitsOf, type Realtime, realtime } from './realtime/index.ts'
import { pageEditing, revisionRoutes, type Revisions, revisions } from './revisions/index.ts'
import { type Search, search, searchPages, searchRoutes } from './search/index.ts'
import { type Site, site as openSite, siteRoutes } from './site/index.ts'

/** Bytes of the largest body accepted, where a route does not say otherwise. */
const bodyLimit = 4 * 1024 * 1024

export interface Wiki {
  http: FastifyInstance
  events: Events
  site: Site
  accounts: Accounts
  drafts: Drafts
  pages: Pages
  revisions: Revisions
  discussions: Discussions
  search: Search
  realtime: Realtime
}

/**
 * Puts the rooms together: reading this file tells what the wiki is made of. It does not listen yet. `steps` lead to the
 * schema of today, unless said otherwise.
 */
export async function assemble(
  config: Config,
  db: Database,
  { steps }: { steps?: readonly Step[] } = {},
): Promise<Wiki> {
  const http = fastify({
    bodyLimit,
    routerOptions: { maxParamLength: 1000 },
    logger: { level: 'error' },
    // Faults name their request by themselves; a logger for each request would be felt by readers.
    childLoggerFactory: logger => logger,
    // A proxy on this machine tells where a request comes from; nobody else is believed, for the limit on guesses counts by it.
    trustProxy: 'loopback',
  })
  const happenings = events()
  const counted = metrics()
  const site = await openSite({ db, config })
  const accountsRoom = accounts({ db, events: happenings, site, config })
  const draftsRoom = drafts({ events: happenings, ...(steps && { steps }) })
  const pagesRoom = pages({ db, events: happenings, drafts: draftsRoom })
  const revisionsRoom = revisions({
    db,
    events: happenings,
    people: accountsRoom.people,
    site,
    drafts: draftsRoom,
    pages: pagesRoom,
    onFault: fault => http.log.error({ err: fault }, 'work in the background failed'),
  })
  http.addHook('onClose', () => revisionsRoom.close())
  const searchRoom = search({ db, events: happenings })
  const discussionsRoom = discussions({ db, events: happenings, pages: pagesRoom, language: site.language })

  // Its hook comes before every other: most reading ends there.
  const visitors = shelf(http, { db, pages: pagesRoom, site, events: happenings })
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
    // Only a site that is reached by https may promise to be, and it speaks for itself alone.
    strictTransportSecurity: config.PUBLIC_URL?.startsWith('https:') ? { includeSubDomains: false } : false,
    // With helmet's 'no-referrer' a browser sends `Origin: null` with our own forms, and the gate would refuse them.
    referrerPolicy: { policy: 'same-origin' },
  })
  askAgain(http)
  strictShapes(http)
  tellRefusals(http)

  // Who asks must be known before the gate looks.
  identifyAskers(http, accountsRoom)
  gate(http, config.PUBLIC_URL)

  await describeApi(http, { address: config.PUBLIC_URL })
  operatorRoutes(http, db)
  metricsRoute(http, { metrics: counted, config })
  siteRoutes(http, { db, site })
  licensingRoutes(http)
  accountRoutes(http, accountsRoom, async ({ person, t }, by) => {
    const { changes } = await revisionsRoom.changes(person, { limit: 30, by })
    return html`<h2 class="h-sec">${t('accounts.profile.changes')}</h2>
      ${changeFeed(t, changes)}`
  })
  draftRoutes(http, { db, drafts: draftsRoom })
  pageRoutes(http, { pages: pagesRoom })
  revisionRoutes(http, { pages: pagesRoom, revisions: revisionsRoom })
  discussionRoutes(http, { discussions: discussionsRoom })
  discussionPages(http, { discussions: discussionsRoom, pages: pagesRoom, events: happenings })
  searchRoutes(http, { search: searchRoom })
  searchPages(http, { search: searchRoom })
  readers(http, config, db, {
    shelf: visitors,
    site,
    drafts: draftsRoom,
    pages: pagesRoom,
    revisions: revisionsRoom,
    discussions: discussionsRoom,
  })
  await assets(http)

  const realtimeRoom = realtime({
    server: http.server,
    db,
    events: happenings,
    drafts: draftsRoom,
    identify: identifier(accountsRoom),
    nameOf: async id => (await accountsRoom.people.byIds([id])).get(id)?.name,
    origin: config.PUBLIC_URL,
    limits: limitsOf(config),
    metrics: counted,
    onFault: fault => http.log.error({ err: fault }, 'the live channel failed'),
  })
  http.addHook('preClose', () => realtimeRoom.close())

  return {
    http,
    events: happenings,
    site,
    accounts: accountsRoom,
    drafts: draftsRoom,
    pages: pagesRoom,
    revisions: revisionsRoom,
    discussions: discussionsRoom,
    search: searchRoom,
    realtime: realtimeRoom,
  }
}

type ReaderRooms = Pick<Wiki, 'site' | 'drafts' | 'pages' | 'revisions' | 'discussions'> & { shelf: Shelf }

/** The pages for people, which show several rooms at once. */
function readers(http: FastifyInstance, config: Config, db: Database, rooms: ReaderRooms) {
  const { discussions: talk } = rooms
  const topicsOf = ({ id }: { id: string }) => talk.countOnPage(id)
  const { oldRevision } = historyPages(http, { ...rooms, config, topicsOf })
  pageReading(http, { ...rooms, config, topicsOf, oldRevision })
  pageEditing(http, { ...rooms, db })
  pageNaming(http, rooms)
  pageListing(http, rooms)
  preferences(http, config)
  frontPage(http, {
    ...rooms,
    activeTopics: async (asker, limit) => (await talk.topics(asker, undefined, { limit })).topics,
  })
}
