import * as Y from 'yjs'
import type { Copy } from './copy.ts'
import { deleteDatabase, NoStorage } from './database.ts'
import type { Own, Written } from './own.ts'
import type { Kept } from './saving.ts'
import { Shelf } from './shelf.ts'

/** A storage that failed is tried again after this. */
const pause = 5_000

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
 * update counts once its transaction has completed, which y-indexeddb does not tell. Whatever fails is written again,
 * whole, until it succeeds.
 */
export class Device {
  kept: Kept = { kind: 'keeping', upTo: 0, at: undefined }
  /** Resolves once what was kept is in the document, or it is known that nothing can be read now. */
  readonly ready: Promise<void>
  readonly #parts: DeviceParts
  readonly #shelf: Shelf
  #queue: Uint8Array[] = []
  #isNoted = true
  #isWhole = false
  #hasLoaded = false
  #isEnding = false
  #hasEnded = false
  #isWriting = false
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(parts: DeviceParts) {
    this.#parts = parts
    this.#shelf = new Shelf(parts.name, () => this.#lost())
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
      return Y.mergeUpdates([own, ...(await (await this.#shelf.open()).read())])
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

  /** Deletes the copy, unless it holds words of another tab that are not known as `sent`. */
  async forget(sent?: Pick<Own, 'covers'>) {
    const isSafe = !sent || (await this.#notes()).every(([client, note]) => sent.covers(client, note))
    this.#close()
    if (isSafe && typeof indexedDB !== 'undefined') await deleteDatabase(this.#parts.name)
  }

  #notes() {
    return this.#shelf.open().then(
      copy => copy.notes(),
      () => [],
    )
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
      const copy = await this.#shelf.open()
      if (!this.#hasLoaded) await this.#load(copy)
      while (this.#queue.length > 0 || this.#isWhole || !this.#isNoted) await this.#store(copy)
      this.#tell('kept', this.#parts.edits())
    } catch (error) {
      // What failed goes with everything else, which also makes room; a connection that broke is opened anew.
      this.#isWhole = true
      this.#shelf.close()
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

  /** The copy is gone: it is written again from what is on the screen. */
  #lost() {
    this.#isWhole = true
    this.kept = { ...this.kept, kind: 'failed', upTo: 0 }
    void this.#write()
  }

  async #load(copy: Copy) {
    const { ydoc, onFound } = this.#parts
    const [rows, found] = [await copy.read(), await copy.notes()]
    ydoc.transact(() => rows.forEach(row => Y.applyUpdate(ydoc, row, this)), this)
    onFound(new Map(found))
    this.#hasLoaded = true
  }

  async #store(copy: Copy) {
    const { ydoc, edits, written, isAlone } = this.#parts
    const upTo = edits()
    const isWhole = this.#isWhole
    const updates = this.#queue.splice(0)
    this.#isNoted = true
    const whole = () => Y.encodeStateAsUpdate(ydoc)
    await copy.store({ updates, isWhole, whole, written: written(), isStrict: isAlone() })
    this.#isWhole &&= !isWhole
    this.#reaches('keeping', upTo)
  }

  #tell(kind: Kept['kind'], upTo: number) {
    this.#reaches(kind, upTo)
    this.#parts.onKept()
  }

  #reaches(kind: Kept['kind'], upTo: number) {
    this.kept = { kind, upTo, at: upTo > this.kept.upTo ? Date.now() : this.kept.at }
  }

  #close() {
    this.#hasEnded = true
    clearTimeout(this.#again)
    this.#parts.ydoc.off('update', this.#hears)
    this.#shelf.close()
  }
}
