export interface DiscussionTables {
  boards: { id: string; slug: string; title: string; description: string; position: number; created_at: number }
  topics: {
    id: string
    subject_kind: 'page' | 'board'
    subject_id: string
    title: string
    author_id: string | null
    created_at: number
    last_post_at: number
    posts: number
    closed_at: number | null
    closed_by_id: string | null
  }
  posts: {
    id: string
    topic_id: string
    parent_id: string | null
    /** 1 for the opening post. */
    number: number
    author_id: string | null
    /** Markdown, as its author wrote it. */
    body: string
    html: string
    at: number
    edited_at: number | null
    deleted_at: number | null
    deleted_by_id: string | null
  }
}
