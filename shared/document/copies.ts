import * as Y from 'yjs'
import { recognised } from './returning.ts'

/** One letter, as Yjs knows it. */
export type LetterId = { client: number; clock: number }

/** What a letter says, as far as that is known from elsewhere. */
export type Known = (client: number, clock: number) => string | undefined

/**
 * Follows letters through the updates of a draft, oldest first. Yjs cannot move: Enter, a join, cut and paste remove
 * letters and write them anew under whoever did it. Promises for such a copy the letter that it was first; any other
 * letter is itself.
 */
export function copiesIn(updates: Iterable<Uint8Array>, known: Known): Origins {
  const written = new Runs<string>()
  const removed = new Runs<true>()
  const origins = new Runs<LetterId>()
  const before: Piece[] = []
  const letterAt: Known = (client, clock) => {
    const run = written.at(client, clock)
    return run ? run.value[clock - run.clock] : known(client, clock)
  }
  for (const payload of updates) {
    const { structs, ds } = Y.decodeUpdate(payload)
    const texts = textsIn(structs)
    for (const text of texts) for (const { id, str } of text) written.add(id.client, id.clock, str.length, str)
    const pieces = removedPieces(ds.clients, removed, letterAt)
    for (const text of texts) {
      const sameAct = matched(text, pieces, 1)
      const found = [sameAct, undone(text, before), matched(text, before, recognised)].find(({ length }) => length > 0)
      for (const { id, size, origin } of found ?? []) origins.add(id.client, id.clock, size, origin)
    }
    before.unshift(...pieces.filter(({ str, used }) => used < str.length))
    before.splice(remembered)
  }
  return (client, clock, size) => {
    let [letter, left] = [{ client, clock }, size]
    for (;;) {
      const { run, size: same } = origins.from(letter.client, letter.clock, left)
      left = same
      if (!run) return { ...letter, size: left }
      letter = { client: run.value.client, clock: run.value.clock + letter.clock - run.clock }
    }
  }
}

/** What letters were first: of so many that follow each other, as many as do so there too. */
export type Origins = (client: number, clock: number, size: number) => LetterId & { size: number }

/** So many pieces that were removed and not yet found again are looked through. */
const remembered = 100

/** What stands for runs of letters, found by any of them. */
export class Runs<Value> {
  readonly #byClient = new Map<number, { clock: number; size: number; value: Value }[]>()

  add(client: number, clock: number, size: number, value: Value) {
    const runs = this.#byClient.get(client) ?? []
    this.#byClient.set(client, runs)
    const last = runs.at(-1)
    if (!last || last.clock < clock) runs.push({ clock, size, value })
    else runs.splice(after(runs, clock), 0, { clock, size, value })
  }

  at(client: number, clock: number) {
    return this.from(client, clock, 1).run
  }

  /** The run that a letter is in, if any, and for how many letters from there on that holds, at most so many. */
  from(client: number, clock: number, most: number) {
    const runs = this.#byClient.get(client)
    if (!runs) return { run: undefined, size: most }
    const place = after(runs, clock)
    const run = runs[place - 1]
    if (run && clock < run.clock + run.size) return { run, size: Math.min(most, run.clock + run.size - clock) }
    return { run: undefined, size: Math.min(most, (runs[place]?.clock ?? Infinity) - clock) }
  }
}

/** The place behind the last run that begins at a clock or before it. */
function after(runs: readonly { clock: number }[], clock: number): number {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.clock ?? 0) <= clock) low = middle + 1
    else high = middle
  }
  return low
}

/** `right` is the letter that stood behind when it was written. */
type Text = { id: LetterId; str: string; right: LetterId | null }[]

/** The texts that an update writes: strings that follow each other, whatever marks begin and end between them. */
function textsIn(structs: readonly (Y.Item | Y.GC | { id: Y.ID })[]): Text[] {
  const texts: Text[] = []
  let open: { text: Text; client: number; last: number } | undefined
  for (const struct of structs) {
    const item = struct instanceof Y.Item ? struct : undefined
    const follows =
      open !== undefined &&
      item?.origin?.client === open.client &&
      item.origin.clock === open.last &&
      item.id.client === open.client
    if (!item || !(item.content instanceof Y.ContentString || item.content instanceof Y.ContentFormat)) {
      open = undefined
      continue
    }
    if (!open || !follows) {
      const text: Text = []
      texts.push(text)
      open = { text, client: item.id.client, last: 0 }
    }
    open.last = item.id.clock + item.length - 1
    if (item.content instanceof Y.ContentString)
      open.text.push({
        id: { client: item.id.client, clock: item.id.clock },
        str: item.content.str,
        right: item.rightOrigin,
      })
  }
  return texts.filter(text => text.length > 0)
}

/** A removed run of letters, and how many of them were found again. */
interface Piece {
  id: LetterId
  str: string
  used: number
}

function removedPieces(
  clients: ReadonlyMap<number, readonly { clock: number; len: number }[]>,
  removed: Runs<true>,
  letterAt: Known,
): Piece[] {
  const pieces: Piece[] = []
  for (const [client, ranges] of clients)
    for (const { clock: from, len } of ranges) {
      let open: Piece | undefined
      for (let clock = from; clock < from + len; clock++) {
        // Whoever comes back tells of everything that was ever removed.
        const letter = removed.at(client, clock) ? undefined : letterAt(client, clock)
        if (letter === undefined) open = undefined
        else if (open) open.str += letter
        else pieces.push((open = { id: { client, clock }, str: letter, used: 0 }))
      }
      removed.add(client, from, len, true)
    }
  return pieces
}

interface Match {
  id: LetterId
  size: number
  origin: LetterId
  piece: Piece
}

/**
 * A text that an undo brought back: Yjs writes each letter anew just before the one that was removed. The same word
 * typed elsewhere, or by chance, is another.
 */
function undone(text: Text, pieces: readonly Piece[]): Match[] {
  const found: Match[] = []
  const used = new Map<Piece, number>()
  for (const { id, str, right } of text) {
    const isBack = (one: Piece, from: number) =>
      right?.client === one.id.client && right.clock === one.id.clock + from && one.str.startsWith(str, from)
    const piece = pieces.find(one => isBack(one, used.get(one) ?? one.used))
    if (!piece || !right) return []
    found.push({ id, size: str.length, origin: right, piece })
    used.set(piece, (used.get(piece) ?? piece.used) + str.length)
  }
  for (const [piece, size] of used) piece.used = size
  return found
}

/** So much is compared at most for one text. */
const affordable = 200_000

/**
 * The parts of a text that are removed pieces, one behind the other: all of it from `least` letters on, or parts that
 * are long enough to be no chance.
 */
function matched(text: Text, pieces: readonly Piece[], least: number): Match[] {
  const whole = text.map(({ str }) => str).join('')
  if (pieces.length === 0 || whole.length < least || whole.length * pieces.length > affordable) return []
  const letters = text.flatMap(({ id, str }) =>
    Array.from({ length: str.length }, (_, at) => ({ client: id.client, clock: id.clock + at })),
  )
  const found: Match[] = []
  const used = new Map(pieces.map(piece => [piece, piece.used]))
  let covered = 0
  for (let at = 0; at < whole.length;) {
    const best = bestOf(pieces, used, whole, at)
    const id = letters[at]
    if (!best || !id) {
      at++
      continue
    }
    const from = used.get(best.piece) ?? 0
    // The letters of a text are not always one run of ids; a match within one of them is.
    const size = Math.min(best.size, runFrom(letters, at))
    const { client, clock } = best.piece.id
    found.push({ id, size, origin: { client, clock: clock + from }, piece: best.piece })
    used.set(best.piece, from + size)
    covered += size
    at += size
  }
  const isWhole = covered === whole.length && found.every(({ piece }) => used.get(piece) === piece.str.length)
  const taken = isWhole ? found : found.filter(({ size }) => size >= recognised)
  for (const { piece } of taken) piece.used = used.get(piece) ?? piece.used
  return taken
}

function runFrom(letters: readonly LetterId[], at: number): number {
  let size = 1
  while (letters[at + size]?.clock === (letters[at]?.clock ?? 0) + size) size++
  return size
}

function bestOf(pieces: readonly Piece[], used: ReadonlyMap<Piece, number>, text: string, at: number) {
  let best: { piece: Piece; size: number } | undefined
  for (const piece of pieces) {
    const from = used.get(piece) ?? 0
    let size = 0
    while (from + size < piece.str.length && at + size < text.length && piece.str[from + size] === text[at + size])
      size++
    if (size > (best?.size ?? 0)) best = { piece, size }
  }
  return best
}
