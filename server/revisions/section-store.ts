import { digitsOf, type Reader, type Writer } from '../db/index.ts'
import { withParents } from './past-store.ts'

export const pagesAfter = (db: Reader, after: string, limit: number) =>
  db.selectFrom('pages').select('id').where('id', '>', after).orderBy('id').limit(limit).execute()

/** Revisions of a page of which no section is known that they changed, though they say something else than the one before. */
export async function unsectioned(db: Reader, pageId: string) {
  const rows = await withParents(db)
    .select(['revisions.id', 'revisions.content_hash as hash', 'parent.content_hash as was'])
    .where('revisions.page_id', '=', pageId)
    .where('revisions.sections', '=', '')
    .where('revisions.content_hash', 'is not', null)
    .whereRef('revisions.content_hash', 'is distinct from', 'parent.content_hash')
    .orderBy('revisions.number')
    .execute()
  return rows.map(({ id, hash, was }) => ({ id, hash: hash && digitsOf(hash), was: was && digitsOf(was) }))
}

export async function putSections(tx: Writer, id: string, sections: string) {
  await tx.updateTable('revisions').set({ sections }).where('id', '=', id).execute()
}
