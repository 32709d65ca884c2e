import * as Y from 'yjs'

/** Letters that follow each other in both places: so many, from one id to another. */
interface Run {
  from: Y.ID
  to: Y.ID
  length: number
  at: number
}

const most = 2_000
/** So long after a move somebody may still type without having heard of it. */
const inFlight = 1_500
/** So long somebody else may not have heard of a word that is here. */
const young = 10_000
const grain = 1_000

/**
 * Remembers which letters were written anew elsewhere, for those who type beside the old ones before they have heard of
 * it. Yjs cannot move: a wrap, Enter or a join deletes letters and writes their copies.
 */
export class Moves {
  #runs: Run[] = []
  #unsettled = 0
  readonly #young = new Map<number, { clock: number; at: number }[]>()

  get isEmpty() {
    return this.#runs.length === 0
  }

  add(from: Y.ID, to: Y.ID) {
    const last = this.#unsettled > 0 ? this.#runs.at(-1) : undefined
    if (last && isNext(last.from, from, last.length) && isNext(last.to, to, last.length)) last.length++
    else {
      this.#runs.push({ from, to, length: 1, at: Date.now() })
      this.#unsettled++
    }
  }

  /** Where a letter is now: its copy, or the copy of its copy. */
  of(id: Y.ID): Y.ID | undefined {
    return this.copiesOf(id).at(-1)
  }

  /** The copy of a letter, the copy of that, and so on. */
  copiesOf(id: Y.ID): Y.ID[] {
    const found: Y.ID[] = []
    // A copy is newer than what it copies, so one pass from the oldest to the newest follows them all.
    for (const { from, to, length } of this.#runs) {
      const { client, clock } = found.at(-1) ?? id
      const at = clock - from.clock
      if (from.client === client && at >= 0 && at < length) found.push(Y.createID(to.client, to.clock + at))
    }
    return found
  }

  /** Whether a letter moved so lately that whoever types beside it may not know; the one who moved it does. */
  isFresh(id: Y.ID, typist: number): boolean {
    const isIn = ({ from, length }: Run) =>
      from.client === id.client && id.clock >= from.clock && id.clock < from.clock + length
    return this.#runs.some(run => isIn(run) && run.to.client !== typist && run.at > Date.now() - inFlight)
  }

  /** Remembers for a while from which clock on a client's letters are new here. */
  heard(client: number, clock: number) {
    const at = Date.now()
    const steps = this.#young.get(client) ?? []
    const last = steps.at(-1)
    if (last && last.at > at - grain) return
    this.#young.set(client, [...steps.filter(step => step.at > at - young - grain), { clock, at }])
  }

  isYoung({ client, clock }: Y.ID): boolean {
    const step = this.#young.get(client)?.find(({ at }) => at > Date.now() - young - grain)
    return step !== undefined && clock >= step.clock
  }

  /** The letters of a stretch that moved so lately that whoever removes them may not know. */
  *within(client: number, clock: number, length: number): Generator<Y.ID> {
    const found = new Set<number>()
    const since = Date.now() - inFlight
    for (const run of this.#runs) {
      if (run.from.client !== client || run.at < since) continue
      const end = Math.min(clock + length, run.from.clock + run.length)
      for (let at = Math.max(clock, run.from.clock); at < end; at++) found.add(at)
    }
    for (const at of found) yield Y.createID(client, at)
  }

  /** Keeps what was added for good: it is on disk. */
  settle() {
    this.#unsettled = 0
    if (this.#runs.length > most) this.#runs.splice(0, this.#runs.length - most)
  }

  /** Forgets what was added since: it has not happened. */
  unsettle() {
    if (this.#unsettled > 0) this.#runs.splice(-this.#unsettled)
    this.#unsettled = 0
  }
}

const isNext = (first: Y.ID, id: Y.ID, length: number) =>
  first.client === id.client && first.clock + length === id.clock
