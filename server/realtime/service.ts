import type { Server } from 'node:http'
import { closing } from '../../shared/realtime/closing.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import type { Database } from '../db/index.ts'
import type { Drafts } from '../drafts/index.ts'
import type { Events } from '../events.ts'
import type { Metrics } from '../metrics.ts'
import { countsIn } from './counts.ts'
import { Crowd } from './crowd.ts'
import { door, full } from './door.ts'
import { seeOff } from './drain.ts'
import { type Identify, porter } from './entrance.ts'
import { gauges } from './gauges.ts'
import { Guests } from './guests.ts'
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
  const ask = porter({ identify, standing: (pageId, epoch) => drafts.standingAt(db, pageId, epoch), origin })
  const counts = countsIn(metrics)
  const open = rooms({
    db,
    drafts,
    limits,
    counts,
    onFault,
    onMoved(room, to) {
      for (const guest of guests.inside) if (guest.room === room) guest.room = to(guest.connection)
    },
  })
  const guests = new Guests(ask, onFault)
  const people = new Crowd(limits.connectionsPerPerson)

  const entry = door(server, {
    limits,
    counts,
    onFault,
    async receive(knock, connect) {
      const asOf = guests.changes
      const answer = await ask(knock)
      if ('closing' in answer) return answer
      const quit = answer.person ? people.enter(answer.person.id) : () => {}
      if (!quit) {
        counts.reached('connectionsPerPerson')
        return full('of this person')
      }
      if (!answer.isOver && !open.hasRoomFor(answer.pageId)) {
        quit()
        return { closing: closing.overloaded, reason: 'too many drafts in memory' }
      }
      try {
        const connection = connect(answer)
        const guest = { connection, knock, quit, room: await open.enter(connection) }
        guests.add(guest, asOf)
        return guest
      } catch (fault) {
        quit()
        throw fault
      }
    },
    leave(guest) {
      guests.delete(guest)
      guest.quit()
      open.leave(guest.room, guest.connection)
    },
  })

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
    guests.reconsider(
      ({ connection, room }) =>
        (personId === undefined || connection.person?.id === personId) &&
        (pageId === undefined || room.pageId === pageId),
    ),
  )
  events.after('person changed', ({ personId }) =>
    guests.reconsider(({ connection }) => connection.person?.id === personId),
  )
  events.after('draft changed', ({ pageId, kind, personId, seq }) => {
    if (kind !== 'transplant') return tell(pageId, personId, by => ({ kind: 'changed', change: kind, by, seq }))
    // To those in the room it is somebody's typing.
    void open.found(pageId).then(room => room?.enqueue({ kind: 'elsewhere', event: undefined }))
  })
  events.after('revision published', ({ pageId, number, kind, personId }) => {
    tell(pageId, personId, by => ({ kind: 'published', by, revision: number, revisionKind: kind }))
  })
  events.after('epoch begun', ({ pageId, epoch }) => {
    void open.found(pageId).then(room => {
      if (room && room.epoch < epoch) room.enqueue({ kind: 'over', epoch })
    })
  })
  events.after('page deleted', ({ pageId }) => {
    const task = { kind: 'close', code: closing.deleted, reason: 'deleted' } as const
    void open.found(pageId).then(room => room?.enqueue(task))
  })

  gauges(metrics, guests, open)

  const beat = setInterval(() => {
    const now = Date.now()
    for (const { connection } of guests.inside) connection.beat(now)
    for (const room of open.loaded) room.presence.expire(now)
  }, bounds.keepAlive)

  return {
    /** How many connections are open, and how many pages. */
    counts: async () => ({ connections: guests.inside.size, rooms: (await open.all()).length }),

    async close() {
      entry.shut()
      await seeOff(guests.inside, limits.drain)
      clearInterval(beat)
      guests.end()
      await open.close()
      entry.close()
    },
  }
}
