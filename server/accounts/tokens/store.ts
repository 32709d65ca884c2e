import type { Insertable } from 'kysely'
import type { Reader, Tables, Writer } from '../../db/index.ts'

export async function insertToken(tx: Writer, row: Insertable<Tables['tokens']>) {
  await tx.insertInto('tokens').values(row).execute()
}

export const tokensOf = (db: Reader, personId: string) =>
  db.selectFrom('tokens').selectAll().where('person_id', '=', personId).orderBy('created_at', 'desc').execute()

export async function touchToken(tx: Writer, id: string, usedAt: number) {
  await tx.updateTable('tokens').set({ used_at: usedAt }).where('id', '=', id).execute()
}

/** Promises whether the person had such a token. */
export async function deleteToken(tx: Writer, personId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('tokens')
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
