import * as Y from 'yjs'
import { itemAt, type Letter, removedIn, standing } from './letters.ts'
import type { Moves } from './moved-letters.ts'
import { rewrittenIn } from './rewritten.ts'

type Deletions = Y.Transaction['deleteSet']

/** What came in one transaction: as Yjs takes an update apart, before it was applied. */
export interface Brought {
  structs: ReturnType<typeof Y.decodeUpdate>['structs']
  deletes: Deletions
  /** It holds everything its sender has, not only what they have just done. */
  isAnswer: boolean
}

/** Which letters found their new place, and under which client ids they stand there: by the client that typed them. */
export interface Carried {
  /** Whether a letter has its place, or its copy was removed by whoever removed it. */
  has(id: Y.ID): boolean
  carriers: ReadonlyMap<number, number>
  /** Whether anything was written or removed beyond what the sender knows of. */
  hasChanged: boolean
}

/**
 * Takes words along that were typed beside letters which somebody has written anew elsewhere at that very moment: when a
 * line is wrapped, split, joined or moved, what a colleague types in it goes with it. Called inside the transaction that
 * brought the updates; works for words that came before the move and for those that come after.
 */
export function carry(transaction: Y.Transaction, brought: readonly Brought[], moves: Moves): Carried {
  const { doc } = transaction
  const own = doc.clientID
  const done = new Set<string>()
  const carriers = new Map<number, number>()
  const seen = Y.mergeDeleteSets(brought.map(({ deletes }) => deletes))
  const followed = new Set<string>()

  /** Writes letters beside another, under an id that is their author's and stands before what the author types there. */
  const write = (words: string, id: Y.ID, text: Y.XmlText, index: number) => {
    const carrier = carriers.get(id.client) ?? idBefore(doc, id.client)
    carriers.set(id.client, carrier)
    doc.clientID = carrier
    const clock = Y.getState(doc.store, carrier)
    text.insert(index, words)
    doc.clientID = own
    for (let at = 0; at < words.length; at++) {
      const letter = Y.createID(id.client, id.clock + at)
      done.add(nameOf(letter))
      moves.add(letter, Y.createID(carrier, clock + at))
    }
  }
  const beside = (letter: Y.ID | null, side: 0 | 1) => {
    const copy = letter && moves.of(letter)
    const place = copy && standing(doc, copy)
    return place && { text: place.text, index: place.index + side * place.width }
  }
  const remove = (id: Y.ID) => {
    const place = standing(doc, id)
    if (place?.width !== 1) return
    place.text.delete(place.index, 1)
    followed.add(nameOf(id))
  }

  if (!moves.isEmpty) {
    const removed = removedIn(transaction)
    for (const one of brought) if (!one.isAnswer && !namesOldDeletes(one, removed)) followDeletes(one, removed)
    for (const { structs } of brought) for (const struct of structs) if (struct instanceof Y.Item) carryLate(struct)
  }
  if (transaction.deleteSet.clients.size > 0) carryEarly()
  return {
    has: id => done.has(nameOf(id)) || followed.has(nameOf(id)),
    carriers,
    hasChanged: carriers.size > 0 || followed.size > 0,
  }

  /**
   * Not what its sender has just done, but all that is gone where they are: so some clients send every change. What they
   * have seen moved they did not remove.
   */
  function namesOldDeletes({ deletes }: Brought, removed: Deletions) {
    for (const [client, ranges] of deletes.clients)
      for (const { clock, len } of ranges)
        for (let at = clock; at < clock + len; at++) {
          const id = Y.createID(client, at)
          if (itemAt(doc, id)?.deleted && !Y.isDeleted(removed, id) && moves.of(id) === undefined) return true
        }
    return false
  }

  /**
   * Whoever removes a letter that was written anew meanwhile means its copy as well; not whoever wrote a copy of it, whose
   * update may come twice, though others have put that copy elsewhere since.
   */
  function followDeletes({ deletes, structs }: Brought, removed: Deletions) {
    const writers = new Set(structs.map(struct => struct.id.client))
    for (const [client, ranges] of deletes.clients)
      for (const { clock, len } of ranges)
        for (const id of moves.within(client, clock, len)) {
          const copies = moves.copiesOf(id)
          const last = copies.at(-1)
          if (last && !copies.some(copy => writers.has(copy.client)) && !Y.isDeleted(removed, id)) remove(last)
        }
  }

  function carryLate({ id, content, origin, rightOrigin }: Y.Item) {
    if (!(content instanceof Y.ContentString) || id.clock < (transaction.beforeState.get(id.client) ?? 0)) return
    const item = itemAt(doc, id)
    const isGone = !item || item.deleted
    const place = placeFor(id, origin, rightOrigin, isGone)
    const isTakenBack = Array.from(content.str, (_, at) => Y.createID(id.client, id.clock + at)).some(letter =>
      Y.isDeleted(seen, letter),
    )
    if (!place || isTakenBack) return
    if (!isGone) for (let at = content.str.length - 1; at >= 0; at--) remove(Y.createID(id.client, id.clock + at))
    write(content.str, id, place.text, place.index)
  }

  /**
   * Where a text goes on living, its end may only seem to be a place among removed letters: who types at the end that is
   * left stands behind them too.
   */
  function placeFor(id: Y.ID, origin: Y.ID | null, rightOrigin: Y.ID | null, isGone: boolean) {
    const isBetween = rightOrigin !== null && moves.of(rightOrigin) !== undefined
    if (isGone || (isBetween && origin === null)) return beside(origin, 1) ?? beside(rightOrigin, 0)
    return isBetween || (origin && moves.isFresh(origin, id.client)) ? beside(origin, 1) : undefined
  }

  /** Words that were there before, unseen by whoever wrote what stands around them anew. */
  function carryEarly() {
    const clients = new Set(brought.flatMap(({ structs }) => structs.map(({ id }) => id.client)))
    const isAnswer = brought.some(one => one.isAnswer)
    const isSeen = (id: Y.ID) => Y.isDeleted(seen, id) || followed.has(nameOf(id))
    for (const { letters, copies, isRest } of rewrittenIn(transaction, clients, isSeen, isAnswer)) {
      for (const [letter, copy] of copies) {
        const earlier = letter.text === undefined ? moves.of(letter.id) : undefined
        moves.add(letter.id, copy)
        // Of two copies of one letter one stays.
        if (earlier && followed.has(nameOf(earlier))) moves.add(earlier, copy)
        else if (letter.text === undefined) remove(copy)
      }
      const first = letters.find(letter => copies.has(letter))
      let before: Letter | undefined
      let hasBegun = false
      for (const letter of letters) {
        hasBegun ||= letter === first
        const isLeft = isRest && hasBegun && moves.isYoung(letter.id) && !clients.has(letter.id.client)
        const isUnseen = letter.text !== undefined && (letter.isGone ? !isSeen(letter.id) : isLeft)
        if (isUnseen) {
          const place = before ? beside(before.id, 1) : first && beside(first.id, 0)
          if (place) {
            if (!letter.isGone) remove(letter.id)
            write(letter.text ?? '', letter.id, place.text, place.index)
          }
        }
        if (copies.has(letter) || done.has(nameOf(letter.id))) before = letter
      }
    }
  }
}

const nameOf = ({ client, clock }: Y.ID) => `${client} ${clock}`

/** Of two who write at one place Yjs puts the lower id first, and the author goes on typing behind these words. */
function idBefore(doc: Y.Doc, client: number): number {
  for (let tries = 0; ; tries++) {
    const id = Math.floor(Math.random() * (tries < 100 ? client : 2 ** 32))
    if (!doc.store.clients.has(id)) return id
  }
}
