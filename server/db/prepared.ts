import type { Compilable, CompiledQuery, DialectAdapter } from 'kysely'
import type { Reader, Writer } from './database.ts'
import { change } from './sqlite.ts'

type Value = string | number | null | Uint8Array

/**
 * A query that is built once for each database and then only given its values: for the few that every reader waits for.
 * `build` gets placeholders of the same kinds, in the order of the values.
 */
export function prepared<Row, Values extends readonly Value[]>(
  build: (db: Reader, ...values: Values) => Compilable<Row>,
): (db: Reader, ...values: Values) => Promise<Row | undefined> {
  const compiled = once(build)
  return async (db, ...values) => (await db.executeQuery<Row>({ ...compiled(db, values), parameters: values })).rows[0]
}

/** The same for a change, of which every keystroke needs some; promises how many rows it has changed. */
export function preparedChange<Values extends readonly Value[]>(
  build: (tx: Reader, ...values: Values) => Compilable<unknown>,
): (tx: Writer, ...values: Values) => Promise<number> {
  const compiled = once(build)
  return async (tx, ...values) => change(tx.getExecutor().adapter, compiled(tx, values).sql, values)
}

function once<Row, Values extends readonly Value[]>(build: (db: Reader, ...values: Values) => Compilable<Row>) {
  // By what a database and its transactions have in common.
  const known = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  return (db: Reader, values: Values): CompiledQuery<Row> => {
    const { adapter } = db.getExecutor()
    let query = known.get(adapter)
    if (!query) known.set(adapter, (query = build(db, ...values).compile()))
    return query
  }
}
