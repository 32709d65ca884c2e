import { setImmediate, setTimeout as after } from 'node:timers/promises'
import * as Y from 'yjs'
import { closing } from '../../shared/realtime/closing.ts'
import type { Rejected } from '../../shared/realtime/contract.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Database } from '../db/index.ts'
import type { Drafts } from '../drafts/index.ts'
import type { Connection } from './connection.ts'
import type { Counts } from './counts.ts'
import { type Edit, EditRejected, readEdit } from './edit.ts'
import { NotHeard } from './hearing-whose.ts'
import type { Inbound } from './inbound.ts'
import { bounds } from './limits.ts'
import type { Place } from './place.ts'
import { userOf } from './presence.ts'
import { transplant } from './transplant.ts'

export interface HearingParts {
  db: Database
  drafts: Drafts
  counts: Counts
  /** Tells the author, wherever they have the page open, that words of theirs are kept. */
  onRescued: (pageId: string, personId: string, passages: readonly string[]) => void
  onFault: (fault: unknown) => void
}

/** What a client says, in its order. */
export type Said =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'edit'; edit: Edit }
  | { kind: 'barrier'; token: number }

type Task = Said | { kind: 'greet' }

/** How long one waits for somebody who has said nothing, nothing new, something, everything, and knows that it is kept. */
const waits = { silent: 2_000, unanswered: 10_000, unfinished: 3_000, finished: 1_000, acknowledged: 400 }
/** Whoever goes on writing is sent on nevertheless; what comes later is heard when they come back. */
const longest = 10_000
/** So much longer than its hearing took somebody has to wait until the next. */
const calm = 3

/**
 * Hears what an old client has to say for an epoch that is over, moves it into the draft as it is now, and sends the
 * client on. To the client this is a room like any other: it is asked what it has, and told once that is on disk.
 */
export class Hearing implements Place {
  readonly pageId: string
  readonly #epoch: number
  readonly #connection: Connection
  readonly #parts: HearingParts
  #queue: Task[]
  #isRunning = false
  #hasEnded = false
  #hasSpoken = false
  #hasEdited = false
  #answeredAt: number | undefined
  #isAcknowledged = false
  /** The first cursor that it showed: it writes under that id. */
  #shown: number | undefined
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  /** `said` is what it had said already when the room that it was in ended. */
  constructor(connection: Connection, said: readonly Said[], parts: HearingParts) {
    this.#connection = connection
    this.#parts = parts
    this.pageId = connection.entrance.pageId
    this.#epoch = connection.entrance.epoch
    this.#shown = connection.clientId
    this.#queue = [{ kind: 'greet' }, ...said]
    this.#work()
  }

  rest(): Promise<void> {
    return this.#running
  }

  receive(_connection: Connection, said: Inbound) {
    if (!this.#hasSpoken && !this.#isRunning) this.#await()
    this.#hasSpoken = true
    switch (said.kind) {
      case 'step1':
      case 'barrier':
        return this.#enqueue(said)
      case 'edit':
        return this.#takeIn(said.update, said.isAnswer)
      case 'presence':
        this.#shown ??= said.entries.find(({ state }) => state !== null)?.clientId
        return
      case 'who is here':
      case 'unknown':
    }
  }

  rightsChanged() {
    if (!this.#connection.mayWrite) void this.#sendOn()
  }

  leave() {
    this.#hasEnded = true
    clearTimeout(this.#timer)
  }

  #takeIn(update: Uint8Array, isAnswer: boolean) {
    if (!this.#connection.mayWrite) return
    try {
      const edit = readEdit(update, isAnswer)
      this.#connection.brings(update.length)
      this.#enqueue({ kind: 'edit', edit })
    } catch (error) {
      if (!(error instanceof EditRejected)) throw error
      this.#refuse({ reason: error.reason, details: [error.message] })
    }
  }

  #refuse(rejection: Rejected) {
    this.#connection.reject(rejection)
    this.#connection.close(rejection.reason === 'too-large' ? closing.tooLarge : closing.rejected, rejection.reason)
  }

  #enqueue(said: Said) {
    if (this.#hasEnded) return
    this.#queue.push(said)
    this.#work()
  }

  #work() {
    clearTimeout(this.#timer)
    if (this.#isRunning) return
    this.#isRunning = true
    this.#running = setImmediate().then(() => this.#run())
  }

  async #run() {
    try {
      while (this.#queue.length > 0 && this.#connection.isOpen) {
        const began = performance.now()
        await this.#flush(this.#queue.splice(0))
        const took = performance.now() - began
        if (this.#queue.length > 0) await after(calm * took)
      }
    } catch (fault) {
      if (fault instanceof NotHeard) this.#refuse(fault.rejection)
      else {
        this.#parts.onFault(fault)
        this.#connection.close(closing.restart, 'not saved')
      }
    } finally {
      this.#isRunning = false
      this.#await()
    }
  }

  async #flush(tasks: readonly Task[]) {
    const connection = this.#connection
    const edits = tasks.flatMap(task => (task.kind === 'edit' ? [task.edit] : []))
    const hasGap = edits.length > 0 && (await this.#hear(edits))
    for (const { update } of edits) connection.isRidOf(update.length)
    if (hasGap && ++connection.gaps > bounds.gaps) return connection.close(closing.resync, 'gaps')
    if (!hasGap && edits.some(edit => edit.isAnswer)) connection.gaps = 0
    if (hasGap || tasks.some(task => task.kind === 'greet')) await this.#ask()
    // The old epoch is read for each answer: who asks again before it has come is answered once.
    const asked = tasks.findLast(task => task.kind === 'step1')
    if (asked) await this.#tell(asked.vector)
    for (const task of tasks) if (task.kind === 'barrier') connection.owed.push(task.token)
    const tokens = connection.gaps === 0 ? connection.owed.splice(0) : []
    for (const token of tokens) {
      this.#parts.counts.acknowledged()
      connection.send(frames.barrier(token))
    }
    this.#isAcknowledged = tokens.length > 0 || (this.#isAcknowledged && edits.length === 0)
  }

  /** Moves what it sent to where it belongs now. Answers whether something before it is missing. */
  async #hear(edits: readonly Edit[]): Promise<boolean> {
    const { person, clientId, clientIds, schema } = this.#connection.entrance
    if (!person || !this.#connection.mayWrite) return false
    const claimed = { personId: person.id, clientId: clientId ?? this.#shown, clientIds, schema }
    const place = { pageId: this.pageId, epoch: this.#epoch }
    const { db, drafts, onRescued } = this.#parts
    const moved = await db.write(tx => transplant(tx, drafts, place, claimed, edits))
    if (moved.kind === 'gap') return true
    this.#hasEdited = true
    if (edits.some(edit => edit.isAnswer)) this.#answeredAt ??= Date.now()
    for (const passage of moved.passages) this.#connection.tell({ kind: 'rescued', passage })
    if (moved.passages.length > 0) onRescued(this.pageId, person.id, moved.passages)
    return false
  }

  /** First of all, so that what it has is here before it calls itself in sync or asks whether it is saved. */
  async #ask() {
    const old = await this.#old()
    const { person, clientId, until } = this.#connection.entrance
    this.#connection.send(frames.step1(Y.encodeStateVector(old.ydoc)))
    this.#connection.send(
      frames.hello({
        epoch: this.#epoch,
        headSeq: old.seq,
        schemaVersion: this.#parts.drafts.schemaVersion,
        canWrite: this.#connection.mayWrite,
        reason: this.#connection.entrance.readonly,
        until,
        user: person && userOf(person),
        clientIdOk: clientId === undefined || !old.isTaken(clientId),
      }),
    )
  }

  async #tell(vector: Uint8Array) {
    const old = await this.#old()
    const frame = frames.step2(Y.encodeStateAsUpdate(old.ydoc, vector))
    if (this.#connection.isSynced) this.#connection.charge(frame.length)
    this.#connection.isSynced = true
    this.#connection.send(frame)
  }

  async #old() {
    const { db, drafts } = this.#parts
    const old = await drafts.oldEpoch(db.read, this.pageId, this.#epoch, this.#connection.person?.id ?? '')
    if (old.heard) Y.applyUpdate(old.ydoc, old.heard)
    return old
  }

  #await() {
    clearTimeout(this.#timer)
    if (this.#hasEnded || this.#isRunning) return
    const left = this.#answeredAt === undefined ? longest : this.#answeredAt + longest - Date.now()
    this.#timer = setTimeout(() => void this.#sendOn(), Math.min(this.#patience, Math.max(0, left)))
  }

  get #patience(): number {
    if (this.#answeredAt !== undefined) return this.#isAcknowledged ? waits.acknowledged : waits.finished
    if (this.#hasEdited) return waits.unfinished
    return this.#hasSpoken ? waits.unanswered : waits.silent
  }

  async #sendOn() {
    const { db, drafts, onFault } = this.#parts
    try {
      const now = await drafts.standing(db.read, this.pageId)
      // Something may have come just now.
      if (this.#isRunning && this.#connection.mayWrite) return
      const { schema } = this.#connection.entrance
      if (schema !== undefined && schema < drafts.schemaVersion) this.#connection.close(closing.outdated, 'reload')
      else this.#connection.close(closing.otherEpoch, String(now?.epoch ?? 1))
    } catch (fault) {
      onFault(fault)
      this.#connection.close(closing.restart, 'fault')
    }
  }
}
