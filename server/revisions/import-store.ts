import type { Reader, Tables, Writer } from '../db/index.ts'

export const ofPath = (db: Reader, source: string, path: string) =>
  db
    .selectFrom('imported_revisions')
    .select(['external_id', 'page_id'])
    .where('source', '=', source)
    .where('path', '=', path)
    .execute()

export async function insert(tx: Writer, row: Tables['imported_revisions']) {
  await tx.insertInto('imported_revisions').values(row).execute()
}
