import * as Y from 'yjs'

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/**
 * Whether an update that has not come in yet changes a block: something in it, its own attributes or those of what
 * stands around it, or that it is there at all.
 */
export function touches(block: Y.XmlElement, update: Uint8Array): boolean {
  const { doc, _item: own } = block
  if (!doc || !own) return true
  const around = chainOf(own)
  const isTouched = (item: Y.Item | undefined, attribute: string | null) =>
    item !== undefined && (chainOf(item).has(own) || (attribute !== null && around.has(item)))

  const { structs, ds } = Y.decodeUpdate(update)
  const coming = new Map<number, Struct[]>()
  for (const struct of structs) {
    const known = coming.get(struct.id.client)
    if (known) known.push(struct)
    else coming.set(struct.id.client, [struct])
  }
  for (const struct of structs)
    if (struct instanceof Y.Item && !itemAt(doc.store.clients, struct.id))
      if (isTouched(holderOf(struct, doc, coming), struct.parentSub)) return true

  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges)
      for (const item of itemsIn(doc, client, clock, len))
        if (!item.deleted && (around.has(item) || isTouched(parentOf(item), item.parentSub))) return true
  return false
}

/** The item, known already, in which one that is coming will stand, however deep; undefined is the page itself. */
function holderOf(item: Y.Item, doc: Y.Doc, coming: Map<number, Struct[]>): Y.Item | undefined {
  const passed = new Set<Y.Item>()
  for (let at: Y.Item | undefined = item; at && !passed.has(at);) {
    passed.add(at)
    // Before it comes in, a parent is the name of a root, the id of an item, or left to the neighbour.
    const parent: unknown = at.parent
    const id: Y.ID | null = parent instanceof Y.ID ? parent : typeof parent === 'string' ? null : neighbourOf(at)
    if (!id) return undefined
    const known = itemAt(doc.store.clients, id)
    if (known) return parent instanceof Y.ID ? known : parentOf(known)
    at = itemAt(coming, id)
  }
  return undefined
}

const neighbourOf = ({ origin, rightOrigin }: Y.Item) => origin ?? rightOrigin

const parentOf = ({ parent }: Y.Item): Y.Item | undefined =>
  parent instanceof Y.AbstractType ? (parent._item ?? undefined) : undefined

function chainOf(item: Y.Item): Set<Y.Item> {
  const chain = new Set<Y.Item>()
  for (let at: Y.Item | undefined = item; at; at = parentOf(at)) chain.add(at)
  return chain
}

function itemAt(clients: ReadonlyMap<number, Struct[]>, { client, clock }: Y.ID): Y.Item | undefined {
  const structs = clients.get(client)
  const [first, last] = [structs?.[0], structs?.at(-1)]
  if (!structs || !first || !last || clock < first.id.clock || clock >= last.id.clock + last.length) return undefined
  let [low, high] = [0, structs.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    const struct = structs[middle]
    if (struct && clock >= struct.id.clock + struct.length) low = middle + 1
    else high = middle
  }
  const found = structs[low]
  return found instanceof Y.Item ? found : undefined
}

function* itemsIn(doc: Y.Doc, client: number, clock: number, length: number) {
  const structs = doc.store.clients.get(client)
  const last = structs?.at(-1)
  if (!structs || !last || clock >= last.id.clock + last.length) return
  for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
    const struct = structs[at]
    if (!struct || struct.id.clock >= clock + length) return
    if (struct instanceof Y.Item) yield struct
  }
}
