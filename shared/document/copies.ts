import * as Y from 'yjs'
import { Beginnings } from './beginnings.ts'
import { type Known, type LetterId, type Piece, removedPieces, type Text, undone } from './removed.ts'
import { recognised } from './returning.ts'
import { Runs } from './runs.ts'
import { matched } from './woven.ts'

/**
 * Follows letters through the updates of a draft, oldest first. Yjs cannot move: Enter, a join, cut and paste remove
 * letters and write them anew under whoever did it. Promises for such a copy the letter that it was first; any other
 * letter is itself.
 */
export function copiesIn(updates: Iterable<Uint8Array>, known: Known): Origins {
  const written = new Runs<string>()
  const removed = new Runs<true>()
  const origins = new Runs<LetterId>()
  let before: readonly Piece[] = []
  const letterAt: Known = (client, clock) => {
    const run = written.at(client, clock)
    return run ? run.value[clock - run.clock] : known(client, clock)
  }
  // An update may say again what was said before, and what it removes itself stands nowhere: neither is a copy. So no
  // letter is ever one of a letter that is newer than itself.
  const isFresh = (client: number, clock: number) => !removed.at(client, clock) && letterAt(client, clock) === undefined
  const fresh = ({ id: { client, clock }, str, right }: Text[number]): Text => {
    const found: Text = []
    for (let from = 0, to = 0; from < str.length; from = to + 1) {
      for (to = from; to < str.length && isFresh(client, clock + to); to++);
      if (to > from) found.push({ id: { client, clock: clock + from }, str: str.slice(from, to), right })
    }
    return found
  }
  for (const payload of updates) {
    const { structs, ds } = Y.decodeUpdate(payload)
    const pieces = removedPieces(ds.clients, removed, letterAt)
    const texts = textsIn(structs).map(text => text.flatMap(fresh))
    for (const text of texts) for (const { id, str } of text) written.add(id.client, id.clock, str.length, str)
    const [ofThisAct, ofOthers] = [new Beginnings(pieces), new Beginnings(before)]
    for (const text of texts) {
      const sameAct = matched(text, ofThisAct, 1)
      const found = [sameAct, undone(text, before), matched(text, ofOthers, recognised)].find(
        ({ length }) => length > 0,
      )
      for (const { id, size, origin } of found ?? []) origins.add(id.client, id.clock, size, origin)
    }
    before = [...pieces.filter(({ str, used }) => used < str.length), ...before].slice(0, remembered)
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

/** Letters in stretches that came from one place, each with what it was first. */
export function* traced(runs: Iterable<LetterId & { size: number }>, originOf: Origins) {
  for (const { client, clock, size } of runs)
    for (let at = 0; at < size;) {
      const origin = originOf(client, clock + at, size - at)
      yield { client, clock: clock + at, origin }
      at += origin.size
    }
}

/** So many pieces that were removed and not yet found again are looked through. */
const remembered = 100

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
