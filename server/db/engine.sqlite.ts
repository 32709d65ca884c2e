/**
 * SQLite for the Node that runs: better-sqlite3 12 is the last that runs on Node 20, and it aborts on Node 24.19 and
 * later (nodejs/node#65446), where 13 runs, which brings its binaries.
 */
const { default: SqliteConnection } =
  Number.parseInt(process.versions.node) >= 22 ? await import('better-sqlite3-node22') : await import('better-sqlite3')

export { SqliteConnection }
