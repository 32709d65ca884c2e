/**
 * Taking back: restoring a revision, undoing one, rolling back a person. Each publishes a text that was merged word by
 * word, and the live draft follows it by the smallest edit, so that nobody who is typing loses a word.
 */
export type { TakebackAhead } from './ahead.ts'
export { type Restoration, restoring } from './restore.ts'
export { type Rollback, type RollbackAhead, rollingBack } from './rollback.ts'
export { takebackRoutes } from './routes.ts'
export { type Undo, type UndoAhead, undoing } from './undo.ts'
