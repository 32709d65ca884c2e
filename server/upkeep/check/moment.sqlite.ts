import { sql } from 'kysely'
import type { Reader } from '../../db/index.ts'

/** What `look` reads is of one moment, though a wiki goes on writing. Never two at once: the connection is one. */
export async function atOneMoment<Result>(db: Reader, look: () => Promise<Result>): Promise<Result> {
  await sql`begin`.execute(db)
  try {
    return await look()
  } finally {
    // Of a damaged file SQLite may have let go by itself.
    await sql`rollback`.execute(db).catch(() => {})
  }
}

/** Whether this is a database that cannot be read, and not a fault of ours. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
