import * as Y from 'yjs'
import { closing } from '../../shared/realtime/closing.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Drafts } from '../drafts/index.ts'
import type { Batch } from './batch.ts'
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import type { Counts } from './counts.ts'
import { bounds } from './limits.ts'
import { type Presence, userOf } from './presence.ts'
import type { Room } from './room.ts'
import type { Task } from './task.ts'

export interface AnswersParts {
  batch: Batch
  claims: Claims
  presence: Presence
  room: Room
  drafts: Drafts
  counts: Counts
}

/** What a room says to those who wait for an answer, once all that came before is on disk. */
export class Answers {
  readonly #parts: AnswersParts

  constructor(parts: AnswersParts) {
    this.#parts = parts
  }

  answer(task: Task) {
    const { room } = this.#parts
    switch (task.kind) {
      case 'join':
        return this.#welcome(task.connection)
      case 'step1':
        return this.#tellAll(task.connection)
      case 'barrier':
        return this.#acknowledge(task.connection, task.token)
      case 'edit':
        task.connection.isRidOf(task.edit.update.length)
        // What came before a gap was closed by this answer, so what waited for it is on disk now.
        if (task.edit.isAnswer && task.connection.gaps === 0)
          for (const token of task.connection.owed.splice(0)) this.#acknowledge(task.connection, token)
        return
      case 'elsewhere':
        if (task.event) for (const connection of room.connections) connection.tell(task.event)
        return
      case 'close':
        return room.end(task.code, task.reason)
      case 'rest':
        return task.rested()
      case 'left':
      case 'over':
    }
  }

  /** Shows a connection who is here; whoever asks again and again is made to wait. */
  showPresence(connection: Connection, { isAsked = false } = {}) {
    const packed = this.#parts.presence.all()
    if (!packed) return
    if (isAsked) connection.charge(packed.length)
    connection.sendLightly(packed)
  }

  #welcome(connection: Connection) {
    const { draft } = this.#parts.batch
    const { clientId } = connection.entrance
    if (clientId !== undefined) this.#parts.claims.show(draft, connection, clientId)
    // First of all, so that its offline edits are here before it calls itself in sync or asks whether they are saved.
    if (connection.mayWrite) connection.send(frames.step1(Y.encodeStateVector(draft.ydoc)))
    // Told before, it would count words that it has never shown among those that its own deletions took away.
    connection.isGreeted = true
    this.#greet(connection)
    this.showPresence(connection)
  }

  #greet(connection: Connection) {
    const { batch, claims, drafts, room } = this.#parts
    const { person, readonly: reason, until, clientId } = connection.entrance
    connection.send(
      frames.hello({
        epoch: room.epoch,
        headSeq: batch.draft.seq,
        schemaVersion: drafts.schemaVersion,
        canWrite: connection.mayWrite,
        reason,
        until,
        ...(reason === 'suspended' && person?.suspension && { words: person.suspension.reason }),
        user: person && userOf(person),
        clientIdOk: clientId === undefined || claims.mayUse(batch.draft, connection, clientId),
      }),
    )
  }

  #tellAll(connection: Connection) {
    const vector = connection.asked
    connection.asked = undefined
    if (!vector || !connection.isOpen) return
    connection.sync(this.#parts.batch.draft.ydoc, vector)
  }

  #acknowledge(connection: Connection, token: number) {
    if (connection.isRefused) return
    if (connection.gaps === 0) {
      this.#parts.counts.acknowledged()
      return connection.send(frames.barrier(token))
    }
    connection.owed.push(token)
    if (connection.owed.length > bounds.waiting) connection.close(closing.resync)
  }
}
