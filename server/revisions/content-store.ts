import { bytesOf, digitsOf, prepared, preparedChange, type Reader, type Writer } from '../db/index.ts'

const row = prepared((db, hash: Uint8Array) =>
  db
    .selectFrom('contents')
    .leftJoin('content_segments', 'content_segments.id', 'contents.segment_id')
    .select([
      'contents.bytes',
      'contents.segment_id',
      'contents.offset',
      'contents.length',
      'content_segments.size',
      'content_segments.bytes as segment',
    ])
    .where('contents.hash', '=', hash),
)

export const find = (db: Reader, hash: string) => row(db, bytesOf(hash))

const known = prepared((db, hash: Uint8Array) => db.selectFrom('contents').select('length').where('hash', '=', hash))

export const isKnown = async (db: Reader, hash: string): Promise<boolean> =>
  (await known(db, bytesOf(hash))) !== undefined

/** Keeps a content that the next revision of a page is the first to say. */
export const insert = (tx: Writer, pageId: string, hash: string, packed: { bytes: Uint8Array; length: number }) =>
  add(tx, packed.bytes, packed.length, bytesOf(hash), pageId, pageId)

const add = preparedChange(
  (tx, bytes: Uint8Array, length: number, hash: Uint8Array, page_id: string, samePage: string) =>
    tx.insertInto('contents').values(({ selectFrom, lit }) => ({
      bytes,
      length,
      hash,
      page_id,
      turn: selectFrom('revisions')
        .select(({ fn }) => fn.coalesce(fn.max('number'), lit(0)).as('turn'))
        .where('page_id', '=', samePage),
      segment_id: lit(null),
      offset: lit(0),
    })),
)

/** The first page behind this one of which contents lie loose. */
export const nextLoosePage = (db: Reader, after: string) =>
  db
    .selectFrom('contents')
    .select('page_id')
    .where('page_id', '>', after)
    .where('page_id', 'is not', null)
    .orderBy('page_id')
    .limit(1)
    .executeTakeFirst()

/** Contents of a page that lie loose, in the order in which they were first said. */
export async function looseAfter(db: Reader, pageId: string, turn: number, limit: number) {
  const rows = await db
    .selectFrom('contents')
    .select(['hash', 'turn', 'bytes', 'length'])
    .where('page_id', '=', pageId)
    .where('turn', '>', turn)
    .orderBy('turn')
    .limit(limit)
    .execute()
  return rows.map(({ hash, ...rest }) => ({ ...rest, hash: digitsOf(hash) }))
}

export const newestSegment = (db: Reader, pageId: string) =>
  db
    .selectFrom('content_segments')
    .select(['id', 'size', 'bytes'])
    .where('page_id', '=', pageId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertSegment = async (tx: Writer, segment: { page_id: string; size: number; bytes: Uint8Array }) =>
  (await tx.insertInto('content_segments').values(segment).returning('id').executeTakeFirstOrThrow()).id

/** Promises whether the segment was as long as said, and thus has grown. */
export async function growSegment(
  tx: Writer,
  { id, from }: { id: number; from: number },
  segment: { size: number; bytes: Uint8Array },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('content_segments')
    .set(segment)
    .where('id', '=', id)
    .where('size', '=', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const move = preparedChange((tx, segment_id: number, offset: number, hash: Uint8Array) =>
  tx
    .updateTable('contents')
    .set(({ lit }) => ({ segment_id, offset, bytes: lit(null), page_id: lit(null), turn: lit(null) }))
    .where('hash', '=', hash)
    .where('bytes', 'is not', null),
)

/** Promises whether the content still lay loose, and now lies in the segment. */
export const moveInto = async (tx: Writer, hash: string, segment: number, offset: number): Promise<boolean> =>
  (await move(tx, segment, offset, bytesOf(hash))) === 1
