import { type Kysely, sql } from 'kysely'

/** SQLite's own full text index. It only splits at spaces: words are folded and cut before they come here. */
export default async function search(db: Kysely<never>) {
  await db.schema
    .createTable('search_entries')
    .addColumn('id', 'integer', c => c.primaryKey())
    .addColumn('kind', 'text', c => c.notNull())
    .addColumn('ref_id', 'text', c => c.notNull().unique())
    .addColumn('page_id', 'text')
    .addColumn('language', 'text', c => c.notNull())
    .execute()
  await sql`create virtual table search_index using fts5(title, old, body, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M* S*'")`.execute(db)
}
