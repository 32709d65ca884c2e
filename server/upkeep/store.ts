import type { Reader, Tables, Writer } from '../db/index.ts'

/** Pages behind this one, by id: for going through all of them in pieces. */
export const pagesAfter = (db: Reader, id: string, limit: number) =>
  db.selectFrom('pages').select(['id', 'title', 'epoch']).where('id', '>', id).orderBy('id').limit(limit).execute()

export async function countPages(db: Reader): Promise<number> {
  const { count } = await db
    .selectFrom('pages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export const epochsOf = (db: Reader, pageIds: readonly string[]) =>
  db.selectFrom('pages').select(['id', 'epoch']).where('id', 'in', pageIds).execute()

/** Whose client ids a page knows, up to an epoch. */
export const clientsUpTo = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_clients')
    .select(['epoch', 'client_id', 'person_id', 'made_here'])
    .where('page_id', '=', pageId)
    .where('epoch', '<=', epoch)
    .execute()

export async function personIds(db: Reader): Promise<Set<string>> {
  const rows = await db.selectFrom('people').select('id').execute()
  return new Set(rows.map(({ id }) => id))
}

/** Adds an owner that the page did not know; one that it knows stays. */
export async function addClient(
  tx: Writer,
  client: Pick<Tables['draft_clients'], 'page_id' | 'epoch' | 'client_id' | 'person_id' | 'made_here'>,
) {
  await tx
    .insertInto('draft_clients')
    .values(client)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
