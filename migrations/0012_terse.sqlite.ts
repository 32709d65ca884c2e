import { type Kysely, sql } from 'kysely'

/**
 * Revisions that say nothing twice: hashes are bytes, the one before is the one with the number before, and authors are
 * named only where somebody else than the publisher wrote.
 */
export default async function terse(db: Kysely<never>) {
  const { schema } = db
  await schema.alterTable('revisions').dropColumn('parent_id').execute()
  await schema.alterTable('revisions').renameColumn('content_hash', 'digits').execute()
  await schema.alterTable('revisions').addColumn('content_hash', 'blob').execute()
  await sql`update revisions set content_hash = unhex(digits)`.execute(db)
  await schema.alterTable('revisions').dropColumn('digits').execute()

  await sql`
    delete from revision_authors
    where person_id = (select publisher_id from revisions where id = revision_id)
      and not exists (
        select 1 from revision_authors as other
        where other.revision_id = revision_authors.revision_id and other.person_id != revision_authors.person_id
      )
  `.execute(db)

  await sql`alter table first_revisions rename to first_before`.execute(db)
  await schema
    .createTable('first_revisions')
    .addColumn('person_id', 'text', c => c.primaryKey().notNull().references('people.id'))
    .addColumn('revision_id', 'text', c => c.notNull().references('revisions.id'))
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('at', 'bigint', c => c.notNull())
    .modifyEnd(sql`without rowid`)
    .execute()
  await sql`insert into first_revisions select person_id, revision_id, page_id, at from first_before`.execute(db)
  await sql`drop table first_before`.execute(db)

  await sql`alter table imported_people rename to imported_before`.execute(db)
  await schema
    .createTable('imported_people')
    .addColumn('source', 'text', c => c.notNull())
    .addColumn('external_id', 'text', c => c.notNull())
    .addColumn('person_id', 'text', c => c.notNull().references('people.id'))
    .addPrimaryKeyConstraint('imported_people_key', ['source', 'external_id'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await sql`insert into imported_people select source, external_id, person_id from imported_before`.execute(db)
  await sql`drop table imported_before`.execute(db)
}
