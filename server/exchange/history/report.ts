import type { People } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import type { Pages } from '../../pages/index.ts'
import type { Importing } from '../../revisions/index.ts'
import type { Site } from '../../site/index.ts'
import type { Fault } from './survey.ts'

/** What an import works with. */
export interface Rooms {
  db: Database
  site: Site
  people: People
  pages: Pages
  importing: Importing
}

/** What an import did. Counts are of what is new: a second run of the same file has zeros and what it skipped. */
export interface Report {
  pages: number
  revisions: number
  skipped: number
  people: number
  redirects: number
  /** Revisions whose text is read here as something else than the wiki that exported them had. */
  altered: number
  /** Lines that were left out, and why. */
  faults: Fault[]
  /** Former addresses that lead elsewhere, because a page lives there or another one left it later. */
  lost: { line: number; path: string; address: string }[]
  /** Every page of the file, in its order. */
  list: { line: number; path: string; id: string; slug: string; title: string }[]
}
