import type { People } from '../accounts/index.ts'
import type { Database } from '../db/index.ts'
import type { Drafts } from '../drafts/index.ts'
import type { Events } from '../events.ts'
import type { Pages } from '../pages/index.ts'
import type { Site } from '../site/index.ts'
import type { Contents } from './contents.ts'

/** What the room stands on. */
export interface Foundations {
  db: Database
  events: Events
  pages: Pages
  drafts: Drafts
  people: Pick<People, 'byHandle' | 'byIds'>
  site: Pick<Site, 'languages' | 'licence'>
  /** Told what went wrong where nobody waits for an answer. */
  onFault: (fault: unknown) => void
}

export interface Ground extends Foundations {
  contents: Contents
}
