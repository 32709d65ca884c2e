export interface DraftTables {
  draft_updates: {
    page_id: string
    epoch: number
    seq: number
    person_id: string | null
    client_id: number | null
    at: number
    kind:
      | 'seed'
      | 'edit'
      | 'restore'
      | 'undo'
      | 'rollback'
      | 'discard'
      /** What was discarded, brought back. */
      | 'return'
      | 'import'
      | 'repair'
      | 'api'
      | 'rescue'
      /** How an epoch begins. */
      | 'squash'
      | 'migration'
      /** Words that came from an earlier epoch. */
      | 'transplant'
    /** A Yjs V1 update, packed with Brotli where it is long. */
    payload: Uint8Array
    packed: 0 | 1
  }
  draft_checkpoints: { page_id: string; epoch: number; seq: number; state: Uint8Array; at: number }
  /** Whose words a Yjs client id carries: one person for ever (I3). */
  draft_clients: {
    page_id: string
    epoch: number
    client_id: number
    person_id: string | null
    /** 1 where the server itself writes with this id, in that person's name; no connection may use it. */
    made_here: 0 | 1
    /**
     * Once its epoch is over: up to which clock its words have been moved to a later one. Where nobody is known for the
     * id, somebody brought them along without being certain that they are theirs.
     */
    moved_clock: number | null
  }
  /** Every epoch that a draft has had, and why each began. */
  draft_epochs: {
    page_id: string
    epoch: number
    cause: 'new' | 'squash' | 'restore' | 'migration'
    /** Of the documents in it. */
    schema_version: number
    /** 1 where the owner of every client id that wrote in the epoch before is known; a restored backup may have forgotten some. */
    knows_owners: 0 | 1
    at: number
  }
  /** What a person was heard with after an epoch was over: one update with all of it. */
  draft_hearings: { page_id: string; epoch: number; person_id: string; heard: Uint8Array; at: number }
  rescued_passages: {
    id: string
    page_id: string
    person_id: string | null
    /** Canonical JSON of a document that holds the passage. */
    document: string
    cause: 'restore' | 'deleted' | 'merge' | 'rollback' | 'undo' | 'discard'
    /** The words before the place it stood in, to find that place again. */
    context: string
    at: number
    settled_at: number | null
  }
}
