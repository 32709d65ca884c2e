import type { Asker, Person } from '../../shared/accounts/contract.ts'
import type { Board, Post, Thread, TopicList } from '../../shared/discussions/contract.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { toHtml } from '../../shared/document/html.ts'
import { mayPost, mayReadTopics } from '../../shared/discussions/may.ts'
import type { PageRights } from '../../shared/pages/may.ts'
import { type Database, newId, type Reader, type Writer } from '../db/index.ts'
import type { Events } from '../events.ts'
import type { Pages } from '../pages/index.ts'
import { NothingSaid, ParentNotFound, SubjectNotFound, TalkClosed, TopicNotFound } from './errors.ts'
import { asPost, asTopic, rightsOf, threadOf } from './shown.ts'
import * as store from './store.ts'

export interface Said {
  title: string
  body: string
}

export type Discussions = ReturnType<typeof discussions>

/** `language` is the one that notes and labels inside posts are worded in. */
export function discussions({
  db,
  events,
  pages,
  language,
}: {
  db: Database
  events: Events
  pages: Pages
  language: () => string
}) {
  async function render(tx: Reader, id: string, markdown: string) {
    const document = fromMarkdown(markdown)
    const context = await pages.context([document], language(), tx)
    return toHtml(document, { ...context, idPrefix: `${id}-` })
  }

  async function subjectOf(asker: Asker, about: About) {
    if ('board' in about) {
      const board = await store.boardBySlug(db.read, about.board)
      if (!board) throw new SubjectNotFound()
      return { key: { kind: 'board', id: board.id } as const, page: undefined }
    }
    const page = await pages.requireHistory(asker, about.page)
    return { key: { kind: 'page', id: page.id } as const, page }
  }

  async function addPost(tx: Writer, topicId: string, by: Person, body: string, parent: string | null, at: number) {
    const text = readable(body, 'body')
    const { posts: number } = await store.countPost(tx, topicId, at)
    const id = newId()
    const html = await render(tx, `p${number}`, text)
    await store.insertPost(tx, {
      id,
      topic_id: topicId,
      parent_id: parent,
      number,
      author_id: by.id,
      body: text,
      html,
      at,
      edited_at: null,
      deleted_at: null,
      deleted_by_id: null,
    })
    await events.announce(tx, 'post added', { topicId, postId: id })
    return {
      id,
      number,
      parent,
      author: { id: by.id, handle: by.handle, name: by.name },
      body: text,
      html,
      at,
    } satisfies Post
  }

  async function start(by: Person, subject: store.SubjectKey, page: PageRights | undefined, { title, body }: Said) {
    if (!mayPost(by, page)) throw new TalkClosed()
    return db.write(async tx => {
      const id = newId()
      const at = Date.now()
      await store.insertTopic(tx, {
        id,
        subject_kind: subject.kind,
        subject_id: subject.id,
        title: readable(title.replace(/\s+/gu, ' '), 'title'),
        author_id: by.id,
        created_at: at,
        last_post_at: at,
        posts: 0,
        closed_at: null,
        closed_by_id: null,
      })
      await events.announce(tx, 'topic started', { topicId: id })
      await addPost(tx, id, by, body, null, at)
      return threadOf(tx, await requireTopic(tx, by, id))
    })
  }

  return {
    /** The topics about a page, or on a board, or everywhere the asker may read; the one last posted in first. */
    async topics(asker: Asker, about: About | undefined, { limit = 50, before }: Paging = {}): Promise<TopicList> {
      const subject = about && (await subjectOf(asker, about))
      const rows = await store.topicsOf(db.read, subject?.key, limit + 1, cursorIn(before))
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        topics: shown.filter(row => mayReadTopics(asker, rightsOf(row))).map(asTopic),
        next: last && rows.length > limit ? `${last.last_post_at}.${last.id}` : null,
      }
    },
    async countOnPage(pageId: string): Promise<number> {
      return store.countTopics(db.read, { kind: 'page', id: pageId })
    },
    async thread(asker: Asker, topicId: string): Promise<Thread> {
      return threadOf(db.read, await requireTopic(db.read, asker, topicId))
    },
    /** The posts of a topic after number `since`. */
    async postsSince(asker: Asker, topicId: string, since: number): Promise<Post[]> {
      await requireTopic(db.read, asker, topicId)
      return (await store.postsOf(db.read, topicId, since)).map(asPost)
    },
    async boards(): Promise<Board[]> {
      const rows = await store.allBoards(db.read)
      return Promise.all(
        rows.map(async ({ id, slug, title, description }) => ({
          id,
          slug,
          title,
          description,
          topics: await store.countTopics(db.read, { kind: 'board', id }),
        })),
      )
    },
    async board(slug: string): Promise<Board> {
      const row = await store.boardBySlug(db.read, slug)
      if (!row) throw new SubjectNotFound()
      const { id, title, description } = row
      return { id, slug, title, description, topics: await store.countTopics(db.read, { kind: 'board', id }) }
    },
    /** Makes a board at the end of the list; one that exists at this address stays as it is. */
    async openBoard(slug: string, title: string, description: string): Promise<void> {
      await db.write(async tx => {
        const position = (await store.allBoards(tx)).length
        await store.insertBoard(tx, { id: newId(), slug, title, description, position, created_at: Date.now() })
      })
    },
    /** Starts a topic with its opening post. */
    async start(by: Person, about: About, said: Said): Promise<Thread> {
      const { key, page } = await subjectOf(by, about)
      return start(by, key, page, said)
    },
    /** Replies to a topic, or to one of its posts. */
    async reply(by: Person, topicId: string, body: string, parent?: string): Promise<Post> {
      return db.write(async tx => {
        const topic = await requireTopic(tx, by, topicId)
        if (!mayPost(by, rightsOf(topic))) throw new TalkClosed()
        if (parent !== undefined && !(await store.isInTopic(tx, topicId, parent))) throw new ParentNotFound()
        return addPost(tx, topicId, by, body, parent ?? null, Date.now())
      })
    },
  }
}

export type About = { page: string } | { board: string }
export interface Paging {
  limit?: number | undefined
  before?: string | undefined
}

async function requireTopic(db: Reader, asker: Asker, id: string) {
  const topic = await store.topicById(db, id)
  if (!topic || !mayReadTopics(asker, rightsOf(topic))) throw new TopicNotFound()
  return topic
}

/** Text with something to read in it; characters that no text may hold are refused rather than dropped. */
function readable(text: string, field: 'title' | 'body'): string {
  const kept = text.toWellFormed().trim()
  if (!/[^\p{C}\p{Z}]/u.test(kept) || kept.includes('\0')) throw new NothingSaid(field)
  return kept
}

function cursorIn(before: string | undefined): store.TopicCursor | undefined {
  const [at, id] = before?.split('.') ?? []
  return at && id && /^\d{1,15}$/.test(at) ? { at: Number(at), id } : undefined
}
