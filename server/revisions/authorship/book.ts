import type { Credit } from '../../../shared/document/authorship.ts'
import type { Reader, Writer } from '../../db/index.ts'
import { Roll } from './bytes.ts'
import { creditsIn, entryOf, repeatedBy } from './entry.ts'
import { type Part, partFrom, partLength, toBytes } from './parts.ts'
import * as store from './part-store.ts'

/**
 * The authorship of one page while somebody reads it or writes it on: parts are read when they are asked for, and what
 * is added stays here until `save`.
 */
export class Book {
  readonly #db: Reader
  readonly #pageId: string
  readonly #parts = new Map<number, Part>()
  readonly #known = new Map<number, Credit[]>()
  readonly #fresh = new Set<Part>()
  #newest: Part | undefined

  /** One that begins again, whatever is written down. */
  static empty = (db: Reader, pageId: string): Book => new Book(db, pageId, undefined)

  static async open(db: Reader, pageId: string): Promise<Book> {
    const row = await store.partAt(db, pageId)
    return new Book(db, pageId, row && partFrom(row))
  }

  private constructor(db: Reader, pageId: string, newest: Part | undefined) {
    this.#db = db
    this.#pageId = pageId
    this.#newest = newest
    if (newest) this.#parts.set(newest.first, newest)
  }

  /** The newest revision that is in it; 0 where there is none. */
  get last(): number {
    return this.#newest ? lastOf(this.#newest) : 0
  }

  /** Whose the words of a revision are. A deletion keeps those of the text before it. */
  async creditsAt(number: number): Promise<Credit[]> {
    const known = this.#known.get(number)
    if (known) return known
    const part = await this.#partWith(number)
    let at = number
    while (at > part.first && !this.#known.has(at)) at--
    let credits: Credit[] = []
    for (; at <= number; at++) {
      credits = this.#known.get(at) ?? (await this.#read(part, at, credits))
      this.#known.set(at, credits)
    }
    return credits
  }

  async entryAt(number: number): Promise<Uint8Array> {
    const part = await this.#partWith(number)
    return part.entries[number - part.first] ?? new Uint8Array()
  }

  /** Whether a revision stands by itself in it, without the text before. */
  async standsAlone(number: number): Promise<boolean> {
    return (await this.#partWith(number)).first === number
  }

  /** Adds the revision behind the last. `entry` is asked for bytes that name people by the roll. */
  add(credits: Credit[], entry: (roll: Roll, standsAlone: boolean) => Uint8Array) {
    const number = this.last + 1
    let part = this.#newest
    if (!part || part.entries.length >= partLength) {
      part = { first: number, roll: new Roll(), entries: [] }
      this.#parts.set(number, part)
      this.#newest = part
    }
    part.entries.push(entry(part.roll, part.first === number))
    this.#known.set(number, credits)
    this.#fresh.add(part)
  }

  /** Adds a deletion, which has no words: those of the text before are whosever they were, for whoever restores it. */
  async addDeletion() {
    const credits = this.last === 0 ? [] : await this.creditsAt(this.last)
    const revision = this.last + 1
    const kept = new Int32Array(credits.reduce((sum, { size }) => sum + size, 0)).fill(-1)
    this.add(credits, (roll, standsAlone) =>
      standsAlone ? entryOf({ revision, kept, credits, before: 0 }, roll) : new Uint8Array(),
    )
  }

  async save(tx: Writer) {
    for (const part of this.#fresh)
      await store.putPart(tx, {
        page_id: this.#pageId,
        first: part.first,
        last: lastOf(part),
        bytes: toBytes(part),
      })
    this.#fresh.clear()
  }

  /** All that was added since it was empty. */
  parts(): Part[] {
    return [...this.#parts.values()]
  }

  /** Forgets what need not be remembered to go on: long histories would fill the memory. */
  forgetBefore(number: number) {
    for (const at of this.#known.keys()) if (at < number) this.#known.delete(at)
  }

  async #read(part: Part, number: number, before: readonly Credit[]): Promise<Credit[]> {
    const entry = part.entries[number - part.first]
    if (!entry) throw new Error(`the authorship of revision ${number} is missing`)
    const repeated = repeatedBy(entry, number)
    if (repeated === undefined) return creditsIn(entry, number, before, part.roll)
    if (repeated >= number || repeated < 1) throw new Error(`revision ${number} cannot repeat revision ${repeated}`)
    return this.creditsAt(repeated)
  }

  async #partWith(number: number): Promise<Part> {
    for (const part of this.#parts.values()) if (part.first <= number && number <= lastOf(part)) return part
    const row = await store.partAt(this.#db, this.#pageId, number)
    if (!row || row.last < number) throw new Error(`the authorship of revision ${number} is missing`)
    const part = partFrom(row)
    this.#parts.set(part.first, part)
    return part
  }
}

const lastOf = ({ first, entries }: Part) => first + entries.length - 1
