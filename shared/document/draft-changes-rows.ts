import * as Y from 'yjs'
import { type AtomId, lastAtMost } from './draft-changes-atoms.ts'
import { copiesIn, type Origins } from './copies.ts'
import type { Earlier } from './draft-changes-earlier.ts'
import type { Known } from './removed.ts'
import { Runs } from './runs.ts'
import type { Hand } from './selecting-parts.ts'

/** A row of a draft's log: who wrote it, when, and what. */
export interface LogRow {
  person: string | null
  at: number
  /** A Yjs V1 update. */
  payload: Uint8Array
  /** It says again what was said before, as the first of an epoch does. */
  isAnew: boolean
}

/** Who put something there, and who took it away, as the rows of a log tell. */
export interface Deeds {
  put(id: AtomId): Hand | undefined
  took(id: AtomId): Hand | undefined
  /** Who had written it before the first of the rows, where they say it anew. */
  wrote(id: AtomId): Hand | undefined
  /** What letters were first that somebody then only put elsewhere. */
  readonly origins: Origins
  /** The only one who wrote any of them, where there is only one. */
  somebody: Hand
  /** Everyone who wrote any of them, and when first. */
  hands: readonly Hand[]
}

/**
 * Reads rows of a log, oldest first; only when it is asked for something, for most of it nobody asks. `earlier` is what
 * was known before the first of them, `known` what the letters of the head say.
 */
export function deedsIn(rows: readonly LogRow[], known: Known, earlier: readonly Earlier[] = []): Deeds {
  const own = rows.filter(row => !row.isAnew)
  const firsts = new Map<string | null, Hand>()
  for (const { person, at } of [...earlier.filter(({ did }) => did === 'came'), ...own])
    if (!firsts.has(person)) firsts.set(person, { person, at })
  const hands = [...firsts.values()]
  const [first] = hands
  let read: ReturnType<typeof spansIn> | undefined
  const all = () => (read ??= spansIn(rows, earlier))
  let origins: Origins | undefined
  return {
    put: id => all().put.at(id),
    took: id => all().taken.at(id),
    wrote: id => all().written.at(id),
    origins: (client, clock, size) => (origins ??= originsIn(rows, known, earlier))(client, clock, size),
    somebody: { person: hands.length === 1 ? (first?.person ?? null) : null, at: first?.at ?? null },
    hands,
  }
}

function originsIn(rows: readonly LogRow[], known: Known, earlier: readonly Earlier[]): Origins {
  const follow = copiesIn(
    rows.map(({ payload }) => payload),
    known,
  )
  const copies = new Runs<{ client: number; clock: number }>()
  for (const one of earlier) if (one.did === 'copy') copies.add(one.client, one.clock, one.size, one.of)
  return (client, clock, most) => {
    const letter = follow(client, clock, most)
    const { run, size } = copies.from(letter.client, letter.clock, letter.size)
    if (!run) return { ...letter, size }
    return { client: run.value.client, clock: run.value.clock + letter.clock - run.clock, size }
  }
}

function spansIn(rows: readonly LogRow[], earlier: readonly Earlier[]) {
  const [put, taken, written] = [new Spans(), new Spans(), new Spans()]
  for (const { did, client, clock, size, person, at } of earlier) {
    if (did === 'take') taken.add(client, clock, size, { person, at })
    if (did === 'write') written.add(client, clock, size, { person, at })
  }
  for (const { person, at, payload, isAnew } of rows) {
    if (isAnew) continue
    const { structs, ds } = Y.decodeUpdate(payload)
    const hand = { person, at }
    for (const { id, length } of structs) put.add(id.client, id.clock, length, hand)
    for (const [client, items] of ds.clients) for (const { clock, len } of items) taken.add(client, clock, len, hand)
  }
  return { put, taken, written }
}

/** Which hand it was first, for stretches of the clocks of many clients. */
class Spans {
  readonly #clients = new Map<number, { starts: number[]; spans: { end: number; hand: Hand }[] }>()

  add(client: number, from: number, size: number, hand: Hand) {
    let known = this.#clients.get(client)
    if (!known) this.#clients.set(client, (known = { starts: [], spans: [] }))
    const { starts, spans } = known
    for (let at = from; at < from + size;) {
      const before = lastAtMost(starts, at)
      const covered = spans[before]?.end ?? 0
      if (before >= 0 && covered > at) {
        at = covered
        continue
      }
      const end = Math.min(from + size, starts[before + 1] ?? Infinity)
      starts.splice(before + 1, 0, at)
      spans.splice(before + 1, 0, { end, hand })
      at = end
    }
  }

  at(id: AtomId): Hand | undefined {
    const known = id && this.#clients.get(id.client)
    if (!known) return undefined
    const span = known.spans[lastAtMost(known.starts, id.clock)]
    return span && span.end > id.clock ? span.hand : undefined
  }
}
