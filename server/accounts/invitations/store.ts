import type { Insertable } from 'kysely'
import type { Reader, Tables, Writer } from '../../db/index.ts'

export async function insertInvitation(tx: Writer, row: Insertable<Tables['invitations']>) {
  await tx.insertInto('invitations').values(row).execute()
}

/** An invitation that still holds. */
export const openInvitation = (db: Reader, hash: string, now: number) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export const openInvitations = (db: Reader, now: number) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute()

export async function useInvitation(tx: Writer, id: string, personId: string, at: number) {
  await tx.updateTable('invitations').set({ used_by_id: personId, used_at: at }).where('id', '=', id).execute()
}

export async function deleteInvitation(tx: Writer, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('invitations')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
