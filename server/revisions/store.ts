import type { Insertable, Selectable } from 'kysely'
import { prepared, preparedChange, type Reader, type Tables, type Writer } from '../db/index.ts'
import { packedShown, type Shown, shownOf } from './shown.ts'
import { noteFirst } from './past-store.ts'

export type RevisionRow = Selectable<Tables['revisions']> & {
  source_number: number | null
  reverting_number: number | null
  /** Whether the text it changed was suppressed. */
  parent_hidden: 0 | 1 | null
}

const revisions = (db: Reader) =>
  db
    .selectFrom('revisions')
    .leftJoin('revisions as source', 'source.id', 'revisions.source_id')
    .leftJoin('revisions as reverting', 'reverting.id', 'revisions.reverted_by_id')
    .leftJoin('revisions as parent', 'parent.id', 'revisions.parent_id')
    .selectAll('revisions')
    .select([
      'source.number as source_number',
      'reverting.number as reverting_number',
      'parent.text_hidden as parent_hidden',
    ])

export const byId = (db: Reader, id: string): Promise<RevisionRow | undefined> =>
  revisions(db).where('revisions.id', '=', id).executeTakeFirst()

export const byNumber = (db: Reader, pageId: string, number: number): Promise<RevisionRow | undefined> =>
  revisions(db).where('revisions.page_id', '=', pageId).where('revisions.number', '=', number).executeTakeFirst()

export const hashAt = prepared((db, pageId: string, number: number) =>
  db
    .selectFrom('revisions')
    .select(['id', 'number', 'content_hash', 'text_hidden'])
    .where('page_id', '=', pageId)
    .where('number', '=', number),
)

/** The newest of a page, a deletion too. */
export const newest = (db: Reader, pageId: string) => newestOf(db, pageId, 1)

const newestOf = prepared((db, pageId: string, limit: number) =>
  db
    .selectFrom('revisions')
    .select(['id', 'number', 'content_hash', 'at'])
    .where('page_id', '=', pageId)
    .orderBy('number', 'desc')
    .limit(limit),
)

/** The newest revision that is not a deletion. */
export const newestText = (db: Reader, pageId: string) =>
  db
    .selectFrom('revisions')
    .select(['id', 'number', 'content_hash'])
    .where('page_id', '=', pageId)
    .where('content_hash', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Those of one page with these numbers, newest first. */
export async function byNumbers(db: Reader, pageId: string, numbers: readonly number[]): Promise<RevisionRow[]> {
  if (numbers.length === 0) return []
  return revisions(db)
    .where('revisions.page_id', '=', pageId)
    .where('revisions.number', 'in', numbers)
    .orderBy('revisions.number', 'desc')
    .execute()
}

/** Of all pages, newest first; with `by` only what this person is known to have published or written for. */
export function recent(
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
  return query.orderBy('revisions.at', 'desc').orderBy('revisions.id', 'desc').limit(limit).execute()
}

/** Who wrote for these; `first` where it was their first in the wiki. */
export async function authorsOf(db: Reader, revisionIds: readonly string[]) {
  if (revisionIds.length === 0) return []
  return db
    .selectFrom('revision_authors')
    .leftJoin('first_revisions as first', join =>
      join
        .onRef('first.person_id', '=', 'revision_authors.person_id')
        .onRef('first.revision_id', '=', 'revision_authors.revision_id'),
    )
    .select(['revision_authors.revision_id', 'revision_authors.person_id', 'first.at as first'])
    .where('revision_authors.revision_id', 'in', revisionIds)
    .orderBy('position')
    .execute()
}

/** Who signed how many revisions of a page, most first. */
export const contributors = (db: Reader, pageId: string) =>
  db
    .selectFrom('revision_authors')
    .innerJoin('revisions', 'revisions.id', 'revision_authors.revision_id')
    .select(({ fn }) => ['person_id', fn.countAll<number>().as('revisions')])
    .where('revisions.page_id', '=', pageId)
    .where('revisions.kind', '!=', 'deletion')
    .where('revisions.author_hidden', '=', 0)
    .groupBy('person_id')
    .orderBy('revisions', 'desc')
    .orderBy('person_id')
    .execute()

export async function insert(tx: Writer, row: Insertable<Tables['revisions']>, authors: readonly string[]) {
  await tx.insertInto('revisions').values(row).execute()
  if (authors.length === 0) return
  await tx
    .insertInto('revision_authors')
    .values(authors.map((person_id, position) => ({ revision_id: row.id, person_id, position })))
    .execute()
  await noteFirst(tx, row, authors)
}

export type HeadRow = Omit<Tables['page_heads'], 'shown'> & Shown

export async function headOf(db: Reader, pageId: string): Promise<HeadRow | undefined> {
  const row = await db.selectFrom('page_heads').selectAll().where('page_id', '=', pageId).executeTakeFirst()
  if (!row) return undefined
  const { shown, ...rest } = row
  return { ...rest, ...shownOf(shown) }
}

export async function putHead(tx: Writer, { page_id, revision_id, rendering, words, ...parts }: HeadRow) {
  await keepHead(tx, page_id, revision_id, rendering, words, packedShown(parts))
}

const keepHead = preparedChange(
  (tx, page_id: string, revision_id: string, rendering: number, words: number, shown: Uint8Array) =>
    tx
      .insertInto('page_heads')
      .values({ page_id, revision_id, rendering, words, shown })
      .onConflict(conflict =>
        conflict.column('page_id').doUpdateSet(({ ref }) => ({
          revision_id: ref('excluded.revision_id'),
          rendering: ref('excluded.rendering'),
          words: ref('excluded.words'),
          shown: ref('excluded.shown'),
        })),
      ),
)

/** Keeps a rendering made by a reader, unless the page has moved on meanwhile. */
export async function refreshHead(
  tx: Writer,
  row: Pick<HeadRow, 'page_id' | 'revision_id' | 'rendering' | keyof Shown>,
) {
  await tx
    .updateTable('page_heads')
    .set({ shown: packedShown(row), rendering: row.rendering })
    .where('page_id', '=', row.page_id)
    .where('revision_id', '=', row.revision_id)
    .where('rendering', '<', row.rendering)
    .execute()
}

export async function dropHead(tx: Writer, pageId: string) {
  await tx.deleteFrom('page_heads').where('page_id', '=', pageId).execute()
}
