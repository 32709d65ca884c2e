import * as Y from 'yjs'
import { Moves } from '../../shared/document/moved-letters.ts'
import { closing } from '../../shared/realtime/closing.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Cause, Draft, Owner, Row } from '../drafts/index.ts'
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import { bounds } from './limits.ts'
import { pack } from './live-socket.ts'
import { applyPart, type Gap, type Part, partsOf, rowOf, type Taken } from './part.ts'
import { ownerOf, type Rescue, Rescues } from './rescues.ts'
import type { Room, RoomParts } from './room.ts'
import type { Task } from './task.ts'

/** The draft goes on in another epoch: what was being taken in has to be heard for that one. */
export class EpochOver extends Error {
  readonly now: number
  constructor(now: number) {
    super(`epoch ${now} has begun`)
    this.now = now
  }
}

/**
 * Takes edits into a draft. The document in memory runs ahead of the log while a batch is under way, and nothing is read
 * from it until the commit; if anything fails it is thrown away.
 */
export class Batch {
  draft: Draft
  readonly #parts: RoomParts & { claims: Claims; room: Room }
  readonly #rescues = new Rescues()
  readonly #moves = new Moves()
  #lastChange: string = 'edit'
  #nextCheckpoint = 0

  constructor(draft: Draft, parts: RoomParts & { claims: Claims; room: Room }) {
    this.#parts = parts
    this.draft = draft
  }

  /** Takes in what the log has got from elsewhere, and shows it: it is committed already. */
  async catchUp() {
    const { db, drafts } = this.#parts
    this.#showTail(await drafts.catchUp(db.read, this.draft))
  }

  /** Commits the edits among these tasks, then shows them; those that cannot be taken are refused, and nobody sees them. */
  async take(tasks: readonly Task[]) {
    const parts = partsOf(tasks)
    for (;;) {
      const { taken, gaps } = await this.#apply(parts)
      if (taken.length > 0 && !(await this.#commit(taken))) continue
      // Asked only now, so that the question names nothing that is not on disk.
      for (const [connection, gap] of gaps) this.#noteGap(connection, gap)
      return
    }
  }

  /** False where the log has moved on meanwhile, so that everything is to be taken in again. */
  async #commit(taken: readonly Taken[]): Promise<boolean> {
    const { draft } = this
    const rescues = this.#rescues.find(draft, taken)
    const rows = taken.map(rowOf)
    const owners = newOwnersIn(taken, draft)
    const appended = await this.#append(rows, owners, rescues)
    if ('moved' in appended) {
      await this.#startOver()
      return false
    }
    draft.seq = appended.seq
    this.#parts.drafts.count(draft, rows)
    for (const [clientId, owner] of owners) draft.clients.set(clientId, owner)
    this.#show(taken, rescues)
    return true
  }

  /** Keeps whose client ids these are, which were shown and not written with. */
  async bind(clientIds: readonly number[], personId: string | null) {
    const { commit, drafts } = this.#parts
    const owner = { personId, madeHere: false }
    await commit(async tx => {
      for (const clientId of clientIds) await drafts.bind(tx, this.draft, clientId, owner)
    })
    for (const clientId of clientIds) this.draft.clients.set(clientId, owner)
  }

  /** Keeps a checkpoint where one is due. One that fails costs nobody a word; it is tried again after a while. */
  async checkpoint(options: { always?: boolean } = {}) {
    const { drafts, commit, onFault } = this.#parts
    if (performance.now() < this.#nextCheckpoint || !drafts.isCheckpointDue(this.draft, options)) return
    try {
      await commit(tx => drafts.checkpoint(tx, this.draft, options))
    } catch (fault) {
      this.#nextCheckpoint = performance.now() + bounds.recovery
      onFault(fault)
    }
  }

  async #apply(parts: Part[]): Promise<{ taken: Taken[]; gaps: [Connection, Gap][] }> {
    let taken: Taken[] = []
    let gaps: [Connection, Gap][] = []
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at]
      if (!part) continue
      const outcome = applyPart(this.draft, this.#parts.claims, this.#moves, part)
      if ('rejection' in outcome) {
        part.connection.reject(outcome.rejection)
        part.connection.close(closing.rejected, outcome.rejection.reason)
        // Without this one from the beginning: the others must not suffer from what it has left in memory.
        parts.splice(at, 1)
        await this.#startOver()
        taken = []
        gaps = []
        at = -1
        continue
      }
      gaps.push([part.connection, outcome.gap])
      if (outcome.taken) taken.push(outcome.taken)
    }
    return { taken, gaps }
  }

  /** Something before an update is missing here, and parking it would hide it: the client is asked for all of it. */
  #noteGap(connection: Connection, gap: Gap) {
    if (gap === 'closed') connection.gaps = 0
    if (gap !== 'opened') return
    this.#parts.counts.gaps()
    if (++connection.gaps > bounds.gaps) connection.close(closing.resync, 'gaps')
    else connection.send(frames.step1(Y.encodeStateVector(this.draft.ydoc)))
  }

  /** Throws the document in memory away, without touching it again, and takes what the log holds by now. */
  async #startOver() {
    this.#moves.unsettle()
    const { db, drafts, room } = this.#parts
    for (;;) {
      const tail = await drafts.tail(db.read, this.draft)
      const fresh = await drafts.load(db.read, this.draft.pageId)
      if (fresh.epoch !== room.epoch) throw new EpochOver(fresh.epoch)
      if (fresh.seq !== this.draft.seq + tail.length) continue
      this.draft = fresh
      return this.#showTail(tail)
    }
  }

  #showTail(tail: readonly { kind: string; payload: Uint8Array }[]) {
    const last = tail.at(-1)
    if (!last) return
    this.#lastChange = last.kind
    this.#broadcast(Y.mergeUpdates(tail.map(row => row.payload)))
  }

  #append(rows: readonly Row[], owners: ReadonlyMap<number, Owner>, rescues: readonly Rescue[]) {
    const { commit, drafts } = this.#parts
    const { draft } = this
    return commit(async tx => {
      const appended = await drafts.append(tx, draft, rows)
      if ('moved' in appended) return appended
      for (const [clientId, owner] of owners) await drafts.bind(tx, draft, clientId, owner)
      for (const rescue of rescues) await this.#rescues.keep(tx, drafts, draft, this.#cause(), rescue)
      return appended
    })
  }

  #show(parts: readonly Taken[], rescues: readonly Rescue[]) {
    const { counts, room } = this.#parts
    counts.committed()
    counts.rows(parts.length)
    counts.edits(parts.reduce((sum, part) => sum + part.edits.length, 0))

    this.#moves.settle()
    const only = parts.length === 1 && parts[0] && !isMended(parts[0]) ? parts[0].connection : undefined
    this.#broadcast(Y.mergeUpdates(parts.map(part => part.update)), only)
    for (const rescue of rescues) this.#rescues.tell(rescue, room.connections)
  }

  #broadcast(update: Uint8Array, except?: Connection) {
    const { room } = this.#parts
    const edits = pack(frames.update(update))
    const cursors = room.presence.takeAlong()
    const both = cursors && Buffer.concat([edits, cursors])
    for (const connection of room.connections) {
      if (connection !== except && connection.isGreeted) connection.sendPacked(edits, both)
      else if (cursors) connection.sendLightly(cursors)
    }
  }

  #cause(): Cause {
    const change = this.#lastChange
    return causes.find(cause => cause === change) ?? 'deleted'
  }
}

/** Changes of the server that take away what somebody may be writing in. */
const causes = ['restore', 'undo', 'rollback', 'discard'] as const

/** Whether the server itself has written in it, which its author has to hear as well. */
const isMended = ({ mender, carried, isTidied }: Taken) => mender !== undefined || carried.hasChanged || isTidied

/** Whose the client ids are that the log does not know yet. */
function newOwnersIn(parts: readonly Taken[], draft: Draft): Map<number, Owner> {
  const owners = new Map<number, Owner>()
  const add = (clientId: number, personId: string | null, madeHere: boolean) => {
    if (draft.ownerOf(clientId) === undefined) owners.set(clientId, { personId, madeHere })
  }
  for (const { connection, clients, carried, mender } of parts) {
    for (const clientId of clients) add(clientId, connection.person?.id ?? null, false)
    for (const [author, carrier] of carried.carriers) add(carrier, ownerOf(draft, parts, author), true)
    if (mender !== undefined) add(mender, null, true)
  }
  return owners
}
