import type { Draft } from '../drafts/index.ts'
import type { Connection } from './connection.ts'

/**
 * Whose a client id is before the log knows it (I3): it belongs to the person who first used it here. A person may use it
 * from a second connection, because the first may be a socket that has not noticed its own end. It stays theirs when they
 * leave: whoever had seen it could else take it, and what they write offline would be refused.
 */
export class Claims {
  readonly #holders = new Map<number, Set<Connection>>()
  readonly #absent = new Map<number, string>()

  mayUse(draft: Draft, connection: Connection, clientId: number): boolean {
    const { person } = connection
    if (!person || !isClientId(clientId) || draft.isMadeHere(clientId)) return false
    const owner = draft.ownerOf(clientId)
    if (owner !== undefined) return owner === person.id
    if ((this.#absent.get(clientId) ?? person.id) !== person.id) return false
    for (const holder of this.#holders.get(clientId) ?? []) if (holder.person?.id !== person.id) return false
    return true
  }

  /** Takes a client id for this connection's person; false where it is another's. */
  take(draft: Draft, connection: Connection, clientId: number): boolean {
    if (!this.mayUse(draft, connection, clientId)) return false
    const holders = this.#holders.get(clientId)
    if (holders) holders.add(connection)
    else this.#holders.set(clientId, new Set([connection]))
    return true
  }

  /** Takes a client id as the one under which this connection shows its cursor. */
  show(draft: Draft, connection: Connection, clientId: number): boolean {
    if (!this.take(draft, connection, clientId)) return false
    // An older connection of the same person has been replaced by this one.
    for (const holder of this.#holders.get(clientId) ?? []) if (holder !== connection) holder.clientId = undefined
    connection.clientId = clientId
    return true
  }

  /** Lets go of a connection. Answers which client ids of its person the log does not know yet. */
  release(draft: Draft, connection: Connection): number[] {
    const unknown: number[] = []
    for (const [clientId, holders] of this.#holders) {
      if (!holders.delete(connection) || holders.size > 0) continue
      this.#holders.delete(clientId)
      if (!connection.person || draft.ownerOf(clientId) !== undefined) continue
      // Nobody has seen those that it claimed with words that were refused.
      if (clientId !== connection.clientId) continue
      this.#absent.set(clientId, connection.person.id)
      unknown.push(clientId)
    }
    return unknown
  }
}

const isClientId = (clientId: number) => Number.isSafeInteger(clientId) && clientId >= 0 && clientId < 2 ** 53
