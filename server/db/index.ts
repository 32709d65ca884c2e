/**
 * The database: one writer whose transactions take turns, and a reader that never waits for it.
 * Leans on nothing. Every store is typed by `Tables`; only files named for an engine may know which one it is.
 */
export { afterCommit, type Database, openDatabase, type Reader, type Writer } from './database.ts'
export { type Held, holdFolder } from './lock.sqlite.ts'
export { copyDatabase, faultsInFile, migrationsIn, settle } from './file.sqlite.ts'
export { diskRefusal } from './disk.sqlite.ts'
export { databaseFile } from './folder.ts'
export { migrate, type Migration, pendingMigrations } from './migrate.ts'
export type { Tables } from './schema.ts'
export { newId } from './id.ts'
export { bytesOf, digitsOf, withHash } from './hash.ts'
export { prepared, preparedChange } from './prepared.ts'
