import type { Insertable } from 'kysely'
import type { Reader, Tables, Writer } from '../../db/index.ts'

export async function insertSession(tx: Writer, row: Insertable<Tables['sessions']>) {
  await tx.insertInto('sessions').values(row).execute()
}

export const sessionsOf = (db: Reader, personId: string, now: number) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .execute()

export async function touchSession(tx: Writer, id: string, seenAt: number, expiresAt: number) {
  await tx.updateTable('sessions').set({ seen_at: seenAt, expires_at: expiresAt }).where('id', '=', id).execute()
}

/** Promises whose session it was, if there was one. */
export const deleteSession = (tx: Writer, id: string) =>
  tx.deleteFrom('sessions').where('id', '=', id).returning('person_id').executeTakeFirst()

export async function deleteSessionsOf(tx: Writer, personId: string, except: string | undefined) {
  const all = tx.deleteFrom('sessions').where('person_id', '=', personId)
  await (except === undefined ? all : all.where('id', '!=', except)).execute()
}

export async function deleteSessionsBefore(tx: Writer, now: number) {
  await tx.deleteFrom('sessions').where('expires_at', '<=', now).execute()
}
