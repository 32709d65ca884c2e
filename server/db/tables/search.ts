import type { Generated } from 'kysely'

export interface SearchTables {
  /** What the full text index's rows stand for: a page by its id, or a post by its id. */
  search_entries: {
    id: Generated<number>
    kind: 'page' | 'post'
    ref_id: string
    /** The page it is, or the page its topic is about. */
    page_id: string | null
    language: string
  }
}
