import { closing, type Closing } from '../../shared/realtime/closing.ts'
import type { Database } from '../db/index.ts'
import type { Draft, Drafts } from '../drafts/index.ts'
import { Answers } from './answers.ts'
import { Batch, EpochOver } from './batch.ts'
import { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import type { Counts } from './counts.ts'
import type { Said } from './hearing.ts'
import type { Inbound } from './inbound.ts'
import { Intake } from './intake.ts'
import type { Commit } from './journal.ts'
import type { Limits } from './limits.ts'
import type { Place } from './place.ts'
import { Presence } from './presence.ts'
import { saidIn, type Task } from './task.ts'
import type { Tide } from './tide.ts'

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
  readonly #answers: Answers
  readonly #intake: Intake
  #queue: Task[] = []
  #isDue = false
  #hasEnded = false

  constructor(draft: Draft, parts: RoomParts) {
    this.pageId = draft.pageId
    this.epoch = draft.epoch
    this.#parts = parts
    const { presence } = this
    const claims = (this.#claims = new Claims())
    const batch = (this.#batch = new Batch(draft, { ...parts, claims, room: this }))
    const { drafts, counts } = parts
    const answers = (this.#answers = new Answers({ batch, claims, presence, room: this, drafts, counts }))
    this.#intake = new Intake({ batch, claims, presence, answers, enqueue: task => this.enqueue(task) })
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
    this.#intake.receive(connection, said)
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
    for (const task of tasks) this.#answers.answer(task)
    await this.#batch.checkpoint()
  }

  /** Ends without closing anything: everyone is heard for the next epoch, with what is not taken in yet. */
  #handOver(epoch: number, tasks: readonly Task[]) {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.presence.end()
    const left = [...tasks, ...this.#queue.splice(0)]
    for (const task of left) if (task.kind === 'rest') task.rested()
    this.#parts.onEnd()
    this.#parts.onOver(this, epoch, saidIn(left))
  }
}
