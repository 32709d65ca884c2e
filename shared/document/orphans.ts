import * as Y from 'yjs'
import { fragmentOf, membersOf } from './live.ts'

/** Words that arrived in a passage which somebody had removed meanwhile: integrated, but never shown to anyone. */
export type Orphan = {
  /** Whoever typed them, as Yjs knows them. */
  client: number
  text: string
  /** The block of the page beside which they would stand, as far as can be told. */
  near: number | undefined
}

/**
 * The orphans among the updates that one transaction brought. Words that their own update, or another of the same
 * transaction, deletes again were taken back on purpose and are none; nor are those that found a place elsewhere. An
 * orphan may be nothing but a space: whoever types sends letter by letter, and it stands between two words.
 */
export function orphans(
  updates: readonly Uint8Array[],
  transaction: Y.Transaction,
  hasPlace: (id: Y.ID) => boolean = () => false,
): Orphan[] {
  if (!bringsDeleted(transaction)) return []
  const decoded = updates.map(update => Y.decodeUpdate(update))
  const takenBack = Y.mergeDeleteSets(decoded.map(update => update.ds))
  const chains: Letter[][] = []
  for (const struct of decoded.flatMap(update => update.structs)) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue
    const seen = transaction.beforeState.get(struct.id.client) ?? 0
    const text = struct.content.str
    for (let at = 0; at < text.length; at++) {
      const id = Y.createID(struct.id.client, struct.id.clock + at)
      if (id.clock < seen || Y.isDeleted(takenBack, id) || hasPlace(id) || !isGone(transaction.doc, id)) continue
      const origin = at === 0 ? struct.origin : Y.createID(id.client, id.clock - 1)
      place(chains, { id, origin, letter: text[at] ?? '' })
    }
  }
  return chains.map(chain => passageOf(chain, transaction))
}

/** Whether anything that a transaction brought is deleted, as orphans are; almost always nothing is. */
function bringsDeleted({ doc, beforeState }: Y.Transaction): boolean {
  for (const [client, structs] of doc.store.clients) {
    const before = beforeState.get(client) ?? 0
    const last = structs.at(-1)
    if (!last || last.id.clock + last.length <= before) continue
    for (let at = Y.findIndexSS(structs, before); at < structs.length; at++) if (structs[at]?.deleted) return true
  }
  return false
}

const passageOf = (chain: Letter[], { doc }: Y.Transaction): Orphan => ({
  client: chain[0]?.id.client ?? 0,
  text: chain.map(({ letter }) => letter).join(''),
  near: placeOf(doc, chain[0]),
})

/**
 * Words that went with the passage around them, though whoever removed it had not seen them: they came in between. To be
 * asked inside the transaction that removed them, while their letters are still known; `seen` is what the updates of
 * this transaction say they delete.
 */
export function swept(
  seen: Deletions,
  transaction: Y.Transaction,
  hasPlace: (id: Y.ID) => boolean = () => false,
): Orphan[] {
  // Each their own: two people who wrote side by side get each what is theirs.
  const byClient = new Map<number, Letter[][]>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, struct => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return
    const { client, clock } = struct.id
    const chains = byClient.get(client) ?? []
    byClient.set(client, chains)
    const text = struct.content.str
    for (let at = 0; at < text.length; at++) {
      const id = Y.createID(client, clock + at)
      // What came with these updates and found no place is an orphan.
      if (id.clock >= (transaction.beforeState.get(client) ?? 0) || Y.isDeleted(seen, id) || hasPlace(id)) continue
      const origin = at === 0 ? struct.origin : Y.createID(client, id.clock - 1)
      place(chains, { id, origin, letter: text[at] ?? '' })
    }
  })
  return [...byClient.values()]
    .flatMap(chains => chains.map(chain => passageOf(chain, transaction)))
    .filter(({ text }) => text.trim() !== '')
}

type Deletions = Y.Transaction['deleteSet']
type Letter = { id: Y.ID; origin: Y.ID | null; letter: string }

/** A letter stands behind the one it was typed behind; where that is no orphan, a new passage begins. */
function place(chains: Letter[][], letter: Letter) {
  const { origin } = letter
  for (const chain of origin ? chains.toReversed() : []) {
    const at = chain.findLastIndex(other => Y.compareIDs(other.id, origin))
    if (at < 0) continue
    chain.splice(at + 1, 0, letter)
    return
  }
  chains.push([letter])
}

function isGone(ydoc: Y.Doc, id: Y.ID): boolean {
  const structs = ydoc.store.clients.get(id.client)
  const last = structs?.at(-1)
  if (!structs || !last || id.clock >= last.id.clock + last.length) return false
  return structs[Y.findIndexSS(structs, id.clock)]?.deleted ?? false
}

/**
 * What was removed is forgotten, but a block is written just before its words: the last removed block of whoever wrote
 * the words around is the likely one.
 */
function placeOf(ydoc: Y.Doc, first: Letter | undefined): number | undefined {
  const around = first?.origin
  if (!around) return undefined
  let living = 0
  let [near, clock]: [number | undefined, number] = [undefined, -1]
  for (let item = fragmentOf(ydoc)._start; item; item = item.right) {
    const { client, clock: written } = item.id
    if (item.deleted && client === around.client && written <= around.clock && written > clock) {
      near = living
      clock = written
    }
    if (!item.deleted) living++
  }
  const last = membersOf(fragmentOf(ydoc)).length - 1
  return near === undefined ? undefined : Math.max(0, Math.min(near, last))
}
