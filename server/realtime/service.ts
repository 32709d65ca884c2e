import type { Server } from 'node:http'
import type { Asker } from '../../shared/accounts/contract.ts'
import { closing } from '../../shared/realtime/closing.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Database } from '../db/index.ts'
import type { Drafts } from '../drafts/index.ts'
import type { Events } from '../events.ts'
import type { Metrics } from '../metrics.ts'
import { countsIn } from './counts.ts'
import { door, type Guest } from './door.ts'
import { type Identify, porter } from './entrance.ts'
import { bounds, type Limits } from './limits.ts'
import { rooms } from './rooms.ts'

export interface Ground {
  server: Server
  db: Database
  events: Events
  drafts: Drafts
  identify: Identify
  /** A person's name, for telling who did what. */
  nameOf: (personId: string) => Promise<string | undefined>
  /** The public address, if one is set. */
  origin: string | undefined
  limits: Limits
  metrics: Metrics
  onFault: (fault: unknown) => void
}

export type Realtime = ReturnType<typeof realtime>

/** Opens the live channel on a server. `close` sends everybody away, once what they have sent is on disk. */
export function realtime({ server, db, events, drafts, identify, nameOf, origin, limits, metrics, onFault }: Ground) {
  const ask = porter({ identify, standing: pageId => drafts.standing(db.read, pageId), origin })
  const counts = countsIn(metrics)
  const open = rooms({ db, drafts, limits, counts, onFault })
  const guests = new Set<Guest>()

  const entry = door(server, {
    ask,
    limits,
    onFault,
    async enter(connection, knock) {
      if (isCrowd(guests, connection.person, limits.connectionsPerPerson))
        connection.close(closing.overloaded, 'too many connections')
      const guest = { connection, knock, room: await open.enter(connection) }
      guests.add(guest)
      return guest
    },
    leave(guest) {
      guests.delete(guest)
      open.leave(guest.room, guest.connection)
    },
  })

  /** Asks again whether somebody may be here; nobody keeps a right because they had it when they came. */
  async function reconsider({ connection, knock, room }: Guest) {
    const answer = await ask(knock)
    if ('closing' in answer) return connection.close(answer.closing, answer.reason)
    const before = connection.entrance
    if (before.person && !answer.person) return connection.close(closing.signIn, 'signed out')
    connection.entrance = answer
    if (before.readonly !== answer.readonly) room.enqueue({ kind: 'join', connection })
  }

  const reconsiderAll = (isMeant: (guest: Guest) => boolean) => {
    for (const guest of guests) if (isMeant(guest)) void reconsider(guest).catch(onFault)
  }

  /** Tells a page's open editors, if there are any, what has happened and by whose hand. */
  function tell(pageId: string, personId: string | null, eventBy: (name: string | null) => DraftEvent) {
    const telling = async () => {
      const room = await open.found(pageId)
      if (!room) return
      const by = personId === null ? undefined : await nameOf(personId)
      room.enqueue({ kind: 'elsewhere', event: eventBy(by ?? null) })
    }
    telling().catch(onFault)
  }

  events.after('rights changed', ({ personId, pageId }) =>
    reconsiderAll(
      ({ connection, room }) =>
        (personId === undefined || connection.person?.id === personId) &&
        (pageId === undefined || room.pageId === pageId),
    ),
  )
  events.after('person changed', ({ personId }) =>
    reconsiderAll(({ connection }) => connection.person?.id === personId),
  )
  events.after('draft changed', ({ pageId, kind, personId, seq }) => {
    tell(pageId, personId, by => ({ kind: 'changed', change: kind, by, seq }))
  })
  events.after('revision published', ({ pageId, number, kind, personId }) => {
    tell(pageId, personId, by => ({ kind: 'published', by, revision: number, revisionKind: kind }))
  })
  events.after('epoch begun', ({ pageId, epoch }) => {
    const task = { kind: 'close', code: closing.otherEpoch, reason: String(epoch) } as const
    void open.found(pageId).then(room => room?.enqueue(task))
  })
  events.after('page deleted', ({ pageId }) => {
    const task = { kind: 'close', code: closing.deleted, reason: 'deleted' } as const
    void open.found(pageId).then(room => room?.enqueue(task))
  })

  metrics.gauge('connections', 'Connections that are open.', () => guests.size)
  metrics.gauge('rooms', 'Drafts in memory.', () => open.loaded.size)
  metrics.gauge('draft_clients_largest', 'Past client ids of the draft in memory that has most of them.', () =>
    Math.max(0, ...[...open.loaded].map(room => room.pastClients)),
  )

  const beat = setInterval(() => {
    const alive = frames.barrier(0)
    for (const { connection, room } of guests) {
      connection.send(alive)
      room.presence.expire(Date.now())
    }
  }, bounds.keepAlive)
  // Sessions end by themselves, without an event.
  const recognition = setInterval(() => reconsiderAll(() => true), bounds.recognition)

  return {
    /** How many connections are open, and how many pages. */
    counts: async () => ({ connections: guests.size, rooms: (await open.all()).length }),

    async close() {
      entry.shut()
      clearInterval(beat)
      clearInterval(recognition)
      await open.close()
      entry.close()
    },
  }
}

function isCrowd(guests: ReadonlySet<Guest>, person: Asker, most: number) {
  if (!person) return false
  let own = 0
  for (const { connection } of guests) if (connection.person?.id === person.id) own++
  return own >= most
}
