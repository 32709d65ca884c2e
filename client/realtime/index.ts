/**
 * The browser's end of the live channel: a draft that is everyone's at once, and the truth about where one's own words
 * are. Loads without a window too, so that tests and programs can use it.
 */
export { type Aside, asideOf, discardAside } from './aside.ts'
export { connectDraft } from './connect.ts'
export type { DraftAddress, LiveDraft } from './draft.ts'
export { bringEarlier } from './earlier.ts'
export type { Inbox } from './inbox.ts'
export type { Ledger, Saving } from './saving.ts'
export { forgetUnused } from './unused.ts'
