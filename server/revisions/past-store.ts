import { bytesOf, prepared, type Reader, type Writer } from '../db/index.ts'

/** Revisions, each with the one before it. */
export const withParents = (db: Reader) =>
  db
    .selectFrom('revisions')
    .leftJoin('revisions as parent', join =>
      join
        .onRef('parent.page_id', '=', 'revisions.page_id')
        .on(({ eb }) => eb('parent.number', '=', eb('revisions.number', '-', 1))),
    )

/** How often what is told of a page's earlier revisions has changed, and when last. */
export const changesOf = prepared((db, pageId: string) =>
  db.selectFrom('page_pasts').select(['changes', 'at']).where('page_id', '=', pageId),
)

/** Notes that something told of an earlier revision changed: what was made of it is out of date. */
export async function change(tx: Writer, page_id: string, at: number) {
  await tx
    .insertInto('page_pasts')
    .values({ page_id, changes: 1, at })
    .onConflict(conflict =>
      conflict.column('page_id').doUpdateSet(({ eb }) => ({ changes: eb('page_pasts.changes', '+', 1), at })),
    )
    .execute()
}

/** As little of each revision behind this number as filters and counts need, oldest first. */
export const linesAfter = (db: Reader, pageId: string, number: number) =>
  withParents(db)
    .select([
      'revisions.number',
      'revisions.at',
      'revisions.kind',
      'revisions.minor',
      'revisions.publisher_id',
      'revisions.sections',
      'revisions.reverted_by_id',
      'revisions.text_hidden',
      'revisions.author_hidden',
      'revisions.summary_hidden',
      'parent.text_hidden as parent_hidden',
    ])
    .where('revisions.page_id', '=', pageId)
    .where('revisions.number', '>', number)
    .orderBy('revisions.number')
    .execute()

const firstOf = prepared((db, personId: string) =>
  db.selectFrom('first_revisions').select(['page_id', 'at']).where('person_id', '=', personId),
)

/** Keeps which revision was each author's first; an import may bring an earlier one later. */
export async function noteFirst(
  tx: Writer,
  row: { id: string; page_id: string; at: number },
  authors: readonly string[],
) {
  for (const person_id of authors) {
    const known = await firstOf(tx, person_id)
    if (known && known.at <= row.at) continue
    const first = { person_id, revision_id: row.id, page_id: row.page_id, at: row.at }
    if (known) {
      await tx.updateTable('first_revisions').set(first).where('person_id', '=', person_id).execute()
      await change(tx, known.page_id, row.at)
    } else await tx.insertInto('first_revisions').values(first).execute()
  }
}

/** The newest earlier revision that says exactly this and may be read. */
export const earlierSaying = (db: Reader, pageId: string, before: number, hash: string) =>
  db
    .selectFrom('revisions')
    .select('number')
    .where('page_id', '=', pageId)
    .where('content_hash', '=', bytesOf(hash))
    .where('text_hidden', '=', 0)
    .where('number', '<', before)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Revisions `after` < number < `before` of a page were taken back by that one. Those taken back before stay so. */
export async function markReverted(tx: Writer, pageId: string, after: number, before: number, byId: string) {
  await tx
    .updateTable('revisions')
    .set({ reverted_by_id: byId })
    .where('page_id', '=', pageId)
    .where('number', '>', after)
    .where('number', '<', before)
    .where('reverted_by_id', 'is', null)
    .execute()
}

/** What revisions `after` < number < `before` took back stands again, since they were taken back themselves. */
export async function releaseReverted(tx: Writer, pageId: string, after: number, before: number) {
  await tx
    .updateTable('revisions')
    .set({ reverted_by_id: null })
    .where('page_id', '=', pageId)
    .where('number', '<=', after)
    .where('reverted_by_id', 'in', ({ selectFrom }) =>
      selectFrom('revisions as taken')
        .select('taken.id')
        .where('taken.page_id', '=', pageId)
        .where('taken.number', '>', after)
        .where('taken.number', '<', before),
    )
    .execute()
}
