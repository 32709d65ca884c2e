import type { Kysely } from 'kysely'

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
}
