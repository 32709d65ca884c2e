import { setImmediate, setTimeout as after } from 'node:timers/promises'
import { closing } from '../../shared/realtime/closing.ts'
import type { Rejected } from '../../shared/realtime/contract.ts'
import type { Connection } from './connection.ts'
import { type Edit, EditRejected, readEdit } from './edit.ts'
import { Patience } from './hearing-patience.ts'
import { type HearingParts, talkWith } from './hearing-talk.ts'
import { NotHeard } from './hearing-whose.ts'
import type { Inbound } from './inbound.ts'
import { bounds } from './limits.ts'
import type { Place } from './place.ts'

/** What a client says, in its order. */
export type Said =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'edit'; edit: Edit }
  | { kind: 'barrier'; token: number }

type Task = Said | { kind: 'greet' }

/** So much longer than its hearing took somebody has to wait until the next. */
const calm = 3

/**
 * Hears what an old client has to say for an epoch that is over, moves it into the draft as it is now, and sends the
 * client on. To the client this is a room like any other: it is asked what it has, and told once that is on disk.
 */
export class Hearing implements Place {
  readonly pageId: string
  readonly #connection: Connection
  readonly #talk: ReturnType<typeof talkWith>
  readonly #onFault: (fault: unknown) => void
  readonly #patience = new Patience(() => void this.#sendOn())
  #queue: Task[]
  #isRunning = false
  #hasEnded = false
  /** The first cursor that it showed: it writes under that id. */
  #shown: number | undefined
  #running: Promise<void> = Promise.resolve()

  /** `said` is what it had said already when the room that it was in ended. */
  constructor(connection: Connection, said: readonly Said[], parts: HearingParts) {
    this.#connection = connection
    this.#talk = talkWith(connection, parts)
    this.#onFault = parts.onFault
    this.pageId = connection.entrance.pageId
    this.#shown = connection.clientId
    this.#queue = [{ kind: 'greet' }, ...said]
    this.#work()
  }

  rest(): Promise<void> {
    return this.#running
  }

  receive(_connection: Connection, said: Inbound) {
    if (!this.#patience.hasSpoken && !this.#isRunning) this.#await()
    this.#patience.hasSpoken = true
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
    this.#patience.stop()
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
    this.#patience.stop()
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
        this.#onFault(fault)
        this.#connection.close(closing.restart, 'not saved')
      }
    } finally {
      this.#isRunning = false
      this.#await()
    }
  }

  async #flush(tasks: readonly Task[]) {
    const [connection, patience] = [this.#connection, this.#patience]
    const edits = tasks.flatMap(task => (task.kind === 'edit' ? [task.edit] : []))
    const isAnswered = edits.some(edit => edit.isAnswer)
    const outcome = edits.length > 0 ? await this.#talk.hear(edits, this.#shown) : 'unheard'
    if (outcome === 'heard') patience.hasEdited = true
    if (outcome === 'heard' && isAnswered) patience.answered()
    const hasGap = outcome === 'gap'
    for (const { update } of edits) connection.isRidOf(update.length)
    if (hasGap && ++connection.gaps > bounds.gaps) return connection.close(closing.resync, 'gaps')
    if (!hasGap && isAnswered) connection.gaps = 0
    if (hasGap || tasks.some(task => task.kind === 'greet')) await this.#talk.ask()
    // The old epoch is read for each answer: who asks again before it has come is answered once.
    const asked = tasks.findLast(task => task.kind === 'step1')
    if (asked) await this.#talk.tell(asked.vector)
    for (const task of tasks) if (task.kind === 'barrier') connection.owed.push(task.token)
    const tokens = connection.gaps === 0 ? connection.owed.splice(0) : []
    this.#talk.acknowledge(tokens)
    patience.isAcknowledged = tokens.length > 0 || (patience.isAcknowledged && edits.length === 0)
  }

  #await() {
    if (this.#hasEnded || this.#isRunning) this.#patience.stop()
    else this.#patience.wait()
  }

  async #sendOn() {
    try {
      const next = await this.#talk.next()
      // Something may have come just now.
      if (!this.#isRunning || !this.#connection.mayWrite) this.#connection.close(...next)
    } catch (fault) {
      this.#onFault(fault)
      this.#connection.close(closing.restart, 'fault')
    }
  }
}
