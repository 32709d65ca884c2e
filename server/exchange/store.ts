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
