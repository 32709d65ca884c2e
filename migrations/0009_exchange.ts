import { type Kysely, sql } from 'kysely'

/** Which page a history from elsewhere went into: a row a history, so that an export need not look through all of them. */
export default async function exchange(db: Kysely<never>) {
  await db.schema
    .createTable('imported_pages')
    .addColumn('source', 'text', c => c.notNull())
    .addColumn('path', 'text', c => c.notNull())
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addPrimaryKeyConstraint('imported_pages_key', ['source', 'path'])
    .execute()
  await db.schema.createIndex('imported_pages_by_page').on('imported_pages').column('page_id').execute()
  await sql`
    insert into imported_pages (source, path, page_id)
    select source, path, min(page_id) from imported_revisions group by source, path
  `.execute(db)
}
