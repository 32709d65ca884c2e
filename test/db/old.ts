import { sql } from 'kysely'
import { migrations } from '../../migrations/index.ts'
import { databaseFile, migrate, openDatabase } from '../../server/db/index.ts'
import { elsewhere, openedWiki } from '../upkeep/support.ts'

/** A row as an older database has it, column by column. */
export type OldRow = Record<string, string | number | Uint8Array | null>

/** A wiki that was made before a step of the migrations, with these rows in its tables, as it is opened today. */
export async function wikiFrom(before: string, tables: Record<string, readonly OldRow[]>) {
  const folder = elsewhere()
  const db = openDatabase(databaseFile(folder))
  try {
    await migrate(db, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < before)))
    await db.write(async tx => {
      for (const [table, rows] of Object.entries(tables))
        for (const row of rows) {
          const columns = sql.join(Object.keys(row).map(column => sql.ref(column)))
          await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(tx)
        }
    })
  } finally {
    await db.close()
  }
  return openedWiki(folder)
}
