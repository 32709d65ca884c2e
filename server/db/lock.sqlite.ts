import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteConnection } from './engine.sqlite.ts'

/** A data folder that this process alone may write to, until it lets go or ends. */
export interface Held {
  release(): void
}

/**
 * Takes the data folder for this process; undefined where another one holds it. The hold is SQLite's own lock on a file
 * of its own, so the system drops it with a process that was killed: it is never stale, and never two at once.
 */
export function holdFolder(folder: string): Held | undefined {
  mkdirSync(folder, { recursive: true })
  const lock = new SqliteConnection(join(realpathSync(folder), 'wiki.lock'), { timeout: 0 })
  try {
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (error instanceof SqliteConnection.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw error
  }
  return { release: () => lock.close() }
}
