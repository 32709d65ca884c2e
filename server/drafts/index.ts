/**
 * A draft is what a page will say next: one shared document that everyone edits at once, kept as a log of small updates
 * that is only ever appended to. Two writers cannot both append behind the same row: whoever comes second is told, takes
 * in what came first, and tries again. Words that lose their place are kept for their author as rescued passages. A draft
 * goes on in another epoch after a restored backup, a squash of its past and a change of the schema; the old ones are kept,
 * so that whoever comes late can be heard.
 * Leans on: db. Tells: 'draft changed', 'epoch begun'.
 */
export type { Draft, Owner } from './draft.ts'
export { DraftDamaged } from './errors.ts'
export { unpackedRow } from './payload.ts'
export { draftRoutes } from './routes.ts'
export type { EpochCause } from './epochs.ts'
export type { Row } from './log.ts'
export type { OldEpoch } from './old-epochs.ts'
export { type Cause, type Drafts, drafts } from './service.ts'
