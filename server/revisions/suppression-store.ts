import { bytesOf, type Reader, type Tables, type Writer } from '../db/index.ts'

export const ofRevision = (db: Reader, revisionId: string) =>
  db
    .selectFrom('suppressions')
    .selectAll()
    .where('revision_id', '=', revisionId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export async function insert(tx: Writer, row: Tables['suppressions']) {
  await tx.insertInto('suppressions').values(row).execute()
}

export async function hide(tx: Writer, id: string, parts: { author_hidden: 0 | 1; summary_hidden: 0 | 1 }) {
  await tx.updateTable('revisions').set(parts).where('id', '=', id).execute()
}

/** Hides or shows a text wherever the page says it. */
export async function hideText(tx: Writer, pageId: string, hash: string, text_hidden: 0 | 1) {
  await tx
    .updateTable('revisions')
    .set({ text_hidden })
    .where('page_id', '=', pageId)
    .where('content_hash', '=', bytesOf(hash))
    .execute()
}
