import type { Node } from 'prosemirror-model'
import type { Fact } from '../../../shared/document/authorship.ts'
import type { Letters } from '../../../shared/document/owners.ts'
import type { Writer } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import type { Ground } from '../ground.ts'
import * as revisions from '../store.ts'
import { attribute } from './attribute.ts'
import { Book } from './book.ts'
import { factsToBytes } from './facts.ts'
import * as store from './store.ts'
import { told } from './told.ts'

export interface Publication {
  pageId: string
  number: number
  document: Node
  hash: string
  /** Whose the words are of which the draft says nothing. */
  by: string | null
  /** The draft it was published from, as it is by now. */
  draft: Draft | undefined
  /** Which letters the text is made of, where that is known already. */
  letters?: readonly Letters[] | undefined
}

/**
 * Writes down whose the words of a new revision are, in the transaction that publishes it. Where those of the revisions
 * before are still due, as after an import, only what the draft alone can tell is kept, and the rest follows with them.
 */
export async function writeAuthorship(
  { contents, drafts }: Pick<Ground, 'contents' | 'drafts'>,
  tx: Writer,
  given: Publication,
) {
  const { pageId, number, document, draft, letters, by } = given
  const book = await Book.open(tx, pageId)
  const [before] = await store.textsBefore(tx, pageId, number, 1)
  const previous = before?.content_hash
    ? { number: before.number, document: await contents.read(tx, before.content_hash) }
    : undefined
  const facts = draft && (await told(tx, drafts, { pageId, number, document, draft, letters, previous, by }))
  if (facts && !isPlain(facts, by)) await store.putFacts(tx, { page_id: pageId, number, bytes: factsToBytes(facts) })
  await passDeletions(tx, book, pageId, number)
  if (book.last < number - 1) return
  const row = await revisions.byNumber(tx, pageId, number)
  if (!row) throw new Error(`revision ${number} of ${pageId} was not written`)
  const { kind, source_number: source } = row
  const next = { pageId, number, kind, source, hash: given.hash, document, by, facts }
  const { credits, entry } = await attribute(tx, contents, book, next)
  book.add(credits, entry)
  await book.save(tx)
}

/** Whether facts say no more than that one person wrote it all. */
const isPlain = ([first, ...more]: readonly Fact[], by: string | null): boolean =>
  more.length === 0 && (!first || ('person' in first && first.person === by))

/** More of them in a row than anybody makes. */
const fewest = 20

/** Deletions are written down with the next revision: they say nothing of their own. */
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
