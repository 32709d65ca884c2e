import type { Reader, Writer } from '../db/index.ts'

/** Everything chosen so far, by name. */
export async function settingsOf(db: Reader): Promise<Map<string, unknown>> {
  const rows = await db.selectFrom('settings').selectAll().execute()
  return new Map(rows.map(({ name, value }): [string, unknown] => [name, JSON.parse(value)]))
}

export async function putSetting(tx: Writer, name: string, value: unknown) {
  const text = JSON.stringify(value)
  await tx
    .insertInto('settings')
    .values({ name, value: text })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value: text }))
    .execute()
}

export async function dropSetting(tx: Writer, name: string) {
  await tx.deleteFrom('settings').where('name', '=', name).execute()
}
