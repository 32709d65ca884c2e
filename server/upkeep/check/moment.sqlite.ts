import { sql } from 'kysely'
import type { Reader } from '../../db/index.ts'

/** What `look` reads is of one moment, though a wiki goes on writing. Never two at once: the connection is one. */
export async function atOneMoment<Result>(db: Reader, look: () => Promise<Result>): Promise<Result> {
  await sql`begin`.execute(db)
  try {
    return await look()
  } finally {
    await sql`commit`.execute(db)
  }
}
