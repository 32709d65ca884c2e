import * as Y from 'yjs'
import { rootName } from '../../shared/document/live.ts'
import type { Rejected } from '../../shared/realtime/contract.ts'
import { bounds } from './limits.ts'

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** An update that a client sent, taken apart and found to be built of what a draft is built of. */
export interface Edit {
  update: Uint8Array
  /** It answers a sync step, so it holds everything that the client has. */
  isAnswer: boolean
  structs: Struct[]
  deletes: ReturnType<typeof Y.decodeUpdate>['ds']
}

export class EditRejected extends Error {
  readonly reason: Rejected['reason']
  constructor(reason: Rejected['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

const contents = [Y.ContentString, Y.ContentFormat, Y.ContentAny, Y.ContentDeleted, Y.ContentType]
const highestClock = 2 ** 40
/** Yjs collects attributes and marks in plain objects: set there, it changes what all others seem to be. */
const prototype = '__proto__'

/** Takes an update apart without applying it; throws `EditRejected` for anything that no editor writes. */
export function readEdit(update: Uint8Array, isAnswer: boolean): Edit {
  const { structs, ds } = decoded(update)
  if (structs.length > bounds.structs) throw new EditRejected('too-large', `${structs.length} items`)
  for (const struct of structs) {
    if (struct.id.clock + struct.length > highestClock) throw new EditRejected('malformed', 'a clock out of range')
    if (struct instanceof Y.Item) checkItem(struct)
  }
  return { update, isAnswer, structs, deletes: ds }
}

function decoded(update: Uint8Array) {
  try {
    return Y.decodeUpdate(update)
  } catch (cause) {
    throw new EditRejected('malformed', cause instanceof Error ? cause.message : 'unreadable')
  }
}

function checkItem({ content, parent, parentSub }: Y.Item) {
  // Before it is applied, a parent is the name of a root, the id of an item, or left to the neighbour.
  const root: unknown = parent
  if (typeof root === 'string' && root !== rootName) throw new EditRejected('root', `the root ${root.slice(0, 40)}`)
  if (typeof root === 'string' && parentSub !== null) throw new EditRejected('root', 'an attribute of the root')
  if (parentSub === prototype || (content instanceof Y.ContentFormat && content.key === prototype))
    throw new EditRejected('content', 'a name that JavaScript takes for something else')
  if (!contents.some(kind => content instanceof kind))
    throw new EditRejected('content', `content ${content.constructor.name}`)
  if (content instanceof Y.ContentType && content.type.constructor !== Y.XmlElement) {
    if (content.type.constructor !== Y.XmlText) throw new EditRejected('content', content.type.constructor.name)
  }
}

/** How an edit stands to a draft: whether something before it is missing, and which client ids have new items in it. */
export function standingOf(ydoc: Y.Doc, { structs, deletes }: Edit): { hasGap: boolean; clients: Set<number> } {
  const ends = new Map<number, number>()
  const endOf = (client: number) => ends.get(client) ?? Y.getState(ydoc.store, client)
  const clients = new Set<number>()
  const fresh: Y.Item[] = []
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue
    const { client, clock } = struct.id
    const known = endOf(client)
    if (clock > known) return { hasGap: true, clients }
    if (clock + struct.length <= known) continue
    ends.set(client, clock + struct.length)
    clients.add(client)
    if (struct instanceof Y.Item) fresh.push(struct)
  }
  const lacks = (id: unknown) => id instanceof Y.ID && id.clock >= endOf(id.client)
  const hasGap =
    fresh.some(item => lacks(item.origin) || lacks(item.rightOrigin) || lacks(item.parent)) ||
    [...deletes.clients].some(([client, runs]) => runs.some(({ clock, len }) => clock + len > endOf(client)))
  return { hasGap, clients }
}

/** Whether an edit brings nothing that the draft does not have: a reader's answer to a sync step always does so. */
export const addsNothing = (ydoc: Y.Doc, update: Uint8Array): boolean =>
  Y.snapshotContainsUpdate(Y.snapshot(ydoc), update)

/**
 * Values that an applied edit put where they are not seen: neither attributes of an element nor text. They would shift
 * every position behind them.
 */
export function hasHiddenValues(ydoc: Y.Doc, { structs }: Edit): boolean {
  return structs.some(struct => {
    if (!(struct instanceof Y.Item && struct.content instanceof Y.ContentAny)) return false
    const item: unknown = Y.getItem(ydoc.store, struct.id)
    return item instanceof Y.Item && !item.deleted && item.parentSub === null
  })
}
