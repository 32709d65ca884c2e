import type { Kysely } from 'kysely'

export default async function accounts(db: Kysely<never>) {
  await db.schema
    .createTable('settings')
    .addColumn('name', 'text', c => c.primaryKey())
    .addColumn('value', 'text', c => c.notNull())
    .execute()

  await db.schema
    .createTable('people')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('handle', 'text', c => c.notNull())
    .addColumn('handle_key', 'text', c => c.notNull().unique())
    .addColumn('name', 'text', c => c.notNull())
    .addColumn('email', 'text')
    .addColumn('email_key', 'text', c => c.unique())
    .addColumn('role', 'text', c => c.notNull())
    .addColumn('state', 'text', c => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('language', 'text')
    .addColumn('created_at', 'bigint', c => c.notNull())
    .execute()

  await db.schema
    .createTable('suspensions')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('person_id', 'text', c => c.notNull().references('people.id'))
    .addColumn('by_id', 'text', c => c.references('people.id'))
    .addColumn('reason', 'text', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .addColumn('until', 'bigint')
    .addColumn('lifted_at', 'bigint')
    .execute()
  await db.schema.createIndex('suspensions_by_person').on('suspensions').column('person_id').execute()

  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('person_id', 'text', c => c.notNull().references('people.id'))
    .addColumn('created_at', 'bigint', c => c.notNull())
    .addColumn('seen_at', 'bigint', c => c.notNull())
    .addColumn('expires_at', 'bigint', c => c.notNull())
    .addColumn('agent', 'text', c => c.notNull())
    .execute()
  await db.schema.createIndex('sessions_by_person').on('sessions').column('person_id').execute()

  await db.schema
    .createTable('tokens')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('person_id', 'text', c => c.notNull().references('people.id'))
    .addColumn('name', 'text', c => c.notNull())
    .addColumn('hash', 'text', c => c.notNull().unique())
    .addColumn('scopes', 'text', c => c.notNull())
    .addColumn('created_at', 'bigint', c => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute()
  await db.schema.createIndex('tokens_by_person').on('tokens').column('person_id').execute()

  await db.schema
    .createTable('invitations')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('hash', 'text', c => c.notNull().unique())
    .addColumn('by_id', 'text', c => c.references('people.id'))
    .addColumn('role', 'text', c => c.notNull())
    .addColumn('created_at', 'bigint', c => c.notNull())
    .addColumn('expires_at', 'bigint', c => c.notNull())
    .addColumn('used_by_id', 'text', c => c.references('people.id'))
    .addColumn('used_at', 'bigint')
    .execute()

  await db.schema
    .createTable('guesses')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('subject', 'text', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .execute()
  await db.schema.createIndex('guesses_by_subject').on('guesses').columns(['subject', 'at']).execute()
}
