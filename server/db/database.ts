import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, type Transaction } from 'kysely'
import type { Refusal } from '../refusal.ts'
import { diskRefusal, isDiskRefusal, tryDisk } from './disk.sqlite.ts'
import type { Tables } from './schema.ts'
import { sqlite } from './sqlite.ts'

/** Reads the committed state; a `Writer` serves as one too and then also sees its own changes. */
export type Reader = Kysely<Tables>
/** A transaction that may change anything. Only `Database.write` hands one out. */
export type Writer = Transaction<Tables>

export interface Database {
  read: Reader
  /**
   * Runs `work` in one transaction, begun IMMEDIATE; transactions take turns in the order they were asked for. When it
   * resolves the changes are on disk and what `afterCommit` collected has run; when `work` throws, nothing has changed.
   * Never call it from inside another `write`: that would wait for itself, so under test it throws. Where the disk takes
   * nothing it throws a refusal that says so.
   */
  write<Result>(work: (tx: Writer) => Promise<Result>): Promise<Result>
  /** Writes what may be missing: a disk that takes nothing must not keep anybody from reading. */
  jot(work: (tx: Writer) => Promise<void>): Promise<void>
  /** Promises why the disk takes nothing; undefined where it does. What failed before is tried again first. */
  trouble(): Promise<Refusal | undefined>
  /**
   * Another number after every transaction. While it is the same, nothing that was read has changed: one process writes,
   * and this is it.
   */
  readonly version: number
  close(): Promise<void>
}

const hooks = new WeakMap<Reader, (() => void)[]>()
// Watched under test only: on Node 20 to 22 a context that follows promises makes every promise of the server slower, and
// reading would take twice as long.
const writing = process.env['VITEST'] ? new AsyncLocalStorage<boolean>() : undefined

/** Runs `act` once the transaction is on disk, in the order of asking; not at all if it rolls back. */
export function afterCommit(tx: Writer, act: () => void): void {
  const waiting = hooks.get(tx)
  if (!waiting) throw new Error('afterCommit wants the transaction that Database.write handed out')
  waiting.push(act)
}

/** Opens (and where missing creates) the database in `file`; ':memory:' is not possible, for reader and writer share it. */
export function openDatabase(file: string): Database {
  const writer = new Kysely<Tables>({ dialect: sqlite(file, { readonly: false }) })
  let read: Reader | undefined
  let version = 0
  let trouble: Refusal | undefined

  async function write<Result>(work: (tx: Writer) => Promise<Result>): Promise<Result> {
    if (writing?.getStore()) throw new Error('a transaction was begun inside another one')
    const waiting: (() => void)[] = []
    const transact = () =>
      writer.transaction().execute(tx => {
        hooks.set(tx, waiting)
        return work(tx)
      })
    let result: Result
    try {
      result = await (writing ? writing.run(true, transact) : transact())
      trouble = undefined
    } catch (error) {
      const refusal = diskRefusal(error)
      if (!refusal) throw error
      trouble = refusal
      throw refusal
    } finally {
      version++
    }
    for (const act of waiting) act()
    return result
  }

  return {
    // Opened on first use: a read-only connection cannot create the file.
    get read() {
      return (read ??= new Kysely<Tables>({ dialect: sqlite(file, { readonly: true }) }))
    },
    get version() {
      return version
    },
    write,
    async jot(work) {
      await write(work).catch((error: unknown) => {
        if (!isDiskRefusal(error)) throw error
      })
    },
    async trouble() {
      if (trouble) await this.jot(tryDisk)
      return trouble
    },
    async close() {
      await read?.destroy()
      await writer.destroy()
    },
  }
}
