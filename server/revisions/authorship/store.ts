import { bytesOf, prepared, type Reader, withHash } from '../../db/index.ts'
import { written } from '../writers-store.ts'

export type PastRow = Awaited<ReturnType<typeof past>>[number]

/** Revisions of a page in order, with as much of them as tells whose their words may be. */
export async function past(db: Reader, pageId: string, after: number, limit: number) {
  const rows = await db
    .selectFrom('revisions')
    .leftJoin('revisions as source', 'source.id', 'revisions.source_id')
    .leftJoin('revision_authors', join =>
      join.onRef('revision_authors.revision_id', '=', 'revisions.id').on('revision_authors.position', '=', 0),
    )
    .select(({ fn }) => [
      'revisions.number',
      'revisions.kind',
      'revisions.content_hash',
      'revisions.size',
      'source.number as source',
      fn.coalesce('revision_authors.person_id', 'revisions.publisher_id').as('by'),
    ])
    .where('revisions.page_id', '=', pageId)
    .where('revisions.number', '>', after)
    .orderBy('revisions.number')
    .limit(limit)
    .execute()
  return rows.map(withHash)
}

/** The first revision of a page that said this, if it was before that one. */
export const firstSaying = async (db: Reader, pageId: string, hash: string, before: number) =>
  (await saying(db, pageId, bytesOf(hash), before, 1))?.number

const saying = prepared((db, pageId: string, hash: Uint8Array, before: number, limit: number) =>
  db
    .selectFrom('revisions')
    .select('number')
    .where('page_id', '=', pageId)
    .where('content_hash', '=', hash)
    .where('number', '<', before)
    .orderBy('number')
    .limit(limit),
)

/** The text of a page before a revision. */
export async function textBefore(db: Reader, pageId: string, number: number) {
  const row = await newestBefore(db, pageId, number, 1)
  return row && withHash(row)
}

const newestBefore = prepared((db, pageId: string, number: number, limit: number) =>
  db
    .selectFrom('revisions')
    .select(['number', 'content_hash'])
    .where('page_id', '=', pageId)
    .where('number', '<', number)
    .where('content_hash', 'is not', null)
    .orderBy('number', 'desc')
    .limit(limit),
)

/** The texts of a page before a revision, newest first. */
export async function textsBefore(db: Reader, pageId: string, number: number, limit: number) {
  const rows = await db
    .selectFrom('revisions')
    .select(['number', 'content_hash', 'size'])
    .where('page_id', '=', pageId)
    .where('number', '<', number)
    .where('content_hash', 'is not', null)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(withHash)
}

/** Who wrote the revisions of a page before one, newest first. */
export const writersBefore = (db: Reader, pageId: string, number: number, limit: number) =>
  written(db)
    .select(['number', 'person_id'])
    .where('page_id', '=', pageId)
    .where('number', '<=', number)
    .where('number', '>', number - limit)
    .orderBy('number', 'desc')
    .execute()

/** Pages whose authorship does not reach to their newest revision, of those after a page in the order of ids. */
export const duePages = (db: Reader, after: string, limit: number) =>
  db
    .selectFrom('pages')
    .select(['id', 'newest'])
    .where('id', '>', after)
    .where('newest', '>', 0)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('authorship')
            .select('first')
            .whereRef('authorship.page_id', '=', 'pages.id')
            .whereRef('authorship.last', '>=', 'pages.newest'),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()

/** Revisions of a page by their numbers, oldest first. */
export async function sources(db: Reader, pageId: string, numbers: readonly number[]) {
  const rows = []
  for (let at = 0; at < numbers.length; at += 500)
    rows.push(
      ...(await db
        .selectFrom('revisions')
        .select(['number', 'id', 'at', 'author_hidden'])
        .where('page_id', '=', pageId)
        .where('number', 'in', numbers.slice(at, at + 500))
        .orderBy('number')
        .execute()),
    )
  return rows
}

/** The ids of all pages that have revisions, in their order. */
export async function* everyPage(db: Reader): AsyncGenerator<string> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('pages')
      .select('id')
      .where('id', '>', after)
      .where('newest', '>', 0)
      .orderBy('id')
      .limit(100)
      .execute()
    for (const { id } of rows) yield id
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

/** Those of these ids that are people's. */
export async function peopleAmong(db: Reader, ids: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .selectFrom('people')
      .select('id')
      .where('id', 'in', ids.slice(at, at + 500))
      .execute()
    found.push(...rows.map(row => row.id))
  }
  return found
}
