import { type Kysely, sql } from 'kysely'

/** What drafts have that readers do not: since when, on what they stand, what was taken out of them. */
export default async function discards(db: Kysely<never>) {
  const { schema } = db
  await schema.alterTable('pages').addColumn('unpublished_since', 'bigint').execute()
  // Whether it came to anything is found out by whoever asks.
  await sql`
    update pages set unpublished_since = (
      select min(at) from draft_updates as written
      where written.page_id = pages.id and written.epoch = pages.epoch and written.at > pages.changed_at
    )
  `.execute(db)
  await schema.createIndex('pages_unpublished').on('pages').columns(['unpublished_since', 'id']).execute()
  await schema
    .createTable('draft_bases')
    .addColumn('page_id', 'text', c => c.primaryKey().references('pages.id'))
    .addColumn('epoch', 'integer', c => c.notNull())
    .addColumn('seq', 'integer', c => c.notNull())
    .addColumn('atoms', 'blob', c => c.notNull())
    .addColumn('taken', 'text', c => c.notNull())
    .execute()
  await schema
    .createTable('draft_surveys')
    .addColumn('page_id', 'text', c => c.primaryKey().references('pages.id'))
    .addColumn('head_id', 'text')
    .addColumn('epoch', 'integer', c => c.notNull())
    .addColumn('seq', 'integer', c => c.notNull())
    .addColumn('changes', 'integer', c => c.notNull())
    .addColumn('people', 'text', c => c.notNull())
    .execute()
  await schema
    .createTable('discards')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('by_id', 'text', c => c.notNull().references('people.id'))
    .addColumn('of', 'text', c => c.notNull())
    .addColumn('summary', 'text', c => c.notNull())
    .addColumn('changes', 'integer', c => c.notNull())
    .addColumn('stages', 'blob', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .addColumn('undone_at', 'bigint')
    .addColumn('undone_by_id', 'text', c => c.references('people.id'))
    .execute()
  await schema.createIndex('discards_by_page').on('discards').columns(['page_id', 'id']).execute()
}
