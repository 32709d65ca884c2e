import type { Compilable, CompiledQuery } from 'kysely'
import type { Reader } from './database.ts'

/**
 * A query that is built once for each database and then only given its values: for the few that every reader waits for.
 * `build` gets placeholders of the same kinds, in the order of the values.
 */
export function prepared<Row, Values extends readonly string[]>(
  build: (db: Reader, ...values: Values) => Compilable<Row>,
): (db: Reader, ...values: Values) => Promise<Row | undefined> {
  const known = new WeakMap<Reader, CompiledQuery<Row>>()
  return async (db, ...values) => {
    let query = known.get(db)
    if (!query) known.set(db, (query = build(db, ...values).compile()))
    const { rows } = await db.executeQuery<Row>({ ...query, parameters: values })
    return rows[0]
  }
}
