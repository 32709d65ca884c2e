import type { Reader, Writer } from '../db/index.ts'

/** Who stands here for an author of that source. */
export async function importedPerson(db: Reader, source: string, author: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('imported_people')
    .select('person_id')
    .where('source', '=', source)
    .where('external_id', '=', author)
    .executeTakeFirst()
  return row?.person_id
}

export async function rememberPerson(tx: Writer, source: string, author: string, personId: string) {
  await tx.insertInto('imported_people').values({ source, external_id: author, person_id: personId }).execute()
}

/** What a source calls these people, by their ids; those whom it does not name are left out. */
export async function authorsOf(db: Reader, source: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('imported_people')
    .select(['person_id', 'external_id'])
    .where('source', '=', source)
    .where('person_id', 'in', ids)
    .orderBy('external_id', 'desc')
    .execute()
  return new Map(rows.map(row => [row.person_id, row.external_id]))
}
