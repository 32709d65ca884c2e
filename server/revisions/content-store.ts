import type { Reader, Tables, Writer } from '../db/index.ts'

export const find = (db: Reader, hash: string) =>
  db
    .selectFrom('contents')
    .leftJoin('content_segments', 'content_segments.id', 'contents.segment_id')
    .select(['contents.bytes', 'contents.offset', 'contents.length', 'content_segments.bytes as segment'])
    .where('contents.hash', '=', hash)
    .executeTakeFirst()

export const isKnown = async (db: Reader, hash: string): Promise<boolean> =>
  (await db.selectFrom('contents').select('hash').where('hash', '=', hash).executeTakeFirst()) !== undefined

export async function insert(tx: Writer, row: Tables['contents']) {
  await tx.insertInto('contents').values(row).execute()
}

export async function countLoose(db: Reader, pageId: string): Promise<number> {
  const { count } = await db
    .selectFrom('contents')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('page_id', '=', pageId)
    .where('segment_id', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Contents that lie loose, in the order of the revisions that first said them. */
export const oldestLoose = (db: Reader, pageId: string, limit: number) =>
  db
    .selectFrom('contents')
    .innerJoin('revisions', join =>
      join.onRef('revisions.content_hash', '=', 'contents.hash').on('revisions.page_id', '=', pageId),
    )
    .select(['contents.hash', 'contents.bytes'])
    .where('contents.page_id', '=', pageId)
    .where('contents.segment_id', 'is', null)
    .groupBy(['contents.hash', 'contents.bytes'])
    .orderBy(({ fn }) => fn.min('revisions.number'))
    .limit(limit)
    .execute()

export async function insertSegment(tx: Writer, row: Tables['content_segments']) {
  await tx.insertInto('content_segments').values(row).execute()
}

export async function moveInto(
  tx: Writer,
  hash: string,
  place: { segment_id: string; offset: number; length: number },
) {
  await tx
    .updateTable('contents')
    .set({ ...place, bytes: null })
    .where('hash', '=', hash)
    .execute()
}
