import type { NotNull } from 'kysely'
import { digitsOf, preparedChange, type Reader, type Tables, withHash, type Writer } from '../../db/index.ts'

export const baseOf = (db: Reader, pageId: string) =>
  db.selectFrom('draft_bases').selectAll().where('page_id', '=', pageId).executeTakeFirst()

export const putBase = (tx: Writer, { page_id, epoch, seq, atoms, taken }: Tables['draft_bases']) =>
  keep(tx, page_id, epoch, seq, atoms, taken)

const keep = preparedChange((tx, page_id: string, epoch: number, seq: number, atoms: Uint8Array, taken: string) =>
  tx
    .insertInto('draft_bases')
    .values({ page_id, epoch, seq, atoms, taken })
    .onConflict(conflict =>
      conflict.column('page_id').doUpdateSet(({ ref }) => ({
        epoch: ref('excluded.epoch'),
        seq: ref('excluded.seq'),
        atoms: ref('excluded.atoms'),
        taken: ref('excluded.taken'),
      })),
    ),
)

export async function headOf(db: Reader, pageId: string) {
  const row = await db
    .selectFrom('pages')
    .innerJoin('revisions', 'revisions.id', 'pages.head_id')
    .select(['revisions.id', 'revisions.number', 'revisions.content_hash', 'revisions.at'])
    .where('pages.id', '=', pageId)
    .executeTakeFirst()
  return row && withHash(row)
}

/** Texts of a page that were published last, newest first. */
export async function newestTexts(db: Reader, pageId: string, limit: number) {
  const rows = await db
    .selectFrom('revisions')
    .select(['content_hash as hash', 'at', 'kind'])
    .where('page_id', '=', pageId)
    .where('content_hash', 'is not', null)
    .$narrowType<{ hash: NotNull }>()
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ hash, ...text }) => ({ ...text, hash: digitsOf(hash) }))
}

/** Where a list of waiting drafts stands. */
export interface Place {
  since: number
  id: string
}

export type WaitingRow = Awaited<ReturnType<typeof unpublished>>[number]

/**
 * Pages whose drafts may say something new, those that have done so longest first, with what is known of that; nothing
 * is where somebody has written or published since.
 */
export function unpublished(db: Reader, after: Place | undefined, limit: number) {
  let query = db
    .selectFrom('pages')
    .leftJoin('draft_surveys as survey', join =>
      join
        .onRef('survey.page_id', '=', 'pages.id')
        .onRef('survey.epoch', '=', 'pages.epoch')
        .onRef('survey.seq', '=', 'pages.head_seq')
        .onRef('survey.head_id', 'is not distinct from', 'pages.head_id'),
    )
    .select(['id', 'unpublished_since as since', 'pages.head_id', 'changes', 'people'])
    .where('unpublished_since', 'is not', null)
    .where('deleted_at', 'is', null)
    .$narrowType<{ since: NotNull }>()
  if (after)
    query = query
      .where('unpublished_since', '>=', after.since)
      .where(eb => eb.or([eb('unpublished_since', '>', after.since), eb('id', '>', after.id)]))
  return query.orderBy('unpublished_since').orderBy('id').limit(limit).execute()
}

export async function putSurvey(tx: Writer, survey: Tables['draft_surveys']) {
  await tx
    .insertInto('draft_surveys')
    .values(survey)
    .onConflict(conflict => conflict.column('page_id').doUpdateSet(survey))
    .execute()
}

export async function insertDiscard(tx: Writer, discard: Tables['discards']) {
  await tx.insertInto('discards').values(discard).execute()
}

export const discardOf = (db: Reader, pageId: string, id: string) =>
  db.selectFrom('discards').selectAll().where('page_id', '=', pageId).where('id', '=', id).executeTakeFirst()

/** The newest of a page that nobody has taken back, newest first. */
export const discardsOf = (db: Reader, pageId: string, limit: number) =>
  db
    .selectFrom('discards')
    .select(['id', 'page_id', 'by_id', 'of', 'summary', 'changes', 'at', 'undone_at', 'undone_by_id'])
    .where('page_id', '=', pageId)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** False where somebody has brought it back already. */
export async function markUndone(tx: Writer, id: string, personId: string, at: number) {
  const { numUpdatedRows } = await tx
    .updateTable('discards')
    .set({ undone_at: at, undone_by_id: personId })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
