/**
 * Revisions are what readers see: finished snapshots of a page, signed by everyone whose words they add and never
 * changed. Publishing turns the live draft into the next one; restoring publishes an old one again, and nobody's
 * unpublished words are lost by it. A deletion is a revision too, one that says nothing.
 * Leans on: accounts, site, pages, drafts. Tells: 'revision published'. Hears: 'page deleted', 'epoch begun'.
 */
export type { ImportedPage, ImportedRevision, Importing, Known } from './importing.ts'
export type { Replayed } from './replaying.ts'
export type { Authors, Source } from './authorship/authors.ts'
export { authorshipFaults } from './authorship/check.ts'
export { rebuildCommand } from './authorship/command.ts'
export { pageEditing } from './editing.ts'
export { RevisionActRefused, RevisionNotFound } from './errors.ts'
export type { Activity, Span } from './activity.ts'
export type { Choices, RevisionList, Survey } from './listing.ts'
export { revisionRoutes } from './routes.ts'
export type { Unpublished } from './taming/index.ts'
export type { RollbackAhead, TakebackAhead, UndoAhead } from './takebacks/index.ts'
export { shownOf } from './shown.ts'
export {
  type Comparison,
  type Credit,
  type Head,
  type Note,
  type Revision,
  type Revisions,
  revisions,
} from './service.ts'
