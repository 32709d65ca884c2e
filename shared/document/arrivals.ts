import * as Y from 'yjs'

/**
 * What a transaction has put into each type, read from what it wrote: however long the page is, nothing else of it is
 * looked at. Letters may come with some before them, which Yjs has joined to them.
 */
export function arrivalsIn(transaction: Y.Transaction): Map<unknown, Y.Item[]> {
  const arrivals = new Map<unknown, Y.Item[]>()
  for (const [client, structs] of transaction.doc.store.clients) {
    const before = transaction.beforeState.get(client) ?? 0
    const last = structs.at(-1)
    if (!last || last.id.clock + last.length <= before) continue
    for (let at = Y.findIndexSS(structs, before); at < structs.length; at++) {
      const item = structs[at]
      if (!(item instanceof Y.Item)) continue
      const known = arrivals.get(item.parent)
      if (known) known.push(item)
      else arrivals.set(item.parent, [item])
    }
  }
  return arrivals
}
