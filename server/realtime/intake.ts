import type * as Y from 'yjs'
import { closing } from '../../shared/realtime/closing.ts'
import type { Answers } from './answers.ts'
import type { Batch } from './batch.ts'
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import { addsNothing, EditRejected, readEdit } from './edit.ts'
import type { Inbound, PresenceEntry } from './inbound.ts'
import type { Presence } from './presence.ts'
import type { Task } from './task.ts'

export interface IntakeParts {
  batch: Batch
  claims: Claims
  presence: Presence
  answers: Answers
  enqueue: (task: Task) => void
}

/** What connections say in a room: what changes the draft or asks about it waits for its turn, the rest is heard at once. */
export class Intake {
  readonly #parts: IntakeParts

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  receive(connection: Connection, said: Inbound) {
    switch (said.kind) {
      case 'step1':
        return this.#ask(connection, said.vector)
      case 'barrier':
        return this.#parts.enqueue({ kind: 'barrier', connection, token: said.token })
      case 'edit':
        return this.#takeIn(connection, said.update, said.isAnswer)
      case 'presence':
        return this.#hearPresence(connection, said.entries)
      case 'who is here':
        return this.#parts.answers.showPresence(connection, { isAsked: true })
      case 'unknown':
    }
  }

  #takeIn(connection: Connection, update: Uint8Array, isAnswer: boolean) {
    if (!connection.mayWrite) return this.#turnAway(connection, update)
    try {
      const edit = readEdit(update, isAnswer)
      connection.brings(update.length)
      this.#parts.enqueue({ kind: 'edit', connection, edit })
    } catch (error) {
      if (!(error instanceof EditRejected)) throw error
      connection.reject({ reason: error.reason, details: [error.message] })
      connection.close(error.reason === 'too-large' ? closing.tooLarge : closing.rejected, error.reason)
    }
  }

  /** A reader's answer to a sync step holds everything it has and is no edit; anything more is one that is not kept. */
  #turnAway(connection: Connection, update: Uint8Array) {
    const { ydoc } = this.#parts.batch.draft
    if (!connection.isRefused && !isNothing(ydoc, update)) connection.reject({ reason: 'readonly' })
  }

  #hearPresence(connection: Connection, entries: readonly PresenceEntry[]) {
    const { batch, claims, presence } = this.#parts
    if (connection.clientId === undefined && connection.person)
      for (const { clientId, state } of entries)
        if (state !== null && claims.show(batch.draft, connection, clientId)) break
    presence.hear(connection, entries)
  }

  /** Who asks again before the answer has come is answered once, for what they said last. */
  #ask(connection: Connection, vector: Uint8Array) {
    const isWaiting = connection.asked !== undefined
    connection.asked = vector
    if (!isWaiting) this.#parts.enqueue({ kind: 'step1', connection })
  }
}

function isNothing(ydoc: Y.Doc, update: Uint8Array) {
  try {
    return addsNothing(ydoc, update)
  } catch {
    return false
  }
}
