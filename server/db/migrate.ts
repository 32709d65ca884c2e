import type { Kysely } from 'kysely'
import { migrations } from '../../migrations/index.ts'
import type { Database } from './database.ts'

/** One step forward; there are no steps back. It knows no table types: they describe the newest shape only. */
export type Migration = (db: Kysely<never>) => Promise<void>

/** The names of the steps that this database has not taken yet. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const rows = await db.read.selectFrom('migrations').select('name').execute()
  const done = new Set(rows.map(row => row.name))
  return Object.keys(migrations).filter(name => !done.has(name))
}

/**
 * Brings the database to the newest shape, each step in a transaction of its own. Promises the names of the steps taken.
 * `steps` are all there are, unless said otherwise.
 */
export async function migrate(db: Database, steps: Record<string, Migration> = migrations): Promise<string[]> {
  await db.write(async tx => {
    await tx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', column => column.primaryKey())
      .addColumn('at', 'integer', column => column.notNull())
      .execute()
  })
  const rows = await db.read.selectFrom('migrations').select('name').execute()
  const done = new Set(rows.map(row => row.name))
  const unknown = [...done].filter(name => !(name in migrations))
  if (unknown.length > 0) throw new Error(`this database was made by a newer Commonleaf (it has ${unknown.join(', ')})`)

  const taken: string[] = []
  for (const [name, step] of Object.entries(steps)) {
    if (done.has(name)) continue
    await db.write(async tx => {
      await step(tx as unknown as Kysely<never>)
      await tx.insertInto('migrations').values({ name, at: Date.now() }).execute()
    })
    taken.push(name)
  }
  return taken
}
