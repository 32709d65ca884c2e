import type { Reader, Tables, Writer } from '../db/index.ts'

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
    .selectFrom('imported_revisions')
    .select(['external_id', 'revision_id', 'page_id'])
    .where('source', '=', source)
    .where('path', '=', path)
    .execute()

export const idsOf = async (db: Reader, pageId: string): Promise<string[]> =>
  (await db.selectFrom('revisions').select('id').where('page_id', '=', pageId).execute()).map(({ id }) => id)

export async function insert(tx: Writer, row: Tables['imported_revisions']) {
  const { source, path, page_id } = row
  await tx.insertInto('imported_revisions').values(row).execute()
  await tx
    .insertInto('imported_pages')
    .values({ source, path, page_id })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function takeBack(tx: Writer, id: string, by: string) {
  await tx.updateTable('revisions').set({ reverted_by_id: by }).where('id', '=', id).execute()
}
