import type { Writer } from '../../db/index.ts'
import { personFor, personTold, type Told } from '../people.ts'
import type { PageLine } from './shapes.ts'
import type { Rooms } from './report.ts'

/** Who the authors of a page are here, by what its line calls them: each is looked up or made once. */
export class Cast {
  #people: Rooms['people']
  #source: string
  #told: Map<string, Told>
  #ids = new Map<string, string>()
  /** How many people were made. */
  made = 0

  constructor(people: Rooms['people'], { source = '', wiki }: PageLine) {
    this.#people = people
    this.#source = source
    this.#told = new Map(Object.entries(wiki?.people ?? {}))
  }

  async idOf(tx: Writer, key: string): Promise<string> {
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const [source, told] = [this.#source, this.#told.get(key)]
    const { id, isNew } = told
      ? await personTold(tx, this.#people, { source, key, told })
      : await personFor(tx, this.#people, source, key)
    this.#ids.set(key, id)
    if (isNew) this.made++
    return id
  }

  async idOrNull(tx: Writer, key: string | null): Promise<string | null> {
    return key === null ? null : this.idOf(tx, key)
  }
}
