export interface AuthorshipTables {
  /** Whose the words of up to 64 revisions are that follow each other. What is missing is due. */
  authorship: { page_id: string; first: number; last: number; bytes: Uint8Array }
  /** What only the live draft could tell of a revision's words, where the texts alone tell something else. */
  authorship_facts: { page_id: string; number: number; bytes: Uint8Array }
  /** The letters that made the text published last, as the draft knows them: they are the same wherever they go. */
  published_letters: { page_id: string; number: number; epoch: number; seq: number; bytes: Uint8Array }
}
