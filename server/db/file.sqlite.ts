import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { SqliteConnection } from './engine.sqlite.ts'

/** Pages that are copied in one go: 1 MB of the usual ones. */
const stride = 250

export interface Watch {
  progress(done: number, of: number): void
  signal: AbortSignal
}

/**
 * Copies the database in a file as it is at this moment, by SQLite's online backup: a wiki that runs on it goes on
 * writing meanwhile. The copy is one file, complete without companions.
 */
export async function copyDatabase(from: string, to: string, { progress, signal }: Watch): Promise<void> {
  const db = new SqliteConnection(from, { readonly: true, fileMustExist: true, timeout: 5_000 })
  let copy: number | undefined
  try {
    // One snapshot from beginning to end: without it every commit of a running wiki would make the copy begin again.
    db.exec('begin')
    db.prepare('select count(*) from sqlite_schema').get()
    await db.backup(to, {
      progress({ totalPages, remainingPages }) {
        signal.throwIfAborted()
        // A little at a time: a commit of the running wiki waits for all that was written to that disk before it.
        fdatasyncSync((copy ??= openSync(to, 'r+')))
        progress(totalPages - remainingPages, totalPages)
        return stride
      },
    })
  } finally {
    db.close()
    if (copy !== undefined) closeSync(copy)
  }
  settle(to)
}

/** Takes what its companions still hold into the file, so that it may be moved alone. */
export function settle(file: string) {
  const db = new SqliteConnection(file, { fileMustExist: true, timeout: 0 })
  try {
    db.pragma('journal_mode = delete')
  } finally {
    db.close()
  }
}

/** What SQLite itself finds wrong in a file: pages, indexes, references. Empty where all is well. */
export function faultsInFile(file: string): string[] {
  const db = new SqliteConnection(file, { readonly: true, fileMustExist: true })
  try {
    return integrityOf(db)
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    db.close()
  }
}

/** The migrations that the database in a file has taken, oldest first. */
export function migrationsIn(file: string): string[] {
  const db = new SqliteConnection(file, { readonly: true, fileMustExist: true })
  try {
    return db.prepare('select name from migrations order by name').pluck().all().map(String)
  } finally {
    db.close()
  }
}

function integrityOf(db: InstanceType<typeof SqliteConnection>): string[] {
  const found = db.prepare('pragma integrity_check(20)').pluck().all().map(String)
  if (found[0] !== 'ok') return found
  const broken = db.prepare<[], { table: string; rowid: number; parent: string }>('pragma foreign_key_check').all()
  return broken.slice(0, 20).map(({ table, rowid, parent }) => `row ${rowid} of ${table} refers to no row of ${parent}`)
}
