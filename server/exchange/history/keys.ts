import type { Credit } from '../../revisions/index.ts'
import { ownKey, type Told } from '../people.ts'
import { authorsOf } from '../store.ts'
import type { Shelves } from './export.ts'

/** What the people of one page are called in its line: as its source names them, else by their handles. */
export class KeyRing {
  #shelves: Pick<Shelves, 'db' | 'people'>
  #source: string
  #keys = new Map<string, string>()
  #people = new Map<string, Told>()

  constructor(shelves: Pick<Shelves, 'db' | 'people'>, source: string) {
    this.#shelves = shelves
    this.#source = source
  }

  async learn(people: readonly Credit[]) {
    const news = people.filter(({ id }) => !this.#keys.has(id))
    if (news.length === 0) return
    const ids = [...new Set(news.map(({ id }) => id))]
    const named =
      this.#source === '' ? new Map<string, string>() : await authorsOf(this.#shelves.db.read, this.#source, ids)
    for (const { id, handle, name } of news) {
      if (this.#keys.has(id)) continue
      const key = named.get(id) ?? this.#freeKey(handle, id)
      this.#keys.set(id, key)
      this.#people.set(key, { id, handle, name })
    }
  }

  async learnIds(ids: readonly string[]) {
    await this.learn([...(await this.#shelves.people.byIds(ids)).values()])
  }

  /** Everybody who was learnt has one; nobody is the same as somebody whom the wiki has forgotten. */
  of(id: string): string {
    return this.#keys.get(id) ?? id
  }

  people(): Record<string, Told> {
    return Object.fromEntries(this.#people)
  }

  /** A source may call somebody else by that very sign. */
  #freeKey(handle: string, id: string): string {
    const key = ownKey(handle)
    return this.#people.has(key) ? id : key
  }
}
