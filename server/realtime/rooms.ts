import { closing } from '../../shared/realtime/closing.ts'
import type { Database } from '../db/index.ts'
import { DraftDamaged, type Drafts } from '../drafts/index.ts'
import type { Connection } from './connection.ts'
import type { Counts } from './counts.ts'
import { Hearing, type Said } from './hearing.ts'
import { journal } from './journal.ts'
import { bounds, type Limits } from './limits.ts'
import type { Place } from './place.ts'
import { Room } from './room.ts'
import { tideOf } from './tide.ts'

export type Rooms = ReturnType<typeof rooms>

/** The rooms that are open: one a page, loaded when somebody comes and forgotten a while after the last has left. */
export function rooms(ground: {
  db: Database
  drafts: Drafts
  limits: Limits
  counts: Counts
  /** Everyone in a room is somewhere else from now on. */
  onMoved: (room: Room, to: (connection: Connection) => Place) => void
  onFault: (fault: unknown) => void
}) {
  const { limits } = ground
  const tide = tideOf(limits, ground.counts)
  const commit = journal(ground.db, {
    onFailed: () => ground.counts.commitFailed(),
    onCommitted(milliseconds) {
      ground.counts.commitSeconds(milliseconds / 1000)
      tide.committed(milliseconds)
    },
  })
  const open = new Map<string, Promise<Room>>()
  const loaded = new Set<Room>()
  const leaving = new Set<Room>()
  const hearings = new Set<Hearing>()

  function roomOf(pageId: string): Promise<Room> {
    const known = open.get(pageId)
    if (known) return known
    const forget = () => {
      if (open.get(pageId) === loading) open.delete(pageId)
    }
    const loading = ground.drafts.open(ground.db, pageId).then(draft => {
      const onEnd = () => {
        loaded.delete(room)
        ground.counts.unloaded()
        forget()
      }
      const room = new Room(draft, { ...ground, commit, tide, onEnd, onOver })
      loaded.add(room)
      ground.counts.loaded()
      return room
    })
    // A failed load leaves nothing behind, and the next one who comes tries again. A draft that is damaged stays so until
    // somebody mends it: those who come back every few seconds must not have it read each time.
    loading.catch((fault: unknown) => {
      if (!(fault instanceof DraftDamaged)) return forget()
      ground.onFault(fault)
      setTimeout(forget, bounds.recovery).unref()
    })
    open.set(pageId, loading)
    return loading
  }

  function onOver(room: Room, epoch: number, said: ReadonlyMap<Connection, Said[]>) {
    ground.onMoved(room, connection => {
      if (!connection.mayWrite) connection.close(closing.otherEpoch, String(epoch))
      return hearingOf(connection, said.get(connection))
    })
  }

  function hearingOf(connection: Connection, said: readonly Said[] = []): Hearing {
    const hearing = new Hearing(connection, said, { ...ground, onRescued })
    hearings.add(hearing)
    return hearing
  }

  function onRescued(pageId: string, personId: string, passages: readonly string[]) {
    for (const room of loaded)
      for (const connection of room.pageId === pageId ? room.connections : [])
        if (connection.person?.id === personId)
          for (const passage of passages) connection.tell({ kind: 'rescued', passage })
  }

  async function unload(room: Room) {
    if (room.connections.size > 0 || room.hasEnded) return
    await room.checkpoint()
    if (room.connections.size > 0 || room.hasEnded) return
    const isHeavy = room.isHeavy()
    room.end(closing.restart)
    // Whoever comes in this moment is moved along.
    if (isHeavy) await ground.db.write(tx => ground.drafts.beginEpoch(tx, room.pageId, { cause: 'squash' }))
  }

  const all = async () => (await Promise.allSettled(open.values())).flatMap(one => ('value' in one ? [one.value] : []))

  return {
    all,
    /** The rooms that are loaded at this moment. */
    loaded: loaded as ReadonlySet<Room>,
    window: tide.window,

    /** Whether there is room for one more draft; one that nobody is in makes room for it. */
    hasRoomFor(pageId: string): boolean {
      if (open.has(pageId) || open.size - leaving.size < limits.rooms) return true
      ground.counts.reached('rooms')
      const idle = [...loaded].find(room => room.connections.size === 0 && !leaving.has(room))
      if (!idle) return false
      leaving.add(idle)
      void unload(idle)
        .catch(ground.onFault)
        .finally(() => leaving.delete(idle))
      return true
    },

    /** The page's room if it is open; nobody is kept waiting for one that is not. */
    found: async (pageId: string): Promise<Room | undefined> => open.get(pageId)?.catch(() => undefined),

    /** Lets a connection into its page's room, which is loaded if need be, or has it heard for an epoch that is over. */
    async enter(connection: Connection): Promise<Place> {
      const { pageId, epoch, isOver } = connection.entrance
      if (isOver) return hearingOf(connection)
      const room = await roomOf(pageId)
      // It may have been put away in the same breath.
      if (room.hasEnded) return this.enter(connection)
      if (room.epoch > epoch) return hearingOf(connection)
      if (room.epoch < epoch) {
        room.enqueue({ kind: 'over', epoch })
        await room.rest()
        return this.enter(connection)
      }
      if (room.connections.size < limits.connectionsPerPage) room.join(connection)
      else {
        ground.counts.reached('connectionsPerPage')
        connection.close(closing.overloaded, 'too many connections to this page')
      }
      return room
    },

    leave(place: Place, connection: Connection) {
      place.leave(connection)
      if (place instanceof Hearing) hearings.delete(place)
      if (!(place instanceof Room) || place.connections.size > 0) return
      setTimeout(() => void unload(place).catch(ground.onFault), limits.unload).unref()
    },

    /** Sends everybody away, what they had sent being on disk. */
    async close() {
      for (const room of await all()) {
        await room.checkpoint()
        room.end(closing.restart, 'restart')
      }
      for (const hearing of hearings) await hearing.rest()
    },
  }
}
