import { type Kysely, sql } from 'kysely'

/** What a revision touched, what took it back, and what of it nobody is shown any more. */
export default async function history(db: Kysely<never>) {
  const { schema } = db
  await schema
    .alterTable('revisions')
    .addColumn('sections', 'text', c => c.notNull().defaultTo(''))
    .execute()
  await schema.alterTable('revisions').addColumn('reverted_by_id', 'text').execute()
  for (const part of ['text_hidden', 'author_hidden', 'summary_hidden'] as const)
    await schema
      .alterTable('revisions')
      .addColumn(part, 'integer', c => c.notNull().defaultTo(0))
      .execute()

  await schema
    .createTable('page_pasts')
    .addColumn('page_id', 'text', c => c.primaryKey().references('pages.id'))
    .addColumn('changes', 'integer', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .execute()

  await schema
    .createTable('first_revisions')
    .addColumn('person_id', 'text', c => c.primaryKey().references('people.id'))
    .addColumn('revision_id', 'text', c => c.notNull().references('revisions.id'))
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('at', 'bigint', c => c.notNull())
    .execute()
  await sql`
    insert into first_revisions (person_id, revision_id, page_id, at)
    select person_id, revision_id, page_id, at from (
      select revision_authors.person_id, revision_authors.revision_id, revisions.page_id, revisions.at,
        row_number() over (partition by revision_authors.person_id order by revisions.at, revisions.id) as place
      from revision_authors join revisions on revisions.id = revision_authors.revision_id
    ) as placed where place = 1
  `.execute(db)

  await schema
    .createTable('suppressions')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('page_id', 'text', c => c.notNull().references('pages.id'))
    .addColumn('revision_id', 'text', c => c.notNull().references('revisions.id'))
    .addColumn('person_id', 'text', c => c.notNull().references('people.id'))
    .addColumn('hidden', 'text', c => c.notNull())
    .addColumn('reason', 'text', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .execute()
  await schema.createIndex('suppressions_by_page').on('suppressions').columns(['page_id', 'at']).execute()
}
