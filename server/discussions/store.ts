import type { Insertable } from 'kysely'
import type { Reader, Tables, Writer } from '../db/index.ts'

export interface SubjectKey {
  kind: 'page' | 'board'
  id: string
}

export const insertTopic = (tx: Writer, row: Insertable<Tables['topics']>) =>
  tx.insertInto('topics').values(row).execute()

export const insertPost = (tx: Writer, row: Insertable<Tables['posts']>) => tx.insertInto('posts').values(row).execute()

export const countPost = (tx: Writer, topicId: string, at: number) =>
  tx
    .updateTable('topics')
    .set(({ eb }) => ({ posts: eb('posts', '+', 1), last_post_at: at }))
    .where('id', '=', topicId)
    .returning('posts')
    .executeTakeFirstOrThrow()

/** The newest post of each topic tells who wrote last. */
const topics = (db: Reader) =>
  db
    .selectFrom('topics')
    .leftJoin('people as starter', 'starter.id', 'topics.author_id')
    .leftJoin('posts as latest', join =>
      join.onRef('latest.topic_id', '=', 'topics.id').onRef('latest.number', '=', 'topics.posts'),
    )
    .leftJoin('people as latest_author', 'latest_author.id', 'latest.author_id')
    .leftJoin('pages', join => join.onRef('pages.id', '=', 'topics.subject_id').on('topics.subject_kind', '=', 'page'))
    .leftJoin('boards', join =>
      join.onRef('boards.id', '=', 'topics.subject_id').on('topics.subject_kind', '=', 'board'),
    )
    .select([
      'topics.id',
      'topics.title',
      'topics.subject_kind',
      'topics.subject_id',
      'topics.created_at',
      'topics.last_post_at',
      'topics.posts',
      'starter.id as starter_id',
      'starter.handle as starter_handle',
      'starter.name as starter_name',
      'latest_author.id as latest_id',
      'latest_author.handle as latest_handle',
      'latest_author.name as latest_name',
      'pages.slug as page_slug',
      'pages.title as page_title',
      'pages.deleted_at as page_deleted_at',
      'boards.slug as board_slug',
      'boards.title as board_title',
    ])

export type TopicRow = Awaited<ReturnType<typeof topicById>> & object

export const topicById = (db: Reader, id: string) => topics(db).where('topics.id', '=', id).executeTakeFirst()

/** Where a list of topics goes on: after the topic that was last posted in at this time. */
export interface TopicCursor {
  at: number
  id: string
}

export async function topicsOf(db: Reader, subject: SubjectKey | undefined, limit: number, after?: TopicCursor) {
  let query = topics(db).orderBy('topics.last_post_at', 'desc').orderBy('topics.id', 'desc').limit(limit)
  if (subject) query = query.where('topics.subject_kind', '=', subject.kind).where('topics.subject_id', '=', subject.id)
  if (after)
    query = query.where(({ eb, or, and }) =>
      or([
        eb('topics.last_post_at', '<', after.at),
        and([eb('topics.last_post_at', '=', after.at), eb('topics.id', '<', after.id)]),
      ]),
    )
  return query.execute()
}

export async function countTopics(db: Reader, subject: SubjectKey): Promise<number> {
  const { found } = await db
    .selectFrom('topics')
    .select(({ fn }) => fn.countAll<number>().as('found'))
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .executeTakeFirstOrThrow()
  return found
}

export const postsOf = (db: Reader, topicId: string, since = 0) =>
  db
    .selectFrom('posts')
    .leftJoin('people', 'people.id', 'posts.author_id')
    .select([
      'posts.id',
      'posts.number',
      'posts.parent_id',
      'posts.author_id',
      'posts.body',
      'posts.html',
      'posts.at',
      'people.handle',
      'people.name',
    ])
    .where('posts.topic_id', '=', topicId)
    .where('posts.number', '>', since)
    .orderBy('posts.number')
    .execute()

export async function isInTopic(db: Reader, topicId: string, postId: string): Promise<boolean> {
  const found = await db
    .selectFrom('posts')
    .select('id')
    .where('id', '=', postId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()
  return found !== undefined
}

export type PostRow = Awaited<ReturnType<typeof postsOf>>[number]

export const boardBySlug = (db: Reader, slug: string) =>
  db.selectFrom('boards').selectAll().where('slug', '=', slug).executeTakeFirst()

export const allBoards = (db: Reader) => db.selectFrom('boards').selectAll().orderBy('position').execute()

export const insertBoard = (tx: Writer, row: Insertable<Tables['boards']>) =>
  tx
    .insertInto('boards')
    .values(row)
    .onConflict(conflict => conflict.column('slug').doNothing())
    .execute()
