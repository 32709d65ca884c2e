import { type Kysely, sql } from 'kysely'

/** The epochs of every draft, and how far an old epoch's clients have been moved to a later one. */
export default async function epochs(db: Kysely<never>) {
  await db.schema
    .createTable('draft_epochs')
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('epoch', 'integer', c => c.notNull())
    .addColumn('cause', 'text', c => c.notNull())
    .addColumn('schema_version', 'integer', c => c.notNull())
    .addColumn('knows_owners', 'integer', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .addPrimaryKeyConstraint('draft_epochs_key', ['page_id', 'epoch'])
    .execute()
  await sql`
    insert into draft_epochs (page_id, epoch, cause, schema_version, knows_owners, at)
    select id, epoch, 'new', 1, 1, created_at from pages where epoch > 0
  `.execute(db)
  await db.schema
    .createTable('draft_hearings')
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('epoch', 'integer', c => c.notNull())
    .addColumn('person_id', 'text', c => c.notNull().references('people.id'))
    .addColumn('heard', 'blob', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .addPrimaryKeyConstraint('draft_hearings_key', ['page_id', 'epoch', 'person_id'])
    .execute()
  await db.schema.alterTable('draft_clients').addColumn('moved_clock', 'bigint').execute()
}
