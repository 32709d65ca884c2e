import type { Reader, Writer } from '../db/index.ts'

export interface Entry {
  kind: 'page' | 'post'
  ref_id: string
  page_id: string | null
  language: string
}

/** The entry's number, made on the first call. */
export async function entryNumber(tx: Writer, entry: Entry): Promise<number> {
  const row = await tx
    .insertInto('search_entries')
    .values(entry)
    .onConflict(conflict => conflict.column('ref_id').doUpdateSet({ language: entry.language }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Forgets an entry and tells its number, if there was one. */
export async function dropEntry(tx: Writer, refId: string): Promise<number | undefined> {
  const row = await tx.deleteFrom('search_entries').where('ref_id', '=', refId).returning('id').executeTakeFirst()
  return row?.id
}

export const entriesByNumber = (db: Reader, ids: number[]) =>
  db.selectFrom('search_entries').selectAll().where('id', 'in', ids).execute()

export const pageSource = (db: Reader, pageId: string) =>
  db
    .selectFrom('pages')
    .innerJoin('page_heads', 'page_heads.page_id', 'pages.id')
    .select(['pages.title', 'pages.language', 'pages.deleted_at', 'page_heads.shown'])
    .where('pages.id', '=', pageId)
    .executeTakeFirst()

export const titlesOf = (db: Reader, pageId: string) =>
  db.selectFrom('page_titles').select('title').where('page_id', '=', pageId).execute()

export const pagesFound = (db: Reader, ids: string[]) =>
  db
    .selectFrom('pages')
    .leftJoin('page_heads', 'page_heads.page_id', 'pages.id')
    .select([
      'pages.id',
      'pages.slug',
      'pages.title',
      'pages.language',
      'pages.licence',
      'pages.changed_at',
      'pages.deleted_at',
      'page_heads.shown',
    ])
    .where('pages.id', 'in', ids)
    .execute()

export const postSource = (db: Reader, postId: string) =>
  db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select([
      'posts.body',
      'posts.number',
      'posts.deleted_at',
      'topics.title',
      'topics.subject_kind',
      'topics.subject_id',
    ])
    .where('posts.id', '=', postId)
    .executeTakeFirst()

export const postsFound = (db: Reader, ids: string[]) =>
  db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .leftJoin('people', 'people.id', 'posts.author_id')
    .select([
      'posts.id',
      'posts.number',
      'posts.body',
      'posts.at',
      'posts.deleted_at',
      'topics.id as topic_id',
      'topics.title',
      'topics.subject_kind',
      'topics.subject_id',
      'people.name as author',
    ])
    .where('posts.id', 'in', ids)
    .execute()
