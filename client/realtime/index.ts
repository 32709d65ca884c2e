/**
 * The browser's end of the live channel: a draft that is everyone's at once, and the truth about where one's own words
 * are. Loads without a window too, so that tests and programs can use it.
 */
export { connectDraft, type LiveDraft } from './connect.ts'
export type { Saving } from './saving.ts'
