import type { Database, Statement } from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { SqliteConnection } from './engine.sqlite.ts'

/** How long a connection waits for another process that holds the file, in milliseconds. */
const patience = 5_000

/**
 * SQLite for Kysely. Unlike Kysely's own driver it begins IMMEDIATE, so that two transactions cannot both read and then
 * fail to write, and it never makes a reader queue.
 */
export function sqlite(file: string, { readonly }: { readonly: boolean }): Dialect {
  const adapter = new SqliteAdapter()
  const driver = new SqliteDriver(file, readonly)
  drivers.set(adapter, driver)
  return {
    createAdapter: () => adapter,
    createDriver: () => driver,
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** By what a database and its transactions have in common. */
const drivers = new WeakMap<DialectAdapter, SqliteDriver>()

/**
 * Makes a change at once, in the transaction that is under way: Kysely's own way there costs more than the change. Returns
 * how many rows it has changed.
 */
export function change(adapter: DialectAdapter, sql: string, values: readonly unknown[]): number {
  const driver = drivers.get(adapter)
  if (!driver) throw new Error('that is no database of this engine')
  return driver.change(sql, values)
}

class SqliteDriver implements Driver {
  #file: string
  #readonly: boolean
  #connection: Connection | undefined
  #turn: Promise<void> = Promise.resolve()
  #endTurn: () => void = () => {}

  constructor(file: string, readonly: boolean) {
    this.#file = file
    this.#readonly = readonly
  }

  async init() {
    const db = new SqliteConnection(this.#file, { readonly: this.#readonly, timeout: patience })
    if (!this.#readonly) {
      // Of a new file only. Half of the usual: rows are small here, and each table and index takes a page at least.
      db.pragma('page_size = 2048')
      db.pragma('journal_mode = WAL')
      // An acknowledgement means the words are on disk, also after a power cut.
      db.pragma('synchronous = FULL')
      db.pragma('foreign_keys = ON')
    }
    this.#connection = new Connection(db)
  }

  async acquireConnection(): Promise<Connection> {
    if (!this.#connection) throw new Error('the database is closed')
    if (this.#readonly) return this.#connection
    const before = this.#turn
    let end = () => {}
    this.#turn = new Promise(resolve => (end = resolve))
    await before
    this.#endTurn = end
    return this.#connection
  }

  async releaseConnection() {
    if (!this.#readonly) this.#endTurn()
  }

  change(sql: string, values: readonly unknown[]): number {
    if (!this.#connection?.inTransaction) throw new Error('a change wants a transaction')
    return this.#connection.change(sql, values)
  }

  async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection) {
    // A failed commit (a full disk) may have ended the transaction already.
    if (this.#connection?.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy() {
    this.#connection?.close()
    this.#connection = undefined
  }
}

class Connection implements DatabaseConnection {
  #db: Database
  #statements = new Map<string, Statement>()

  constructor(db: Database) {
    this.#db = db
  }

  get inTransaction() {
    return this.#db.inTransaction
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const statement = this.#prepare(sql)
    if (statement.reader) return { rows: statement.all(parameters) as Row[] }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  change(sql: string, values: readonly unknown[]): number {
    return this.#prepare(sql).run(values).changes
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    for (const row of this.#db.prepare(sql).iterate(parameters)) yield { rows: [row as Row] }
  }

  close() {
    this.#db.close()
  }

  #prepare(sql: string) {
    let statement = this.#statements.get(sql)
    if (!statement) {
      if (this.#statements.size >= 500) this.#statements.clear()
      this.#statements.set(sql, (statement = this.#db.prepare(sql)))
    }
    return statement
  }
}
