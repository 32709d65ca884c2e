export interface PageTables {
  pages: {
    id: string
    slug: string
    slug_key: string
    title: string
    title_key: string
    language: string
    licence: string
    /** The revision readers see; null before the first one and while the page is deleted. */
    head_id: string | null
    /** The head's number; it means nothing while there is none. */
    head_number: number
    /** The number of the newest revision, a deletion's included; 0 before the first. */
    newest: number
    /** Raised whenever what readers see of the page may have changed, also by a rename of what it links to. */
    rendering: number
    epoch: number
    /** Sequence number of the draft's newest log row in this epoch. */
    head_seq: number
    /** Since when the draft may say something that readers do not see. */
    unpublished_since: number | null
    created_at: number
    created_by_id: string | null
    /** When the head was published, or the page created. */
    changed_at: number
    deleted_at: number | null
    deleted_by_id: string | null
    /** Position among the featured pages of the front page, or null. */
    featured: number | null
  }
  /** Addresses a page had before; the living page at an address always wins over these. */
  page_redirects: { slug_key: string; slug: string; page_id: string; at: number }
  /** Every title the page ever had, the present one included, so that search finds old ones. */
  page_titles: { page_id: string; title: string; title_key: string; at: number; person_id: string | null }
  /** What the head links to: a page by id, or a title that no page has yet. */
  page_links: { page_id: string; target_id: string | null; title_key: string | null }
}
