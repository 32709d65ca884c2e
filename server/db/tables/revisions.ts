import type { Generated } from 'kysely'

export interface RevisionTables {
  revisions: {
    id: string
    page_id: string
    number: number
    kind: 'edit' | 'restore' | 'undo' | 'rollback' | 'import' | 'merge' | 'deletion'
    publisher_id: string | null
    summary: string
    minor: number
    /** The licence the publisher agreed to, and when; an import's licence is its source's. */
    licence: string
    consent_at: number | null
    at: number
    title: string
    /** Bytes of canonical JSON; 0 for a deletion. */
    size: number
    /** SHA-256 of the canonical JSON; null for a deletion. */
    content_hash: Uint8Array | null
    /** The revision whose content a restore published again, or that an undo took back. */
    source_id: string | null
    /** How many words it added and removed against the revision before it. */
    words_added: number
    words_removed: number
    /** Titles of the sections it changed, each ending its line; the text before the first heading is an empty line. */
    sections: Generated<string>
    /** The later revision that took this one back. */
    reverted_by_id: Generated<string | null>
    /** What was suppressed of it: shown to nobody, until the suppression is lifted. */
    text_hidden: Generated<0 | 1>
    author_hidden: Generated<0 | 1>
    summary_hidden: Generated<0 | 1>
  }
  /** Who wrote for a revision, whoever wrote most first. Where nobody is named, its publisher alone did. */
  revision_authors: { revision_id: string; person_id: string; position: number }
  /** How often what is told of earlier revisions has changed since they were published, and when last; no row is never. */
  page_pasts: { page_id: string; changes: number; at: number }
  /** The revision by which each person first wrote here. */
  first_revisions: { person_id: string; revision_id: string; page_id: string; at: number }
  /** Acts of suppression: what of a revision was hidden from then on (parts joined by commas; none where it was lifted), by whom and why. */
  suppressions: {
    id: string
    page_id: string
    revision_id: string
    person_id: string
    hidden: string
    reason: string
    at: number
  }
  /** Each text once, by hash: loose while young, later a slice of a packed segment. */
  contents: {
    hash: Uint8Array
    /** The page that said it first; null once packed. */
    page_id: string | null
    /** How many revisions that page had before the one that said it: its texts are packed in this order. Null once packed. */
    turn: number | null
    /** Brotli of the canonical JSON, or null once packed. */
    bytes: Uint8Array | null
    segment_id: number | null
    offset: number
    /** Bytes of canonical JSON. */
    length: number
  }
  /** Texts of a page, one behind the other; `size` is how many bytes come of the packed ones. */
  content_segments: { id: Generated<number>; page_id: string; size: number; bytes: Uint8Array }
  /** The rendered head of each page, made when it was published; made again when `pages.rendering` has left it behind. */
  page_heads: {
    page_id: string
    revision_id: string
    rendering: number
    words: number
    /** HTML, outline and plain text, packed together (`shown.ts`). */
    shown: Uint8Array
  }
  /** Where an imported revision came from, so that a second import changes nothing. */
  imported_revisions: { origin_id: number; number: number; external_id: string }
  /** The page that a history from elsewhere went into. */
  imported_pages: { id: Generated<number>; source: string; path: string; page_id: string }
  imported_people: { source: string; external_id: string; person_id: string }
}
