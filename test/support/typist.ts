import { openDatabase } from '../../server/db/index.ts'
import { drafts } from '../../server/drafts/index.ts'
import { events } from '../../server/events.ts'
import { fragmentOf } from '../../shared/document/live.ts'
import type * as Y from 'yjs'
import { textsIn } from './drafts.ts'
import { LiveClient } from './live-client.ts'

/** Somebody who types words that were never typed before, each in one go, and knows which of them are acknowledged. */
export class Typist {
  readonly client: LiveClient
  readonly page: string
  readonly #letter: string
  readonly #typed: string[] = []
  #typing: NodeJS.Timeout | undefined

  constructor({ page, letter, cookie, port }: { page: string; letter: string; cookie: string; port: number }) {
    this.page = page
    this.#letter = letter
    this.client = visit(port, page, cookie)
  }

  /** Types a word now and then, some milliseconds apart. */
  begin() {
    const press = () => {
      this.type()
      this.#typing = setTimeout(press, 2 + Math.random() * 16)
    }
    press()
  }

  pause() {
    clearTimeout(this.#typing)
  }

  type() {
    const texts = textsIn(fragmentOf(this.client.ydoc))
    const text = texts[Math.floor(Math.random() * texts.length)]
    const word = `${this.#letter}${this.#typed.length}.`
    if (!text) throw new Error(`there is no text to type ${word} into`)
    this.#typed.push(word)
    text.insert(text.length, word)
  }

  /** Words of which the server has said that they are on its disk, and those it has not yet spoken of. */
  get acknowledged(): readonly string[] {
    return this.#typed.slice(0, this.client.confirmed)
  }

  get unanswered(): readonly string[] {
    return this.#typed.slice(this.client.confirmed)
  }

  get all(): readonly string[] {
    return this.#typed
  }
}

/** A client that comes back at once, for a test in which every moment counts. */
export function visit(port: number, room: string, cookie: string): LiveClient {
  const client = new LiveClient({
    server: `ws://127.0.0.1:${port}/sync`,
    room,
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
    backoff: { first: 10, most: 60 },
    pause: 0,
  })
  client.connect()
  return client
}

/** How often each word stands in a draft. */
export function wordsIn(ydoc: Y.Doc): Map<string, number> {
  const found = new Map<string, number>()
  for (const text of textsIn(fragmentOf(ydoc)))
    for (const [word] of text.toString().matchAll(/[a-z]\d+\./g)) found.set(word, (found.get(word) ?? 0) + 1)
  return found
}

/** The same of these pages as a connection of its own finds them in the file. */
export async function wordsInFile(file: string, pages: readonly string[]): Promise<Map<string, number>[]> {
  const elsewhere = openDatabase(file)
  try {
    const { load } = drafts({ events: events() })
    const read = await Promise.all(pages.map(page => load(elsewhere.read, page)))
    return read.map(({ ydoc }) => wordsIn(ydoc))
  } finally {
    await elsewhere.close()
  }
}
