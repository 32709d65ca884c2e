import { prepared, type Reader, type Writer } from '../db/index.ts'

export const pageOf = async (db: Reader, source: string, path: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('imported_pages')
      .select('page_id')
      .where('source', '=', source)
      .where('path', '=', path)
      .executeTakeFirst()
  )?.page_id

/** Where the histories came from that went into a page. */
export const originsOf = (db: Reader, pageId: string) =>
  db
    .selectFrom('imported_pages')
    .select(['source', 'path'])
    .where('page_id', '=', pageId)
    .orderBy('source')
    .orderBy('path')
    .execute()

export const ofPath = (db: Reader, source: string, path: string) =>
  db
    .selectFrom('imported_pages')
    .innerJoin('imported_revisions', 'imported_revisions.origin_id', 'imported_pages.id')
    .innerJoin('revisions', join =>
      join
        .onRef('revisions.page_id', '=', 'imported_pages.page_id')
        .onRef('revisions.number', '=', 'imported_revisions.number'),
    )
    .select(['external_id', 'revisions.id as revision_id'])
    .where('source', '=', source)
    .where('path', '=', path)
    .execute()

export const idsOf = async (db: Reader, pageId: string): Promise<string[]> =>
  (await db.selectFrom('revisions').select('id').where('page_id', '=', pageId).execute()).map(({ id }) => id)

const originOf = prepared((db, source: string, path: string) =>
  db.selectFrom('imported_pages').select('id').where('source', '=', source).where('path', '=', path),
)

/** Notes where a revision of a page came from. */
export async function insert(tx: Writer, { source, path, page_id, number, external_id }: Came) {
  const known = await originOf(tx, source, path)
  const { id } =
    known ??
    (await tx.insertInto('imported_pages').values({ source, path, page_id }).returning('id').executeTakeFirstOrThrow())
  await tx.insertInto('imported_revisions').values({ origin_id: id, number, external_id }).execute()
}

export interface Came {
  source: string
  path: string
  page_id: string
  number: number
  external_id: string
}

export async function takeBack(tx: Writer, id: string, by: string) {
  await tx.updateTable('revisions').set({ reverted_by_id: by }).where('id', '=', id).execute()
}
