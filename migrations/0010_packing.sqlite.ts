import { type Kysely, sql } from 'kysely'

/**
 * Contents without the row numbers of SQLite, filed under the bytes of their hash, and segments that grow. What lies loose
 * knows its page and when it was first said; what is packed needs neither.
 */
export default async function packing(db: Kysely<never>) {
  const { schema } = db
  await sql`alter table contents rename to contents_before`.execute(db)
  await sql`alter table content_segments rename to segments_before`.execute(db)
  await schema
    .createTable('content_segments')
    .addColumn('id', 'integer', c => c.primaryKey())
    .addColumn('page_id', 'text', c => c.notNull())
    .addColumn('size', 'integer', c => c.notNull())
    .addColumn('bytes', 'blob', c => c.notNull())
    .execute()
  await schema
    .createTable('contents')
    .addColumn('hash', 'blob', c => c.primaryKey().notNull())
    .addColumn('page_id', 'text')
    .addColumn('turn', 'integer')
    .addColumn('bytes', 'blob')
    .addColumn('segment_id', 'integer')
    .addColumn('offset', 'integer', c => c.notNull())
    .addColumn('length', 'integer', c => c.notNull())
    .modifyEnd(sql`without rowid`)
    .execute()

  await sql`
    insert into content_segments (page_id, size, bytes)
    select page_id, (select max(c.offset + c.length) from contents_before c where c.segment_id = s.id), bytes
    from segments_before s order by id
  `.execute(db)
  // Segments came one after the other, and so did their ids.
  await sql`
    insert into contents
    select unhex(hash), null, null, null, s.number, offset, length
    from contents_before
    join (select id, row_number() over (order by id) as number from segments_before) s on s.id = segment_id
  `.execute(db)
  await sql`
    insert into contents
    select unhex(hash), c.page_id, first.number - 1, c.bytes, null, 0, first.size
    from contents_before c
    join (
      select page_id, content_hash, min(number) as number, size from revisions group by page_id, content_hash
    ) first on first.content_hash = c.hash and first.page_id = c.page_id
    where c.segment_id is null
  `.execute(db)
  await sql`drop table contents_before`.execute(db)
  await sql`drop table segments_before`.execute(db)
  await schema
    .createIndex('contents_loose')
    .on('contents')
    .columns(['page_id', 'turn'])
    .where(sql.ref('page_id'), 'is not', null)
    .execute()
  await schema.createIndex('content_segments_by_page').on('content_segments').column('page_id').execute()
}
