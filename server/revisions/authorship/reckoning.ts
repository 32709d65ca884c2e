import type { Reader } from '../../db/index.ts'
import type { Contents } from '../contents.ts'
import { attribute, previousOf } from './attribute.ts'
import type { Book } from './book.ts'
import { factsFromBytes } from './facts.ts'
import * as store from './store.ts'
import * as toldStore from './told-store.ts'

const piece = 50
/** Of so many revisions back the authorship stays in memory: as far as lost words are looked for. */
const near = 40

export interface Errand {
  pageId: string
  /** The last revision wanted; all there are without one. */
  until?: number | undefined
  /** Awaited between revisions: others have their turn. */
  breathe: () => Promise<void>
  signal?: AbortSignal | undefined
}

/** Adds to a book the revisions that are not in it yet, from their texts and what drafts told of them. */
export async function reckon(
  db: Reader,
  contents: Pick<Contents, 'read'>,
  book: Book,
  { pageId, until = Infinity, breathe, signal }: Errand,
) {
  while (book.last < until) {
    const rows = await store.past(db, pageId, book.last, Math.min(piece, until - book.last))
    if (rows.length === 0) return
    for (const { number, kind, content_hash: hash, source, by } of rows) {
      await breathe()
      signal?.throwIfAborted()
      if (hash === null) await book.addDeletion()
      else {
        const row = await toldStore.factsAt(db, pageId, number)
        const document = await contents.read(db, hash)
        const facts = row && factsFromBytes(row.bytes)
        const previous = await previousOf(db, contents, pageId, number)
        const { credits, entry } = await attribute(db, contents, book, {
          pageId,
          number,
          kind,
          source,
          hash,
          document,
          by,
          facts,
          previous,
        })
        book.add(credits, entry)
      }
      book.forgetBefore(number - near)
    }
  }
}
