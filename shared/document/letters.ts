import * as Y from 'yjs'

export interface Letter {
  id: Y.ID
  /** Nothing where the letter was removed so long ago that it is forgotten. */
  text: string | undefined
  isGone: boolean
}

/** Every letter of a text in its order, with those that are not there any more. */
export function lettersOf(text: Y.XmlText): Letter[] {
  const letters: Letter[] = []
  for (let item = text._start; item; item = item.right) {
    const { id, content, length, deleted } = item
    if (!(content instanceof Y.ContentString || content instanceof Y.ContentDeleted)) continue
    for (let at = 0; at < length; at++)
      letters.push({
        id: Y.createID(id.client, id.clock + at),
        text: content instanceof Y.ContentString ? content.str[at] : undefined,
        isGone: deleted,
      })
  }
  return letters
}

/** Where a letter stands in its text, or stood, and how wide it is; nothing where the text is gone too. */
export function standing(ydoc: Y.Doc, id: Y.ID): { text: Y.XmlText; index: number; width: 0 | 1 } | undefined {
  const item = itemAt(ydoc, id)
  if (!item || !(item.parent instanceof Y.XmlText) || item.parent._item?.deleted) return undefined
  let index = item.deleted ? 0 : id.clock - item.id.clock
  for (let left = item.left; left; left = left.left) if (!left.deleted && left.countable) index += left.length
  return { text: item.parent, index, width: item.deleted ? 0 : 1 }
}

export function itemAt(ydoc: Y.Doc, { client, clock }: Y.ID): Y.Item | undefined {
  const structs = ydoc.store.clients.get(client)
  const last = structs?.at(-1)
  if (!structs || !last || clock >= last.id.clock + last.length) return undefined
  const found = structs[Y.findIndexSS(structs, clock)]
  return found instanceof Y.Item ? found : undefined
}

/** The items that a transaction has added under these client ids. */
export function* addedIn(transaction: Y.Transaction, clients: Iterable<number>): Generator<Y.Item> {
  for (const client of clients) {
    const structs = transaction.doc.store.clients.get(client) ?? []
    const seen = transaction.beforeState.get(client) ?? 0
    const last = structs.at(-1)
    if (!last || last.id.clock + last.length <= seen) continue
    for (const struct of structs.slice(Y.findIndexSS(structs, seen))) if (struct instanceof Y.Item) yield struct
  }
}

export const isNewIn = ({ beforeState }: Y.Transaction, { client, clock }: Y.ID) =>
  clock >= (beforeState.get(client) ?? 0)

/** What a transaction has removed so far; its own list is in no order before it ends. */
export const removedIn = ({ deleteSet }: Y.Transaction) => Y.mergeDeleteSets([deleteSet])
