import type { Kysely } from 'kysely'

/** Who wrote what: of every revision whose its words are, and what only the live draft could tell of it. */
export default async function authorship({ schema }: Kysely<never>) {
  await schema
    .createTable('authorship')
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('first', 'integer', c => c.notNull())
    .addColumn('last', 'integer', c => c.notNull())
    .addColumn('bytes', 'blob', c => c.notNull())
    .addPrimaryKeyConstraint('authorship_key', ['page_id', 'first'])
    .execute()
  await schema
    .createTable('authorship_facts')
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('number', 'integer', c => c.notNull())
    .addColumn('bytes', 'blob', c => c.notNull())
    .addPrimaryKeyConstraint('authorship_facts_key', ['page_id', 'number'])
    .execute()
  await schema
    .createTable('published_letters')
    .addColumn('page_id', 'text', c => c.primaryKey().references('pages.id'))
    .addColumn('number', 'integer', c => c.notNull())
    .addColumn('epoch', 'integer', c => c.notNull())
    .addColumn('seq', 'integer', c => c.notNull())
    .addColumn('bytes', 'blob', c => c.notNull())
    .execute()
}
