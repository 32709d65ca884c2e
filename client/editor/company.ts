import { listed } from '../locale.ts'
import { say } from './say.ts'

const aMinute = 60_000
/** Somebody who reloads a page has not left. */
const settling = 2_000

/** Tells who has come and who has gone, at most once a minute, and nothing of those who only went out for a moment. */
export class Company {
  readonly #tell: (words: string) => void
  #told = new Map<string, string>()
  #here = new Map<string, string>()
  #due: ReturnType<typeof setTimeout> | undefined
  #last = -aMinute

  constructor(tell: (words: string) => void) {
    this.#tell = tell
  }

  /** Takes in who is here now: names by id. */
  sees(here: Map<string, string>) {
    this.#here = here
    const isAsTold = here.size === this.#told.size && [...here.keys()].every(id => this.#told.has(id))
    if (isAsTold) {
      clearTimeout(this.#due)
      this.#due = undefined
    } else this.#due ??= setTimeout(() => this.#speak(), Math.max(settling, this.#last + aMinute - Date.now()))
  }

  end() {
    clearTimeout(this.#due)
  }

  #speak() {
    this.#due = undefined
    this.#last = Date.now()
    const joined = [...this.#here].filter(([id]) => !this.#told.has(id)).map(([, name]) => name)
    const left = [...this.#told].filter(([id]) => !this.#here.has(id)).map(([, name]) => name)
    this.#told = new Map(this.#here)
    const words = [
      ...(joined.length > 0 ? [say('presence.joined', { names: listed(joined), count: joined.length })] : []),
      ...(left.length > 0 ? [say('presence.left', { names: listed(left), count: left.length })] : []),
    ]
    if (words.length > 0) this.#tell(words.join(' '))
  }
}
