export interface DiscardTables {
  /** Where the head stands in the live draft: what was written or taken away behind that row is not published. */
  draft_bases: {
    page_id: string
    epoch: number
    seq: number
    /** The identity that each atom of the head has in the draft. */
    atoms: Uint8Array
    /** JSON: who did what to which atoms in epochs before. */
    taken: string
  }
  /** What a draft changes, in short, as it was found at some row of the log. */
  draft_surveys: {
    page_id: string
    head_id: string | null
    epoch: number
    seq: number
    changes: number
    /** JSON: the ids of those whose changes they are. */
    people: string
  }
  /** Unpublished changes that were taken out of a draft. */
  discards: {
    id: string
    page_id: string
    by_id: string
    of: 'mine' | 'all' | 'chosen'
    summary: string
    changes: number
    /** The draft before and after, one person's changes after the other. */
    stages: Uint8Array
    at: number
    undone_at: number | null
    undone_by_id: string | null
  }
}
