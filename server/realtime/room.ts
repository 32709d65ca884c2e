import * as Y from 'yjs'
import { closing, type Closing } from '../../shared/realtime/closing.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Database } from '../db/index.ts'
import type { Draft, Drafts } from '../drafts/index.ts'
import { Batch, EpochOver } from './batch.ts'
import { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import type { Counts } from './counts.ts'
import { addsNothing, type Edit, EditRejected, readEdit } from './edit.ts'
import type { Said } from './hearing.ts'
import type { Inbound } from './inbound.ts'
import type { Commit } from './journal.ts'
import { bounds, type Limits } from './limits.ts'
import type { Place } from './place.ts'
import { Presence, userOf } from './presence.ts'
import type { Tide } from './tide.ts'

/** What a room does one after the other; what was asked for first is answered first. */
export type Task =
  | { kind: 'join'; connection: Connection }
  | { kind: 'step1'; connection: Connection }
  | { kind: 'edit'; connection: Connection; edit: Edit }
  | { kind: 'barrier'; connection: Connection; token: number }
  | { kind: 'left'; connection: Connection; clientIds: number[] }
  /** The draft was changed by somebody else than those in the room; what is worth telling of it. */
  | { kind: 'elsewhere'; event: DraftEvent | undefined }
  | { kind: 'close'; code: Closing; reason: string }
  | { kind: 'over'; epoch: number }
  | { kind: 'rest'; rested: () => void }

export interface RoomParts {
  db: Database
  drafts: Drafts
  limits: Limits
  counts: Counts
  commit: Commit
  tide: Tide
  /** The room has nothing more to keep, or cannot go on: it is to be forgotten. */
  onEnd: () => void
  /** The draft goes on in another epoch; what was said here and not yet taken in is to be heard for that one. */
  onOver: (room: Room, epoch: number, said: ReadonlyMap<Connection, Said[]>) => void
  onFault: (fault: unknown) => void
}

/**
 * A page's draft while it is open. Edits go through one queue: a batch is taken in, checked, and committed; only then
 * does anyone see it (I1). Whatever goes wrong on the way, the room ends and everyone comes back to what the log holds.
 */
export class Room implements Place {
  readonly pageId: string
  readonly epoch: number
  readonly connections = new Set<Connection>()
  readonly presence = new Presence(packed => {
    for (const connection of this.connections) connection.sendLightly(packed)
  })
  readonly #parts: RoomParts
  readonly #claims: Claims
  readonly #batch: Batch
  #queue: Task[] = []
  #isDue = false
  #hasEnded = false

  constructor(draft: Draft, parts: RoomParts) {
    this.pageId = draft.pageId
    this.epoch = draft.epoch
    this.#parts = parts
    this.#claims = new Claims()
    this.#batch = new Batch(draft, { ...parts, claims: this.#claims, room: this })
  }

  get hasEnded() {
    return this.#hasEnded
  }

  /** Whether the draft holds what it cannot place. It never should. */
  get isParking(): boolean {
    const { store } = this.#batch.draft.ydoc
    return store.pendingStructs !== null || store.pendingDs !== null
  }

  /** How many client ids have ever written in this draft. */
  get pastClients(): number {
    return this.#batch.draft.ydoc.store.clients.size
  }

  /** Whether its past weighs so much that it had better be written anew. */
  isHeavy(): boolean {
    return this.#parts.drafts.isHeavy(this.#batch.draft, this.#parts.limits.squashClients)
  }

  /** Takes in a connection; it hears of everything from here on. */
  join(connection: Connection) {
    this.connections.add(connection)
    this.enqueue({ kind: 'join', connection })
  }

  leave(connection: Connection) {
    this.presence.leave(connection)
    this.connections.delete(connection)
    const clientIds = this.#claims.release(this.#batch.draft, connection)
    if (clientIds.length > 0) this.enqueue({ kind: 'left', connection, clientIds })
  }

  receive(connection: Connection, said: Inbound) {
    switch (said.kind) {
      case 'step1':
        return this.#ask(connection, said.vector)
      case 'barrier':
        return this.enqueue({ kind: 'barrier', connection, token: said.token })
      case 'edit':
        return this.#takeIn(connection, said.update, said.isAnswer)
      case 'presence':
        return this.#hearPresence(connection, said.entries)
      case 'who is here':
        return this.#showPresence(connection, { isAsked: true })
      case 'unknown':
    }
  }

  enqueue(task: Task) {
    if (this.#hasEnded) return
    this.#queue.push(task)
    if (!this.#isDue) this.#await()
  }

  /** Resolves once everything asked for so far is done. */
  rest(): Promise<void> {
    return new Promise(rested => {
      if (this.#hasEnded) rested()
      else this.enqueue({ kind: 'rest', rested })
    })
  }

  /** Keeps a checkpoint of what the log holds, so that the next opening is quick. */
  async checkpoint() {
    await this.rest()
    if (!this.#hasEnded) await this.#batch.checkpoint({ always: true })
  }

  /** Closes every connection; nothing is lost, for nothing was shown that is not on disk. */
  end(code: Closing, reason = '') {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.presence.end()
    for (const connection of this.connections) connection.close(code, reason)
    for (const task of this.#queue.splice(0)) if (task.kind === 'rest') task.rested()
    this.#parts.onEnd()
  }

  rightsChanged(connection: Connection) {
    this.enqueue({ kind: 'join', connection })
  }

  /** Says again what a connection may do here, after it has changed. */
  greet(connection: Connection) {
    const { person, readonly: reason, until, clientId } = connection.entrance
    connection.send(
      frames.hello({
        epoch: this.epoch,
        headSeq: this.#batch.draft.seq,
        schemaVersion: this.#parts.drafts.schemaVersion,
        canWrite: connection.mayWrite,
        reason,
        until,
        ...(reason === 'suspended' && person?.suspension && { words: person.suspension.reason }),
        user: person && userOf(person),
        clientIdOk: clientId === undefined || this.#claims.mayUse(this.#batch.draft, connection, clientId),
      }),
    )
  }

  #takeIn(connection: Connection, update: Uint8Array, isAnswer: boolean) {
    if (!connection.mayWrite) return this.#turnAway(connection, update)
    try {
      const edit = readEdit(update, isAnswer)
      connection.brings(update.length)
      this.enqueue({ kind: 'edit', connection, edit })
    } catch (error) {
      if (!(error instanceof EditRejected)) throw error
      connection.reject({ reason: error.reason, details: [error.message] })
      connection.close(error.reason === 'too-large' ? closing.tooLarge : closing.rejected, error.reason)
    }
  }

  /** A reader's answer to a sync step holds everything it has and is no edit; anything more is one that is not kept. */
  #turnAway(connection: Connection, update: Uint8Array) {
    if (!connection.isRefused && !isNothing(this.#batch.draft.ydoc, update)) connection.reject({ reason: 'readonly' })
  }

  #hearPresence(connection: Connection, entries: Extract<Inbound, { kind: 'presence' }>['entries']) {
    if (connection.clientId === undefined && connection.person)
      for (const { clientId, state } of entries)
        if (state !== null && this.#claims.show(this.#batch.draft, connection, clientId)) break
    this.presence.hear(connection, entries)
  }

  #showPresence(connection: Connection, { isAsked = false } = {}) {
    const packed = this.presence.all()
    if (!packed) return
    if (isAsked) connection.charge(packed.length)
    connection.sendLightly(packed)
  }

  /** Who asks again before the answer has come is answered once, for what they said last. */
  #ask(connection: Connection, vector: Uint8Array) {
    const isWaiting = connection.asked !== undefined
    connection.asked = vector
    if (!isWaiting) this.enqueue({ kind: 'step1', connection })
  }

  #await() {
    this.#isDue = true
    this.#parts.tide.turn(this.connections.size, () => void this.#run())
  }

  async #run() {
    const tasks = this.#queue.splice(0)
    if (this.#hasEnded) return
    try {
      await this.#flush(tasks)
    } catch (fault) {
      if (fault instanceof EpochOver) return this.#handOver(fault.now, tasks)
      this.#parts.onFault(fault)
      this.end(closing.restart, 'not saved')
    } finally {
      this.#isDue = false
      if (this.#queue.length > 0 && !this.#hasEnded) this.#await()
    }
  }

  async #flush(tasks: readonly Task[]) {
    for (const task of tasks) if (task.kind === 'over') throw new EpochOver(task.epoch)
    if (tasks.some(task => task.kind === 'elsewhere')) await this.#batch.catchUp()
    await this.#batch.take(tasks)
    for (const task of tasks)
      if (task.kind === 'left')
        await this.#batch.bind(task.clientIds, task.connection.person?.id ?? null).catch(this.#parts.onFault)
    for (const task of tasks) this.#answer(task)
    await this.#batch.checkpoint()
  }

  /** Ends without closing anything: everyone is heard for the next epoch, with what is not taken in yet. */
  #handOver(epoch: number, tasks: readonly Task[]) {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.presence.end()
    const said = new Map<Connection, Said[]>()
    for (const task of [...tasks, ...this.#queue.splice(0)]) {
      if (task.kind === 'rest') task.rested()
      const what = saidIn(task)
      if (!what || !('connection' in task)) continue
      const all = said.get(task.connection)
      if (all) all.push(what)
      else said.set(task.connection, [what])
    }
    this.#parts.onEnd()
    this.#parts.onOver(this, epoch, said)
  }

  #answer(task: Task) {
    const { ydoc } = this.#batch.draft
    switch (task.kind) {
      case 'join': {
        const { clientId } = task.connection.entrance
        if (clientId !== undefined) this.#claims.show(this.#batch.draft, task.connection, clientId)
        // First of all, so that its offline edits are here before it calls itself in sync or asks whether they are saved.
        if (task.connection.mayWrite) task.connection.send(frames.step1(Y.encodeStateVector(ydoc)))
        // Told before, it would count words that it has never shown among those that its own deletions took away.
        task.connection.isGreeted = true
        this.greet(task.connection)
        return this.#showPresence(task.connection)
      }
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
        if (task.event) for (const connection of this.connections) connection.tell(task.event)
        return
      case 'over':
        return
      case 'left':
        return
      case 'close':
        return this.end(task.code, task.reason)
      case 'rest':
        return task.rested()
    }
  }

  #tellAll(connection: Connection) {
    const vector = connection.asked
    connection.asked = undefined
    if (!vector || !connection.isOpen) return
    const frame = frames.step2(Y.encodeStateAsUpdate(this.#batch.draft.ydoc, vector))
    // Everybody asks once; whoever asks on and on is made to wait.
    if (connection.isSynced) connection.charge(frame.length)
    connection.isSynced = true
    connection.send(frame)
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

function saidIn(task: Task): Said | undefined {
  if (task.kind === 'edit') return { kind: 'edit', edit: task.edit }
  if (task.kind === 'barrier') return { kind: 'barrier', token: task.token }
  return task.kind === 'step1' && task.connection.asked ? { kind: 'step1', vector: task.connection.asked } : undefined
}

function isNothing(ydoc: Y.Doc, update: Uint8Array) {
  try {
    return addsNothing(ydoc, update)
  } catch {
    return false
  }
}
