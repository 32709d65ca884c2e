import { bytesOf, type Reader, withHash } from '../../db/index.ts'
import { unpackedRow } from '../../drafts/index.ts'

export const epochsOf = (db: Reader, pageId: string) =>
  db
    .selectFrom('draft_epochs')
    .select(['epoch', 'schema_version'])
    .where('page_id', '=', pageId)
    .orderBy('epoch')
    .execute()

export const checkpointsOf = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_checkpoints')
    .select(['seq', 'state'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .orderBy('seq')
    .execute()

export async function rowsAfter(db: Reader, pageId: string, epoch: number, seq: number, limit: number) {
  const rows = await db
    .selectFrom('draft_updates')
    .select(['seq', 'person_id', 'client_id', 'payload', 'packed'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(unpackedRow)
}

export const clientsOf = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_clients')
    .leftJoin('people', 'people.id', 'draft_clients.person_id')
    .select(['client_id', 'person_id', 'people.id as known_id'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .execute()

export async function revisionsAfter(db: Reader, pageId: string, number: number, limit: number) {
  const rows = await db
    .selectFrom('revisions')
    .select(['id', 'number', 'kind', 'content_hash', 'size'])
    .where('page_id', '=', pageId)
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map(withHash)
}

export const contentOf = (db: Reader, hash: string) =>
  db
    .selectFrom('contents')
    .select(['bytes', 'segment_id', 'offset', 'length'])
    .where('hash', '=', bytesOf(hash))
    .executeTakeFirst()

export const segmentOf = (db: Reader, id: number) =>
  db.selectFrom('content_segments').select('bytes').where('id', '=', id).executeTakeFirst()

export const headOf = (db: Reader, pageId: string) =>
  db.selectFrom('page_heads').select(['revision_id']).where('page_id', '=', pageId).executeTakeFirst()

export const isSearchable = async (db: Reader, refId: string): Promise<boolean> =>
  (await db.selectFrom('search_entries').select('id').where('ref_id', '=', refId).executeTakeFirst()) !== undefined

/** Entries of the search index that lead to no page and to no post. */
export const strayEntries = (db: Reader, limit: number) =>
  db
    .selectFrom('search_entries')
    .leftJoin('pages', 'pages.id', 'search_entries.ref_id')
    .leftJoin('posts', 'posts.id', 'search_entries.ref_id')
    .select(['search_entries.kind', 'search_entries.ref_id'])
    .where('pages.id', 'is', null)
    .where('posts.id', 'is', null)
    .limit(limit)
    .execute()

export const passagesAfter = (db: Reader, id: string, limit: number) =>
  db
    .selectFrom('rescued_passages')
    .innerJoin('pages', 'pages.id', 'rescued_passages.page_id')
    .select(['rescued_passages.id', 'rescued_passages.document', 'rescued_passages.page_id', 'pages.title'])
    .where('rescued_passages.id', '>', id)
    .orderBy('rescued_passages.id')
    .limit(limit)
    .execute()

export const pageOf = (db: Reader, id: string) =>
  db
    .selectFrom('pages')
    .select(['id', 'title', 'epoch', 'head_seq', 'head_id', 'head_number', 'newest', 'deleted_at'])
    .where('id', '=', id)
    .executeTakeFirst()
