import * as Y from 'yjs'
import { answered, completed, contents, deleteDatabase, NoStorage, openDatabase } from './database.ts'
import type { Own, Written } from './own.ts'

/** After so many updates one takes their place, as y-indexeddb has it; its databases are read on. */
const rowsAtMost = 500
/** A storage that failed is tried again after this. */
const pause = 5_000
const stores = { updates: { autoIncrement: true }, custom: {} }

/** How far a draft is kept on the device: up to an edit, as the tally counts them. */
export type Kept =
  | { kind: 'keeping' | 'kept'; upTo: number; at: number | undefined }
  /** It does not take any more, or there is none. */
  | { kind: 'failed'; upTo: number; at: number | undefined }

export interface DeviceParts {
  name: string
  ydoc: Y.Doc
  /** How many edits there have been. */
  edits: () => number
  /** Told what was written here before, by client id, when it is read. */
  onFound: (found: ReadonlyMap<number, Written>) => void
  /** What is to be noted with them. */
  written: () => ReadonlyMap<number, Written>
  /** Whether the device is all there is, so that it is worth waiting for its disk. */
  isAlone: () => boolean
  onKept: () => void
}

/**
 * Keeps a draft on the device, so that a closed tab keeps its words. One copy for each person, page and epoch, which
 * the tabs of a person share: people who share a browser must not carry each other's words. It knows what is stored: an
 * update counts once its transaction has completed. Whatever fails is written again, whole, until it succeeds.
 */
export class Device {
  kept: Kept = { kind: 'keeping', upTo: 0, at: undefined }
  /** Resolves once what was kept is in the document, or it is known that nothing can be read now. */
  readonly ready: Promise<void>
  readonly #parts: DeviceParts
  #database: IDBDatabase | undefined
  #queue: Uint8Array[] = []
  #isNoted = true
  #isWhole = false
  #hasLoaded = false
  #isEnding = false
  #hasEnded = false
  #isWriting = false
  #again: ReturnType<typeof setTimeout> | undefined
  /** The rows that this tab wrote or read, the last of them, and how many there are. */
  #known = new Set<IDBValidKey>()
  #rows = 0

  constructor(parts: DeviceParts) {
    this.#parts = parts
    parts.ydoc.on('update', this.#hears)
    this.ready = this.#write()
  }

  /** Stores what is to be noted, where it has changed. */
  note() {
    this.#isNoted = false
    void this.#write()
  }

  /** Everything that is kept, other tabs' words among it. */
  async everything(): Promise<Uint8Array> {
    const own = Y.encodeStateAsUpdate(this.#parts.ydoc)
    try {
      const store = (await this.#open()).transaction('updates').objectStore('updates')
      return Y.mergeUpdates([own, ...(await contents(store)).map(({ value }) => value).filter(isBytes)])
    } catch {
      return own
    }
  }

  /** Ends keeping, once what is on its way is stored; the copy stays. */
  end() {
    this.#isEnding = true
    this.#parts.ydoc.off('update', this.#hears)
    if (!this.#isWriting) this.#close()
  }

  /** Deletes the copy, unless it holds words of another tab that are `sent` nowhere. Promises whether it is gone. */
  async forget(sent?: Pick<Own, 'covers'>): Promise<boolean> {
    const isSafe = !sent || (await this.#notes().catch(() => [])).every(([client, note]) => sent.covers(client, note))
    this.#close()
    if (isSafe && typeof indexedDB !== 'undefined') await deleteDatabase(this.#parts.name)
    return isSafe
  }

  #close() {
    this.#hasEnded = true
    clearTimeout(this.#again)
    this.#parts.ydoc.off('update', this.#hears)
    this.#database?.close()
    this.#database = undefined
  }

  readonly #hears = (update: Uint8Array, origin: unknown) => {
    if (origin === this) return
    this.#queue.push(update)
    if (this.kept.kind === 'kept') this.kept = { ...this.kept, kind: 'keeping' }
    // What the same turn still changes is stored with it.
    queueMicrotask(() => void this.#write())
  }

  async #write() {
    if (this.#isWriting || this.#hasEnded) return
    this.#isWriting = true
    clearTimeout(this.#again)
    try {
      const database = await this.#open()
      if (!this.#hasLoaded) await this.#load(database)
      while (this.#queue.length > 0 || this.#isWhole || !this.#isNoted) await this.#store(database)
      this.#tell('kept', this.#parts.edits())
    } catch (error) {
      // What failed goes with everything else, which also makes room.
      this.#isWhole = true
      if (!this.#hasEnded) {
        this.#tell('failed', this.kept.upTo)
        const isPossible = !(error instanceof NoStorage && error.message === 'none')
        if (isPossible) this.#again = setTimeout(() => void this.#write(), pause)
      }
    } finally {
      this.#isWriting = false
      if (this.#isEnding) this.#close()
    }
  }

  #tell(kind: Kept['kind'], upTo: number) {
    this.kept = { kind, upTo, at: upTo > this.kept.upTo ? Date.now() : this.kept.at }
    this.#parts.onKept()
  }

  async #open(): Promise<IDBDatabase> {
    if (this.#database) return this.#database
    const database = await openDatabase(this.#parts.name, stores)
    // Deleted under our hands, by the browser or by its user: it is written again from what is on the screen.
    const lost = () => {
      database.close()
      if (this.#database !== database) return
      this.#database = undefined
      this.#isWhole = true
      this.kept = { ...this.kept, kind: 'failed', upTo: 0 }
      if (!this.#hasEnded) void this.#write()
    }
    database.addEventListener('versionchange', lost)
    database.addEventListener('close', lost)
    this.#database = database
    return database
  }

  async #load(database: IDBDatabase) {
    const updates = database.transaction('updates').objectStore('updates')
    const rows = await contents(updates)
    const { ydoc, onFound } = this.#parts
    const found = await this.#notes()
    ydoc.transact(() => {
      for (const { value } of rows) if (isBytes(value)) Y.applyUpdate(ydoc, value, this)
    }, this)
    onFound(new Map(found))
    this.#known = new Set(rows.map(({ key }) => key))
    this.#rows = rows.length
    this.#hasLoaded = true
  }

  /** What every tab and visit has noted of what it wrote, by client id. */
  async #notes(): Promise<[number, Written][]> {
    const custom = (await this.#open()).transaction('custom').objectStore('custom')
    return (await contents(custom)).flatMap(({ key, value }): [number, Written][] =>
      typeof key === 'number' && isWritten(value) ? [[key, value]] : [],
    )
  }

  async #store(database: IDBDatabase) {
    const durability = this.#parts.isAlone() ? 'strict' : 'relaxed'
    const transaction = database.transaction(['updates', 'custom'], 'readwrite', { durability })
    const updates = transaction.objectStore('updates')
    const done = completed(transaction)
    const upTo = this.#parts.edits()
    const queue = this.#queue.splice(0)
    this.#isNoted = true
    const isWhole = this.#isWhole || this.#rows + 1 > rowsAtMost
    await Promise.all([isWhole ? this.#replace(updates) : this.#append(updates, queue), this.#put(transaction), done])
    if (isWhole) this.#isWhole = false
    this.kept = { kind: 'keeping', upTo, at: upTo > this.kept.upTo ? Date.now() : this.kept.at }
  }

  async #append(updates: IDBObjectStore, queue: Uint8Array[]) {
    if (queue.length === 0) return
    this.#known.add(await answered(updates.add(queue.length === 1 ? queue[0] : Y.mergeUpdates(queue))))
    this.#rows++
  }

  /** One row with everything: this tab's document, and what other tabs have stored beside it. */
  async #replace(updates: IDBObjectStore) {
    const rows = await contents(updates)
    const others = rows.filter(({ key }) => !this.#known.has(key)).map(({ value }) => value)
    updates.clear()
    const own = Y.encodeStateAsUpdate(this.#parts.ydoc)
    const key = await answered(updates.add(others.length > 0 ? Y.mergeUpdates([own, ...others.filter(isBytes)]) : own))
    this.#known = new Set([key])
    this.#rows = 1
  }

  async #put(transaction: IDBTransaction) {
    const custom = transaction.objectStore('custom')
    for (const [client, note] of this.#parts.written()) {
      const known = await answered<unknown>(custom.get(client))
      // Another tab may have gone on under its own id; what it notes is truer than what is remembered of it.
      const isNewer = isWritten(known) && known.upTo > note.upTo
      if (!isNewer) custom.put({ ...note }, client)
    }
  }
}

/** The name of the copy of a room's draft on a person's device. */
export const deviceName = (personId: string, room: string) => `commonleaf:${personId}:${room}`

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
