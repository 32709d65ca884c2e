import type { Fact } from '../../../shared/document/authorship.ts'
import type { Writer } from '../../db/index.ts'
import type { Ground } from '../ground.ts'
import { attribute, type Next } from './attribute.ts'
import { Book } from './book.ts'
import { factsToBytes } from './facts.ts'
import * as store from './store.ts'
import * as toldStore from './told-store.ts'

/**
 * Writes down whose the words of a new revision are, in the transaction that publishes it. Where those of the revisions
 * before are still due, as after an import, only what the draft alone can tell is kept, and the rest follows with them.
 */
export async function writeAuthorship({ contents }: Pick<Ground, 'contents'>, tx: Writer, next: Next) {
  const { pageId, number, facts, by } = next
  if (facts && !isPlain(facts, by))
    await toldStore.putFacts(tx, { page_id: pageId, number, bytes: factsToBytes(facts) })
  const book = await Book.open(tx, pageId)
  if (book.last < number - 1) await passDeletions(tx, book, pageId, number)
  if (book.last < number - 1) return
  const { credits, entry } = await attribute(tx, contents, book, next)
  book.add(credits, entry)
  await book.save(tx)
}

/** Writes down that a page was deleted: nobody's words are in that, and nothing is due of it later. */
export async function writeDeletion(tx: Writer, pageId: string, number: number) {
  const book = await Book.open(tx, pageId)
  await passDeletions(tx, book, pageId, number + 1)
  if (book.last === number) await book.save(tx)
}

/** Whether facts say no more than that one person wrote it all. */
const isPlain = ([first, ...more]: readonly Fact[], by: string | null): boolean =>
  more.length === 0 && (!first || ('person' in first && first.person === by))

/** More of them in a row than anybody makes. */
const fewest = 20

/** Deletions say nothing of their own; in an older database they were left for the next revision. */
async function passDeletions(tx: Writer, book: Book, pageId: string, before: number) {
  for (const { number, content_hash: hash } of await store.past(
    tx,
    pageId,
    book.last,
    Math.min(fewest, before - book.last),
  )) {
    if (hash !== null || number >= before) return
    await book.addDeletion()
  }
}
