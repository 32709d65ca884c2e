import type { Node } from 'prosemirror-model'
import { attributed, type Credit, type Credited, type Fact } from '../../../shared/document/authorship.ts'
import { unitsIn } from '../../../shared/document/units.ts'
import type { Reader } from '../../db/index.ts'
import type { Contents } from '../contents.ts'
import type { Book } from './book.ts'
import type { Roll } from './bytes.ts'
import { entryOf, repeating } from './entry.ts'
import { lostBefore } from './lost.ts'
import * as store from './store.ts'

/** A revision behind the last one in a book. */
export interface Next {
  pageId: string
  number: number
  kind: store.PastRow['kind']
  /** The revision that it took back, if it did. */
  source: number | null
  hash: string
  document: Node
  /** Who wrote what nobody else did. */
  by: string | null
  facts: readonly Fact[] | undefined
  previous: Previous | undefined
}

/** The text that a page had before a revision. */
export interface Previous {
  number: number
  document: Node
}

/** What a page said last before a revision, whether it was deleted since or not. */
export async function previousOf(
  db: Reader,
  contents: Pick<Contents, 'read'>,
  pageId: string,
  number: number,
): Promise<Previous | undefined> {
  const before = await store.textBefore(db, pageId, number)
  const hash = before?.content_hash
  return before && hash ? { number: before.number, document: await contents.read(db, hash) } : undefined
}

export interface Attributed {
  credits: Credit[]
  entry: (roll: Roll, standsAlone: boolean) => Uint8Array
}

/** Whose the words of the next revision are: a function of the texts, of the book and of the facts, whenever it is asked. */
export async function attribute(
  db: Reader,
  contents: Pick<Contents, 'read'>,
  book: Book,
  next: Next,
): Promise<Attributed> {
  const { pageId, number, document, hash, by, facts, previous: before } = next
  const repeated = await store.firstSaying(db, pageId, hash, number)
  if (repeated !== undefined) {
    const credits = await book.creditsAt(repeated)
    return { credits, entry: () => repeating(number, repeated) }
  }
  const previous = before && { document: before.document, credits: await book.creditsAt(before.number) }
  const earlier = await takenFrom(db, contents, book, next)
  const found = attributed(previous, document, facts ?? [{ size: unitsIn(document), person: by }], number, earlier)
  if (found.mayHaveReturned) found.recognise(await lostBefore(db, contents, book, next))
  const credits = found.credits()
  const units = previous ? unitsIn(previous.document) : 0
  return {
    credits,
    entry: (roll, standsAlone) =>
      entryOf(
        standsAlone
          ? { revision: number, kept: new Int32Array(found.kept.length).fill(-1), credits, before: 0 }
          : { revision: number, kept: found.kept, credits, before: units },
        roll,
      ),
  }
}

/** So many revisions of one person in a row are looked through for where a rollback began. */
const longestRun = 500

/** The text to which an undo or a rollback went back, from which words came back to their places. */
async function takenFrom(
  db: Reader,
  contents: Pick<Contents, 'read'>,
  book: Book,
  { pageId, kind, source }: Next,
): Promise<Credited[]> {
  if (source === null || (kind !== 'undo' && kind !== 'rollback')) return []
  const first = kind === 'undo' ? source : await beginOf(db, pageId, source)
  const text = await previousOf(db, contents, pageId, first)
  return text ? [{ document: text.document, credits: await book.creditsAt(text.number) }] : []
}

/** The first of the revisions up to one that all are by whoever wrote that one. */
async function beginOf(db: Reader, pageId: string, number: number): Promise<number> {
  const writers = await store.writersBefore(db, pageId, number, longestRun)
  const person = writers.find(row => row.number === number)?.person_id
  const strangers = writers.filter(row => row.person_id !== person).map(row => row.number)
  const own = new Set(writers.map(row => row.number).filter(one => !strangers.includes(one)))
  let first = number
  while (own.has(first - 1)) first--
  return first
}
