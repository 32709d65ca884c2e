import { newestVersion, type Step } from '../../shared/document/versions.ts'
import type { Database, Reader, Writer } from '../db/index.ts'
import { type Draft, loadDraft } from './draft.ts'
import type { beginning } from './epochs.ts'
import * as store from './store.ts'

/** Loads drafts; one of an older version of the schema begins a new epoch first, and is never seen as it was. */
export function loading({ steps, beginEpoch }: { steps: readonly Step[]; beginEpoch: ReturnType<typeof beginning> }) {
  async function isOutdated(db: Reader, pageId: string) {
    const page = await store.pageOf(db, pageId)
    return page !== undefined && (page.schema_version ?? 1) < newestVersion(steps)
  }

  /** In a transaction it is brought up to date; a mere reader cannot do that. */
  async function load(db: Reader, pageId: string): Promise<Draft> {
    if (await isOutdated(db, pageId)) {
      if (!isWriter(db)) throw new Error(`the draft of ${pageId} is of an older schema; open it`)
      await beginEpoch(db, pageId, { cause: 'migration' })
    }
    return loadDraft(db, pageId)
  }

  async function bringUpToDate(db: Database, pageId: string) {
    if (await isOutdated(db.read, pageId)) await db.write(tx => load(tx, pageId))
  }

  return {
    load,

    bringUpToDate,

    /** Loads a draft for reading, brought up to date before where it has to be. */
    async open(db: Database, pageId: string): Promise<Draft> {
      await bringUpToDate(db, pageId)
      return loadDraft(db.read, pageId)
    },
  }
}

const isWriter = (db: Reader): db is Writer => db.isTransaction
