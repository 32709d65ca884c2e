import { closing } from '../../shared/realtime/closing.ts'
import type { Connection } from './connection.ts'
import type { Answer, Knock } from './entrance.ts'
import { bounds } from './limits.ts'
import type { Place } from './place.ts'

/** A connection with what it takes to ask again whether it may be here. */
export interface Guest {
  connection: Connection
  knock: Knock
  room: Place
  /** Gives its place to somebody else. */
  quit: () => void
}

/** Timers cannot wait longer. */
const longestWait = 2 ** 31 - 1

/**
 * Everyone who is inside. Nobody keeps a right because they had it when they came: they are asked again when rights
 * change, at the moment when a session or a suspension ends, and now and then.
 */
export class Guests {
  readonly inside = new Set<Guest>()
  readonly #ask: (knock: Knock) => Promise<Answer>
  readonly #onFault: (fault: unknown) => void
  readonly #timers = new Map<Guest, NodeJS.Timeout>()
  readonly #turns = new WeakMap<Guest, number>()
  readonly #round: NodeJS.Timeout
  /** How often rights have changed: who was asked before may have become somebody else. */
  changes = 0

  constructor(ask: (knock: Knock) => Promise<Answer>, onFault: (fault: unknown) => void) {
    this.#ask = ask
    this.#onFault = onFault
    this.#round = setInterval(() => this.reconsider(() => true), bounds.recognition)
  }

  get open(): number {
    let open = 0
    for (const { connection } of this.inside) if (connection.isOpen) open++
    return open
  }

  /** Takes in somebody who was asked when there had been so many changes. */
  add(guest: Guest, asOf: number) {
    this.inside.add(guest)
    this.#watchTheClock(guest)
    if (asOf !== this.changes) this.#reconsider(guest)
  }

  delete(guest: Guest) {
    this.inside.delete(guest)
    clearTimeout(this.#timers.get(guest))
    this.#timers.delete(guest)
  }

  /** Asks those who are meant again whether they may be here. */
  reconsider(isMeant: (guest: Guest) => boolean) {
    this.changes++
    for (const guest of this.inside) if (isMeant(guest)) this.#reconsider(guest)
  }

  end() {
    clearInterval(this.#round)
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #reconsider(guest: Guest) {
    const turn = (this.#turns.get(guest) ?? 0) + 1
    this.#turns.set(guest, turn)
    const judge = async () => {
      const answer = await this.#ask(guest.knock)
      // What was asked later is answered by what holds later.
      if (this.#turns.get(guest) === turn && this.inside.has(guest)) this.#judge(guest, answer)
    }
    judge().catch((fault: unknown) => {
      this.#onFault(fault)
      // Nobody keeps a right because nobody could be asked.
      if (this.inside.has(guest)) setTimeout(() => this.#reconsider(guest), bounds.askAgain).unref()
    })
  }

  #judge(guest: Guest, answer: Answer) {
    const { connection, room } = guest
    if ('closing' in answer) return connection.close(answer.closing, answer.reason)
    const before = connection.entrance
    if (before.person && !answer.person) return connection.close(closing.signIn, 'signed out')
    connection.entrance = answer
    this.#watchTheClock(guest)
    if (before.readonly === answer.readonly && before.until === answer.until) return
    // What was turned away meanwhile comes again with the answer to our step1.
    if (before.readonly !== null && answer.readonly === null) connection.isRefused = false
    room.rightsChanged(connection)
  }

  /** Sessions and suspensions end by themselves, without an event. */
  #watchTheClock(guest: Guest) {
    clearTimeout(this.#timers.get(guest))
    this.#timers.delete(guest)
    const { ends } = guest.connection.entrance
    if (ends === null) return
    const wait = Math.min(Math.max(0, ends - Date.now()) + 10, longestWait)
    const timer = setTimeout(() => this.#reconsider(guest), wait)
    this.#timers.set(guest, timer.unref())
  }
}
