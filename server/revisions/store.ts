import type { Insertable, Selectable } from 'kysely'
import { bytesOf, prepared, type Reader, type Tables, withHash, type Writer } from '../db/index.ts'
import { noteFirst, withParents } from './past-store.ts'

export type RevisionRow = Omit<Selectable<Tables['revisions']>, 'content_hash'> & {
  content_hash: string | null
  /** The revision before it. */
  parent_id: string | null
  source_number: number | null
  reverting_number: number | null
  /** Whether the text it changed was suppressed. */
  parent_hidden: 0 | 1 | null
}

const revisions = (db: Reader) =>
  withParents(db)
    .leftJoin('revisions as source', 'source.id', 'revisions.source_id')
    .leftJoin('revisions as reverting', 'reverting.id', 'revisions.reverted_by_id')
    .selectAll('revisions')
    .select([
      'source.number as source_number',
      'reverting.number as reverting_number',
      'parent.id as parent_id',
      'parent.text_hidden as parent_hidden',
    ])

export async function byId(db: Reader, id: string): Promise<RevisionRow | undefined> {
  const row = await revisions(db).where('revisions.id', '=', id).executeTakeFirst()
  return row && withHash(row)
}

export const byNumber = async (db: Reader, pageId: string, number: number): Promise<RevisionRow | undefined> =>
  (await byNumbers(db, pageId, [number]))[0]

export async function hashAt(db: Reader, pageId: string, number: number) {
  const row = await numbered(db, pageId, number)
  return row && withHash(row)
}

const numbered = prepared((db, pageId: string, number: number) =>
  db
    .selectFrom('revisions')
    .select(['id', 'number', 'content_hash', 'text_hidden'])
    .where('page_id', '=', pageId)
    .where('number', '=', number),
)

/** The newest of a page, a deletion too. */
export async function newest(db: Reader, pageId: string) {
  const row = await newestOf(db, pageId, 1)
  return row && withHash(row)
}

const newestOf = prepared((db, pageId: string, limit: number) =>
  db
    .selectFrom('revisions')
    .select(['id', 'number', 'content_hash', 'at'])
    .where('page_id', '=', pageId)
    .orderBy('number', 'desc')
    .limit(limit),
)

/** The newest revision that is not a deletion; of those before a number, where one is given. */
export async function newestText(db: Reader, pageId: string, before?: number) {
  const texts = db
    .selectFrom('revisions')
    .select(['id', 'number', 'content_hash', 'text_hidden'])
    .where('page_id', '=', pageId)
    .where('content_hash', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
  const row = await (before === undefined ? texts : texts.where('number', '<', before)).executeTakeFirst()
  return row && withHash(row)
}

/** Those of one page with these numbers, newest first. */
export async function byNumbers(db: Reader, pageId: string, numbers: readonly number[]): Promise<RevisionRow[]> {
  if (numbers.length === 0) return []
  const rows = await revisions(db)
    .where('revisions.page_id', '=', pageId)
    .where('revisions.number', 'in', numbers)
    .orderBy('revisions.number', 'desc')
    .execute()
  return rows.map(withHash)
}

/** Of all pages, newest first; with `by` only what this person is known to have published or written for. */
export async function recent(
  db: Reader,
  { before, by, limit }: { before: { at: number; id: string } | undefined; by: string | undefined; limit: number },
): Promise<RevisionRow[]> {
  let query = revisions(db)
  if (by !== undefined)
    query = query
      .where('revisions.author_hidden', '=', 0)
      .where(({ eb, or, selectFrom }) =>
        or([
          eb('revisions.publisher_id', '=', by),
          eb('revisions.id', 'in', selectFrom('revision_authors').select('revision_id').where('person_id', '=', by)),
        ]),
      )
  if (before)
    query = query.where(({ eb, and, or }) =>
      or([
        eb('revisions.at', '<', before.at),
        and([eb('revisions.at', '=', before.at), eb('revisions.id', '<', before.id)]),
      ]),
    )
  const rows = await query.orderBy('revisions.at', 'desc').orderBy('revisions.id', 'desc').limit(limit).execute()
  return rows.map(withHash)
}

type NewRow = Omit<Insertable<Tables['revisions']>, 'content_hash'> & { content_hash: string | null }

export async function insert(tx: Writer, { content_hash: hash, ...row }: NewRow, authors: readonly string[]) {
  await tx
    .insertInto('revisions')
    .values({ ...row, content_hash: hash === null ? null : bytesOf(hash) })
    .execute()
  const isPublishers = authors.length === 1 && authors[0] === row.publisher_id
  if (authors.length > 0 && !isPublishers)
    await tx
      .insertInto('revision_authors')
      .values(authors.map((person_id, position) => ({ revision_id: row.id, person_id, position })))
      .execute()
  await noteFirst(tx, row, authors)
}
