import { prepared, preparedChange, type Reader, type Tables, type Writer } from '../../db/index.ts'

export type Part = Tables['authorship']

/** The part of a page's authorship that reaches to a revision or beyond; the last there is without a number. */
export const partAt = (db: Reader, pageId: string, number: number = Number.MAX_SAFE_INTEGER) =>
  lastPart(db, pageId, number, 1)

const lastPart = prepared((db, pageId: string, number: number, limit: number) =>
  db
    .selectFrom('authorship')
    .selectAll()
    .where('page_id', '=', pageId)
    .where('first', '<=', number)
    .orderBy('first', 'desc')
    .limit(limit),
)

export const parts = (db: Reader, pageId: string): Promise<Part[]> =>
  db.selectFrom('authorship').selectAll().where('page_id', '=', pageId).orderBy('first').execute()

export const putPart = (tx: Writer, { page_id, first, last, bytes }: Part) => keepPart(tx, page_id, first, last, bytes)

const keepPart = preparedChange((tx, page_id: string, first: number, last: number, bytes: Uint8Array) =>
  tx
    .insertInto('authorship')
    .values({ page_id, first, last, bytes })
    .onConflict(conflict =>
      conflict
        .columns(['page_id', 'first'])
        .doUpdateSet(({ ref }) => ({ last: ref('excluded.last'), bytes: ref('excluded.bytes') })),
    ),
)

export async function dropParts(tx: Writer, pageId: string) {
  await tx.deleteFrom('authorship').where('page_id', '=', pageId).execute()
}
