/**
 * Upkeep keeps a wiki safe: it copies the whole of it into one file while people go on writing, brings such a file back,
 * and reads through everything to say what is damaged. It reads beside a running wiki; only a restore needs the folder
 * for itself, and it is done wholly or not at all, whatever kills it on the way. What it replaces is kept.
 * Leans on: db, drafts, revisions.
 */
export { backupCommand, checkCommand, type Folder, restoreCommand } from './commands.ts'
export { finishRestore } from './swap.ts'
