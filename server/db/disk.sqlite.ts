import { sql } from 'kysely'
import { Refusal } from '../refusal.ts'
import type { Writer } from './database.ts'
import { SqliteConnection } from './engine.sqlite.ts'

const retry = { headers: { 'retry-after': '30' } }

/**
 * What an error of the database means where the disk is at fault: nothing was changed, and the same may work later.
 * Undefined for every other error.
 */
export function diskRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal && isDiskRefusal(error)) return error
  if (!(error instanceof SqliteConnection.SqliteError)) return undefined
  const refusal = refusalFor(error.code)
  return refusal && Object.assign(refusal, { cause: error })
}

/** Whether an error says that the disk is at fault. */
export const isDiskRefusal = (error: unknown): boolean => error instanceof Refusal && error.code.startsWith('db/')

function refusalFor(code: string): Refusal | undefined {
  if (code === 'SQLITE_FULL') return new Refusal(507, 'db/full', retry)
  if (code.startsWith('SQLITE_READONLY')) return new Refusal(503, 'db/read-only', retry)
  if (/^SQLITE_(IOERR|CANTOPEN|PROTOCOL|NOLFS)/.test(code)) return new Refusal(503, 'db/failing', retry)
  return /^SQLITE_(BUSY|LOCKED)/.test(code) ? new Refusal(503, 'db/busy', retry) : undefined
}

/** Writes something that takes room, and takes it away again: throws where the disk takes nothing. */
export async function tryDisk(tx: Writer) {
  await sql`insert into settings (name, value) values ('room to write', ${'.'.repeat(32 * 1024)})`.execute(tx)
  await sql`delete from settings where name = 'room to write'`.execute(tx)
}
