import * as Y from 'yjs'
import { answered, completed, contents } from './database.ts'
import type { Written } from './own.ts'

/** After so many updates one takes their place, as y-indexeddb had it, whose databases these once were. */
const rowsAtMost = 500

const visited = 'visited'

/** The name of the copy of a room's draft on a person's device. */
export const copyName = (personId: string, room: string) => `commonleaf:${personId}:${room}`

/** What is to be stored at once. */
export interface Storing {
  updates: Uint8Array[]
  /** Everything is written anew; what other tabs have stored stays with it. */
  isWhole: boolean
  /** The whole document, asked for only where it is needed. */
  whole: () => Uint8Array
  written: ReadonlyMap<number, Written>
  /** Waits for the disk, not only for the browser. */
  isStrict: boolean
}

/** A draft's copy in an open database: rows of updates, and what is noted of each client id. */
export class Copy {
  static readonly stores = { updates: { autoIncrement: true }, custom: {} }
  readonly #database: IDBDatabase
  /** The rows that this tab wrote or read, and how many there are. */
  #known = new Set<IDBValidKey>()
  #rows = 0

  constructor(database: IDBDatabase) {
    this.#database = database
  }

  async read(): Promise<Uint8Array[]> {
    const rows = await contents(this.#database.transaction('updates').objectStore('updates'))
    this.#known = new Set(rows.map(({ key }) => key))
    this.#rows = rows.length
    return rows.map(({ value }) => value).filter(isBytes)
  }

  /** What every tab and visit has noted of what it wrote, by client id. */
  async notes(): Promise<[number, Written][]> {
    const found = await contents(this.#database.transaction('custom').objectStore('custom'))
    return found.flatMap(({ key, value }): [number, Written][] =>
      typeof key === 'number' && isWritten(value) ? [[key, value]] : [],
    )
  }

  /** When a tab had it open last, in milliseconds; nothing where that was never noted. */
  async visitedAt(): Promise<number | undefined> {
    const at = await answered<unknown>(this.#database.transaction('custom').objectStore('custom').get(visited))
    return typeof at === 'number' ? at : undefined
  }

  /** Resolves once everything is stored. */
  async store({ updates, isWhole, whole, written, isStrict }: Storing): Promise<void> {
    const durability = isStrict ? 'strict' : 'relaxed'
    const transaction = this.#database.transaction(['updates', 'custom'], 'readwrite', { durability })
    const [rows, notes] = [transaction.objectStore('updates'), transaction.objectStore('custom')]
    const isFull = this.#rows + 1 > rowsAtMost
    await Promise.all([
      completed(transaction),
      isWhole || isFull ? this.#replace(rows, whole) : this.#append(rows, updates),
      note(notes, written),
    ])
  }

  close() {
    this.#database.close()
  }

  async #append(rows: IDBObjectStore, updates: Uint8Array[]) {
    if (updates.length === 0) return
    this.#known.add(await answered(rows.add(updates.length === 1 ? updates[0] : Y.mergeUpdates(updates))))
    this.#rows++
  }

  /** One row with everything: this tab's document, and what other tabs have stored beside it. */
  async #replace(rows: IDBObjectStore, whole: () => Uint8Array) {
    const found = await contents(rows)
    const others = found.filter(({ key }) => !this.#known.has(key)).map(({ value }) => value)
    rows.clear()
    const row = others.length > 0 ? Y.mergeUpdates([whole(), ...others.filter(isBytes)]) : whole()
    this.#known = new Set([await answered(rows.add(row))])
    this.#rows = 1
  }
}

async function note(notes: IDBObjectStore, written: ReadonlyMap<number, Written>) {
  notes.put(Date.now(), visited)
  for (const [client, note] of written) {
    const known = await answered<unknown>(notes.get(client))
    // Another tab may have gone on under its own id; what it notes is truer than what is remembered of it.
    const isNewer = isWritten(known) && known.upTo > note.upTo
    if (!isNewer) notes.put({ ...note }, client)
  }
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array

function isWritten(note: unknown): note is Written {
  return (
    typeof note === 'object' &&
    note !== null &&
    'confirmed' in note &&
    'upTo' in note &&
    'unsent' in note &&
    'at' in note
  )
}
