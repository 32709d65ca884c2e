import type { Post, Thread, Topic } from '../../shared/discussions/contract.ts'
import type { PageRights } from '../../shared/pages/may.ts'
import type { Reader } from '../db/index.ts'
import * as store from './store.ts'

/** A topic with its posts. */
export async function threadOf(db: Reader, topic: store.TopicRow): Promise<Thread> {
  return { ...asTopic(topic), thread: (await store.postsOf(db, topic.id)).map(asPost) }
}

/** The rights that the page of a topic gives; undefined for a board. */
export const rightsOf = (row: store.TopicRow): PageRights | undefined =>
  row.subject_kind === 'page' ? { deleted: row.page_deleted_at !== null } : undefined

const person = (id: string | null, handle: string | null, name: string | null) =>
  id === null || handle === null || name === null ? null : { id, handle, name }

export const asTopic = (row: store.TopicRow): Topic => ({
  id: row.id,
  title: row.title,
  subject: {
    kind: row.subject_kind,
    id: row.subject_id,
    slug: row.page_slug ?? row.board_slug ?? '',
    title: row.page_title ?? row.board_title ?? '',
    deleted: row.page_deleted_at !== null,
  },
  author: person(row.starter_id, row.starter_handle, row.starter_name),
  at: row.created_at,
  lastPostAt: row.last_post_at,
  lastAuthor: person(row.latest_id, row.latest_handle, row.latest_name),
  posts: row.posts,
})

export const asPost = (row: store.PostRow): Post => ({
  id: row.id,
  number: row.number,
  parent: row.parent_id,
  author: person(row.author_id, row.handle, row.name),
  body: row.body,
  html: row.html,
  at: row.at,
})
