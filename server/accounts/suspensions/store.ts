import type { Insertable } from 'kysely'
import type { Reader, Tables, Writer } from '../../db/index.ts'

export async function insertSuspension(tx: Writer, row: Insertable<Tables['suspensions']>) {
  await tx.insertInto('suspensions').values(row).execute()
}

export async function liftSuspensions(tx: Writer, personId: string, at: number) {
  await tx
    .updateTable('suspensions')
    .set({ lifted_at: at })
    .where('person_id', '=', personId)
    .where('lifted_at', 'is', null)
    .execute()
}

export const suspensionsOf = (db: Reader, personId: string) =>
  db.selectFrom('suspensions').selectAll().where('person_id', '=', personId).orderBy('at', 'desc').execute()
