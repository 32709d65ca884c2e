/**
 * Every table, newest shape. Ids are text (UUIDv7), times UTC milliseconds, flags 0 or 1, JSON is text, and columns
 * named `…_key` hold what TypeScript normalised for comparing (SQL never folds case).
 */
import type { AccountTables } from './tables/accounts.ts'
import type { AuthorshipTables } from './tables/authorship.ts'
import type { DiscardTables } from './tables/discards.ts'
import type { DiscussionTables } from './tables/discussions.ts'
import type { DraftTables } from './tables/drafts.ts'
import type { PageTables } from './tables/pages.ts'
import type { RevisionTables } from './tables/revisions.ts'
import type { SearchTables } from './tables/search.ts'

export interface Tables
  extends
    AccountTables,
    PageTables,
    DraftTables,
    RevisionTables,
    DiscussionTables,
    SearchTables,
    AuthorshipTables,
    DiscardTables {
  migrations: { name: string; at: number }
  /** The wiki's own choices, made at first-run setup and in settings: JSON by name. */
  settings: { name: string; value: string }
}
