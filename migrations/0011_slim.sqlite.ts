import { brotliCompressSync } from 'node:zlib'
import { type Kysely, sql } from 'kysely'

/** The same in fewer bytes: tables that need no row numbers of SQLite, and nothing said once for every revision. */
export default async function slim(db: Kysely<never>) {
  const { schema } = db
  await schema
    .alterTable('draft_updates')
    .addColumn('packed', 'integer', c => c.notNull().defaultTo(0))
    .execute()

  await sql`alter table page_heads rename to heads_before`.execute(db)
  await schema
    .createTable('page_heads')
    .addColumn('page_id', 'text', c => c.primaryKey().references('pages.id'))
    .addColumn('revision_id', 'text', c => c.notNull().references('revisions.id'))
    .addColumn('rendering', 'integer', c => c.notNull())
    .addColumn('words', 'integer', c => c.notNull())
    .addColumn('shown', 'blob', c => c.notNull())
    .execute()
  const heads = await sql<{ page_id: string }>`select page_id from heads_before`.execute(db)
  for (const { page_id: page } of heads.rows) {
    const { rows } = await sql<Head>`select * from heads_before where page_id = ${page}`.execute(db)
    for (const head of rows)
      await sql`
        insert into page_heads
        values (${page}, ${head.revision_id}, ${head.rendering}, ${head.words}, ${packed(head)})
      `.execute(db)
  }
  await sql`drop table heads_before`.execute(db)

  await sql`alter table imported_pages rename to pages_before`.execute(db)
  await sql`alter table imported_revisions rename to revisions_before`.execute(db)
  await sql`drop index imported_pages_by_page`.execute(db)
  await schema
    .createTable('imported_pages')
    .addColumn('id', 'integer', c => c.primaryKey())
    .addColumn('source', 'text', c => c.notNull())
    .addColumn('path', 'text', c => c.notNull())
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addUniqueConstraint('imported_pages_key', ['source', 'path'])
    .execute()
  await schema.createIndex('imported_pages_by_page').on('imported_pages').column('page_id').execute()
  await schema
    .createTable('imported_revisions')
    .addColumn('origin_id', 'integer', c => c.notNull())
    .addColumn('number', 'integer', c => c.notNull())
    .addColumn('external_id', 'text', c => c.notNull())
    .addPrimaryKeyConstraint('imported_revisions_key', ['origin_id', 'number'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await sql`insert into imported_pages (source, path, page_id) select source, path, page_id from pages_before`.execute(
    db,
  )
  await sql`
    insert into imported_revisions
    select imported_pages.id, revisions.number, external_id
    from revisions_before
    join imported_pages on imported_pages.source = revisions_before.source and imported_pages.path = revisions_before.path
    join revisions on revisions.id = revisions_before.revision_id
  `.execute(db)
  await sql`drop table pages_before`.execute(db)
  await sql`drop table revisions_before`.execute(db)

  await sql`alter table revision_authors rename to authors_before`.execute(db)
  await sql`drop index revision_authors_by_person`.execute(db)
  await schema
    .createTable('revision_authors')
    .addColumn('revision_id', 'text', c => c.notNull().references('revisions.id'))
    .addColumn('person_id', 'text', c => c.notNull().references('people.id'))
    .addColumn('position', 'integer', c => c.notNull())
    .addPrimaryKeyConstraint('revision_authors_key', ['revision_id', 'person_id'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await schema.createIndex('revision_authors_by_person').on('revision_authors').column('person_id').execute()
  await sql`insert into revision_authors select revision_id, person_id, position from authors_before`.execute(db)
  await sql`drop table authors_before`.execute(db)

  await sql`drop index revisions_by_time`.execute(db)
  await schema.createIndex('revisions_by_time').on('revisions').column('at').execute()
}

interface Head {
  page_id: string
  revision_id: string
  rendering: number
  words: number
  html: string
  outline: string
  text: string
}

const packed = ({ html, outline, text }: Head) => brotliCompressSync(JSON.stringify([html, outline, text]))
