import * as Y from 'yjs'
import { documentOf, fragmentOf } from '../../shared/document/live.ts'
import { readRoom } from '../../shared/realtime/room.ts'
import { completed, contents, openDatabase } from './database.ts'
import { copyName } from './copy.ts'
import { Own, type Written } from './own.ts'
import { allWords, unconfirmedWords } from './words.ts'

interface Copy {
  room: string
  at: number
  update: Uint8Array
  /** Under which client ids it was written here, and how much of that the server had. */
  written: [number, Written][]
}

/** Words that the server refused, kept on this device until their author has copied or discarded them. */
export interface Aside {
  id: number
  at: number
  /** What the server did not take. */
  words: string
  /** Everything that stood on the screen. */
  text(): Promise<string>
}

const copies = 'copies'
const open = (personId: string) => openDatabase(asideName(personId), { [copies]: { autoIncrement: true } })

/** The name under which a person's device keeps what was refused, on any page. */
export const asideName = (personId: string) => copyName(personId, 'aside')

/** Keeps what was refused. Promises whether the device has stored it. */
export async function putAside(personId: string, copy: Copy): Promise<boolean> {
  try {
    const database = await open(personId)
    const transaction = database.transaction(copies, 'readwrite', { durability: 'strict' })
    transaction.objectStore(copies).add(copy)
    await completed(transaction)
    database.close()
    return true
  } catch {
    return false
  }
}

/** What a person's device has set aside of a page, the oldest first. */
export async function asideOf(personId: string, pageId: string): Promise<Aside[]> {
  try {
    const database = await open(personId)
    const store = database.transaction(copies).objectStore(copies)
    const found = await contents(store)
    database.close()
    return found.flatMap(({ key, value }) =>
      isCopy(value) && readRoom(value.room)?.pageId === pageId ? [shown(Number(key), value)] : [],
    )
  } catch {
    return []
  }
}

export async function discardAside(personId: string, id: number) {
  const database = await open(personId)
  const transaction = database.transaction(copies, 'readwrite')
  transaction.objectStore(copies).delete(id)
  await completed(transaction)
  database.close()
}

function shown(id: number, { at, update, written }: Copy): Aside {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, update)
  const fragment = fragmentOf(ydoc)
  const own = new Own(ydoc)
  own.remember(new Map(written))
  return {
    id,
    at,
    words: unconfirmedWords(fragment, (client, clock) => own.isUnconfirmed(client, clock)),
    async text() {
      const { toMarkdown } = await import('../../shared/document/markdown.ts')
      try {
        return toMarkdown(documentOf(fragment))
      } catch {
        // What was refused may be no sound page; its words can be read all the same.
        return allWords(fragment)
      }
    },
  }
}

function isCopy(value: unknown): value is Copy {
  return typeof value === 'object' && value !== null && 'update' in value && 'written' in value
}
