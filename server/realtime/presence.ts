import { colourOf } from '../../shared/accounts/colour.ts'
import type { Person } from '../../shared/accounts/contract.ts'
import type { PresenceUser } from '../../shared/realtime/contract.ts'
import { type AwarenessEntry, frames } from '../../shared/realtime/messages.ts'
import type { Connection } from './connection.ts'
import type { PresenceEntry } from './inbound.ts'
import { bounds } from './limits.ts'
import { pack } from './live-socket.ts'

interface Present {
  connection: Connection
  clock: number
  cursor: object | null
  seen: number
}

/**
 * Who is on a page and where their cursor is, packed for the line. A connection speaks for its own client id only and
 * says nothing but its cursor; name and colour are those of the account. Entries for others are passed over without
 * blame, because the standard client sends back everything it hears.
 */
export class Presence {
  readonly #present = new Map<number, Present>()
  readonly #changed = new Set<number>()
  readonly #gone = new Map<number, number>()
  readonly #send: (packed: Buffer) => void
  #due: NodeJS.Timeout | undefined
  #sentAt = 0

  constructor(send: (packed: Buffer) => void) {
    this.#send = send
  }

  /** Takes in what a connection says of itself. */
  hear(connection: Connection, entries: readonly PresenceEntry[]) {
    if (!connection.person) return
    for (const { clientId, clock, state } of entries) {
      if (clientId !== connection.clientId) continue
      const before = this.#present.get(clientId)
      if (before && before.connection === connection && clock <= before.clock && state !== null) continue
      if (!isObject(state)) this.#remove(clientId, clock)
      else {
        this.#gone.delete(clientId)
        this.#present.set(clientId, { connection, clock, cursor: cursorIn(state), seen: Date.now() })
      }
      this.#changed.add(clientId)
      this.#soon()
    }
  }

  leave(connection: Connection) {
    const { clientId } = connection
    const present = clientId === undefined ? undefined : this.#present.get(clientId)
    if (clientId === undefined || present?.connection !== connection) return
    this.#remove(clientId, present.clock + 1)
    this.#changed.add(clientId)
    this.#soon()
  }

  /** Those of whom nothing was heard for too long are gone. */
  expire(now: number) {
    for (const [clientId, { seen, connection }] of this.#present)
      if (seen < now - bounds.presenceExpiry && connection.clientId === clientId) this.leave(connection)
  }

  /** What has changed, for whoever sends something anyway: cursors that go along with edits cost next to nothing. */
  takeAlong(): Buffer | undefined {
    return this.#due && performance.now() - this.#sentAt >= bounds.presenceWindow ? this.#take() : undefined
  }

  /** Everyone who is here, for somebody who has just come. */
  all(): Buffer | undefined {
    const entries = [...this.#present.keys()].flatMap(clientId => this.#entry(clientId))
    return entries.length > 0 ? pack(frames.awareness(entries)) : undefined
  }

  end() {
    clearTimeout(this.#due)
  }

  #remove(clientId: number, clock: number) {
    const present = this.#present.get(clientId)
    if (!present) return
    this.#present.delete(clientId)
    this.#gone.set(clientId, Math.max(clock, present.clock))
  }

  #soon() {
    this.#due ??= setTimeout(() => {
      const packed = this.#take()
      if (packed) this.#send(packed)
    }, 2 * bounds.presenceWindow)
  }

  #take(): Buffer | undefined {
    clearTimeout(this.#due)
    this.#due = undefined
    this.#sentAt = performance.now()
    const entries = [...this.#changed].flatMap(clientId => this.#entry(clientId))
    this.#changed.clear()
    this.#gone.clear()
    return entries.length > 0 ? pack(frames.awareness(entries)) : undefined
  }

  #entry(clientId: number): AwarenessEntry[] {
    const present = this.#present.get(clientId)
    if (present?.connection.person) {
      const user = userOf(present.connection.person)
      return [{ clientId, clock: present.clock, state: present.cursor ? { user, cursor: present.cursor } : { user } }]
    }
    const clock = this.#gone.get(clientId)
    return clock === undefined ? [] : [{ clientId, clock, state: null }]
  }
}

/** As in the style sheets; here because y-prosemirror wants the value itself. */
const colours = ['#b3421e', '#1c6bab', '#7a4fb5', '#0b7559', '#a3276b', '#856000', '#3c6e2f', '#4b5bb8'] as const

/** How an account is shown beside its cursor. */
export function userOf({ id, name, handle }: Person): PresenceUser {
  const colour = colourOf(id)
  const color = colours[colour - 1] ?? colours[0]
  return { name, handle, colour, color, colorLight: `${color}33` }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Two relative positions as Yjs writes them, and nothing besides; null for anything else. */
function cursorIn({ cursor }: Record<string, unknown>): object | null {
  if (!isObject(cursor)) return null
  const [anchor, head] = [positionIn(cursor['anchor']), positionIn(cursor['head'])]
  return anchor && head ? { anchor, head } : null
}

function positionIn(value: unknown): object | null {
  if (!isObject(value)) return null
  const { type, tname, item, assoc } = value
  const [typeId, itemId] = [idIn(type), idIn(item)]
  if (typeId === undefined || itemId === undefined) return null
  if (tname !== undefined && tname !== null && tname !== 'page') return null
  if (assoc !== undefined && !Number.isInteger(assoc)) return null
  return { type: typeId, tname: tname ?? null, item: itemId, assoc: assoc ?? 0 }
}

function idIn(value: unknown): object | null | undefined {
  if (value === null || value === undefined) return null
  if (!isObject(value)) return undefined
  const { client, clock } = value
  return Number.isSafeInteger(client) && Number.isSafeInteger(clock) ? { client, clock } : undefined
}
