import * as Y from 'yjs'
import { type Carried, carry } from '../../shared/document/carry.ts'
import { type Fault, faultsIn } from '../../shared/document/faults.ts'
import { mend } from '../../shared/document/mend.ts'
import type { Moves } from '../../shared/document/moved-letters.ts'
import { type Orphan, swept } from '../../shared/document/orphans.ts'
import type { Rejected } from '../../shared/realtime/contract.ts'
import type { Draft, Row } from '../drafts/index.ts'
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import { type Edit, hasHiddenValues, standingOf } from './edit.ts'
import { bounds } from './limits.ts'
import type { Task } from './task.ts'

/** What one connection brings to a batch; it becomes one row of the log. */
export interface Part {
  connection: Connection
  edits: Edit[]
}

/** A part that the draft in memory has taken in. */
export interface Taken extends Part {
  transaction: Y.Transaction
  /** What it really added, with what had to be mended. */
  update: Uint8Array
  clients: Set<number>
  /** Words of others that it removed with the passage around them, without having seen them. */
  swept: Orphan[]
  /** Words that went along with a passage which was written anew elsewhere. */
  carried: Carried
  /** The client id that put back what two people had emptied together. */
  mender: number | undefined
  /** Yjs removed marks in it that nobody had asked to remove. */
  isTidied: boolean
}

/** A gap is open while something that a client has sent could not be taken, and closed once it has sent all it has. */
export type Gap = 'opened' | 'closed' | undefined

export type Outcome = { taken: Taken | undefined; gap: Gap } | { rejection: Rejected }

export function partsOf(tasks: readonly Task[]): Part[] {
  const parts: Part[] = []
  const last = new Map<Connection, Part>()
  for (const task of tasks) {
    if (task.kind !== 'edit' || task.connection.isRefused) continue
    const part = last.get(task.connection)
    // An answer names all that is gone where it comes from, whoever removed it: what its sender removed is told before.
    if (part && !task.edit.isAnswer) part.edits.push(task.edit)
    else {
      const next = { connection: task.connection, edits: [task.edit] }
      last.set(task.connection, next)
      parts.push(next)
    }
  }
  return parts
}

/** Applies a part to the draft in memory. After a rejection that draft is spoilt and has to be thrown away. */
export function applyPart(draft: Draft, claims: Claims, moves: Moves, { connection, edits }: Part): Outcome {
  const { ydoc, fragment } = draft
  const emitted: Uint8Array[] = []
  const listen = (update: Uint8Array) => emitted.push(update)
  const sound: Edit[] = []
  const clients = new Set<number>()
  let gap: Gap
  let mender: number | undefined
  let unseen: Orphan[] = []
  let carried: Carried = nothingCarried
  ydoc.on('update', listen)
  try {
    const transaction = ydoc.transact(transaction => {
      for (const edit of edits) {
        const standing = standingOf(ydoc, edit)
        if (standing.hasGap) gap = 'opened'
        else if (edit.isAnswer) gap = 'closed'
        if (standing.hasGap) continue
        if (standing.clients.size > bounds.newClients)
          throw new Unfit({ reason: 'too-large', details: [`${standing.clients.size} new client ids`] })
        const foreign = [...standing.clients].filter(client => !claims.take(draft, connection, client))
        if (foreign.length > 0) throw new Unfit({ reason: 'client-id', details: foreign.map(String) })
        Y.applyUpdate(ydoc, edit.update, connection)
        sound.push(edit)
        for (const client of standing.clients) clients.add(client)
      }
      forgetPlaces(transaction)
      carried = carry(transaction, sound, moves)
      for (const client of clients) moves.heard(client, transaction.beforeState.get(client) ?? 0)
      if (transaction.deleteSet.clients.size > 0)
        unseen = swept(Y.mergeDeleteSets(sound.map(edit => edit.deletes)), transaction, carried.has)
      if (mend(transaction)) mender = ydoc.clientID
      // Yjs takes its own id in a change from outside for a twin, and would change it.
      if (mender !== undefined || carried.carriers.size > 0) transaction.local = true
      return transaction
    })
    check(draft, sound, faultsIn(fragment, transaction))
    if (emitted.length === 0) return { taken: undefined, gap }
    const update = Y.mergeUpdates(emitted)
    // After a change from outside Yjs removes marks that have become needless, in a transaction of its own.
    const isTidied = emitted.length > 1
    const found = { transaction, update, clients, swept: unseen, carried, mender, isTidied }
    return { taken: { connection, edits: sound, ...found }, gap }
  } catch (error) {
    if (error instanceof Unfit) return { rejection: error.rejection }
    // Whatever an update makes Yjs or the checks throw, it is that update's fault.
    return { rejection: { reason: 'malformed', details: [error instanceof Error ? error.message : 'unreadable'] } }
  } finally {
    ydoc.off('update', listen)
  }
}

/**
 * Yjs remembers places in a text by their number, and forgets them only at the end of a change from outside: too late for
 * words that are carried in the same transaction.
 */
function forgetPlaces({ changed }: Y.Transaction) {
  for (const type of changed.keys()) if (type._searchMarker) type._searchMarker.length = 0
}

const nothingCarried: Carried = { has: () => false, carriers: new Map(), hasChanged: false }

export const rowOf = ({ connection, update, clients }: Taken): Row => ({
  personId: connection.person?.id ?? null,
  clientId: clients.size === 1 ? ([...clients][0] ?? null) : null,
  kind: 'edit',
  payload: update,
})

function check({ ydoc }: Draft, edits: readonly Edit[], faults: readonly Fault[]) {
  if (faults.length > 0)
    throw new Unfit({ reason: 'schema', details: faults.slice(0, 5).map(({ message }) => message) })
  if (ydoc.store.pendingStructs || ydoc.store.pendingDs || edits.some(edit => hasHiddenValues(ydoc, edit)))
    throw new Unfit({ reason: 'malformed', details: ['hidden items'] })
}

class Unfit extends Error {
  readonly rejection: Rejected
  constructor(rejection: Rejected) {
    super(rejection.reason)
    this.rejection = rejection
  }
}
