import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import { fragmentOf } from '../../../shared/document/live.ts'
import { type Place, type Seat, Typist } from './typist.ts'

/** Who types where, for how long. */
export interface Order {
  /** Seats, room by room. */
  rooms: Seat[][]
  /** Base 64 of a page's first state, for servers that do not have it; `isKept` where the first to come brings it. */
  seed?: { update: string; isKept: boolean }
  hasPresence: boolean
  /** Edits a second that everybody makes, on average; five unless said. */
  pace?: number
  /** Milliseconds until the measuring begins, and how long it goes on. */
  warm: number
  measured: number
}

export interface Outcome {
  /** Milliseconds from sending an edit until one colleague has it: of so many in a hundred. */
  p50: number
  p95: number
  p99: number
  delivered: number
  lost: number
}

export type Said = { kind: 'measuring' } | { kind: 'measured' } | { kind: 'left'; outcome: Outcome }

process.on('message', (order: Order) => void run(order))

const say = (said: Said) => process.send?.(said)

async function run(order: Order) {
  const work = new Work(order)
  await work.comes()
  await work.typesFor(order.warm)
  work.isMeasured = true
  say({ kind: 'measuring' })
  await work.typesFor(order.measured)
  work.isMeasured = false
  // What is under way still belongs to it.
  await wait(100)
  say({ kind: 'measured' })
  await wait(1_000)
  const outcome = work.outcome()
  await work.leaves()
  say({ kind: 'left', outcome })
}

/** An edit that was made while it was measured. */
interface Edit {
  at: number
  by: Typist
  /** Colleagues who do not have it yet. */
  missing: number
}

class Work {
  isMeasured = false
  readonly #order: Order
  readonly #people: { typist: Typist; due: number; colleagues: number }[] = []
  readonly #edits = new Map<number, Edit>()
  readonly #delays: number[] = []
  #turn = 0

  constructor(order: Order) {
    this.#order = order
  }

  async comes() {
    for (const seats of this.#order.rooms) {
      const typists = seats.map(seat => {
        const typist: Typist = new Typist(seat, turn => this.#arrives(turn, typist))
        return typist
      })
      const places = placesIn(await this.#stateFor(typists))
      for (const [at, typist] of typists.entries()) {
        const place = places[at % places.length]
        if (!place) throw new Error('the page has no lines')
        typist.sitsDown(place)
        this.#people.push({ typist, due: performance.now() + this.#gap(), colleagues: typists.length - 1 })
      }
    }
  }

  async #stateFor(typists: readonly Typist[]): Promise<Uint8Array> {
    const { seed } = this.#order
    if (!seed) return (await Promise.all(typists.map(({ state }) => state)))[0] ?? new Uint8Array()
    await Promise.all(typists.map(typist => typist.opened()))
    const update = Buffer.from(seed.update, 'base64')
    if (seed.isKept) typists[0]?.brings(update)
    return update
  }

  async typesFor(milliseconds: number) {
    const end = performance.now() + milliseconds
    for (let now = performance.now(); now < end; now = performance.now()) {
      for (const person of this.#people) {
        if (person.due > now) continue
        person.due += this.#gap()
        this.#types(person)
      }
      await wait(1)
    }
  }

  #types({ typist, colleagues }: { typist: Typist; colleagues: number }) {
    const turn = ++this.#turn
    if (this.isMeasured) this.#edits.set(turn, { at: performance.now(), by: typist, missing: colleagues })
    typist.types(turn)
    if (this.#order.hasPresence) typist.moves(turn)
  }

  #arrives(turn: number, at: Typist) {
    const edit = this.#edits.get(turn)
    if (!edit || edit.by === at) return
    edit.missing--
    this.#delays.push(performance.now() - edit.at)
  }

  /** Milliseconds until somebody types again. */
  #gap(): number {
    return (1000 / (this.#order.pace ?? 5)) * (0.5 + Math.random())
  }

  outcome(): Outcome {
    const delays = this.#delays.toSorted((a, b) => a - b)
    const quantile = (share: number) => delays[Math.floor(share * delays.length)] ?? NaN
    let lost = 0
    for (const { missing } of this.#edits.values()) lost += Math.abs(missing)
    return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), delivered: delays.length, lost }
  }

  async leaves() {
    await Promise.all(this.#people.map(({ typist }) => typist.leaves()))
  }
}

/** The last letter of every line of a page. */
function placesIn(state: Uint8Array): Place[] {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, state)
  const places = fragmentOf(ydoc)
    .toArray()
    .flatMap(block => {
      const text = block instanceof Y.XmlElement ? block.get(0) : undefined
      let last = text instanceof Y.XmlText ? text._start : null
      while (last?.right) last = last.right
      return last ? [{ client: last.id.client, clock: last.id.clock + last.length - 1 }] : []
    })
  ydoc.destroy()
  return places
}
