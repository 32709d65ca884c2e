import type { Kysely } from 'kysely'

export default async function discussions(db: Kysely<never>) {
  await db.schema
    .createTable('boards')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('slug', 'text', c => c.notNull().unique())
    .addColumn('title', 'text', c => c.notNull())
    .addColumn('description', 'text', c => c.notNull())
    .addColumn('position', 'integer', c => c.notNull())
    .addColumn('created_at', 'bigint', c => c.notNull())
    .execute()

  await db.schema
    .createTable('topics')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('subject_kind', 'text', c => c.notNull())
    .addColumn('subject_id', 'text', c => c.notNull())
    .addColumn('title', 'text', c => c.notNull())
    .addColumn('author_id', 'text', c => c.references('people.id'))
    .addColumn('created_at', 'bigint', c => c.notNull())
    .addColumn('last_post_at', 'bigint', c => c.notNull())
    .addColumn('posts', 'integer', c => c.notNull())
    .addColumn('closed_at', 'bigint')
    .addColumn('closed_by_id', 'text', c => c.references('people.id'))
    .execute()
  await db.schema
    .createIndex('topics_by_subject')
    .on('topics')
    .columns(['subject_kind', 'subject_id', 'last_post_at'])
    .execute()
  await db.schema.createIndex('topics_by_time').on('topics').column('last_post_at').execute()

  await db.schema
    .createTable('posts')
    .addColumn('id', 'text', c => c.primaryKey())
    .addColumn('topic_id', 'text', c => c.notNull().references('topics.id'))
    .addColumn('parent_id', 'text', c => c.references('posts.id'))
    .addColumn('number', 'integer', c => c.notNull())
    .addColumn('author_id', 'text', c => c.references('people.id'))
    .addColumn('body', 'text', c => c.notNull())
    .addColumn('html', 'text', c => c.notNull())
    .addColumn('at', 'bigint', c => c.notNull())
    .addColumn('edited_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addColumn('deleted_by_id', 'text', c => c.references('people.id'))
    .addUniqueConstraint('posts_number', ['topic_id', 'number'])
    .execute()
}
