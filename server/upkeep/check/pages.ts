import { schemaVersion } from '../../../shared/document/schema.ts'
import type { Reader } from '../../db/index.ts'
import { countPages, pagesAfter } from '../store.ts'
import { checkDraft } from './drafts.ts'
import { atOneMoment, isDamage } from './moment.sqlite.ts'
import type { Finding, Note, Report } from './report.ts'
import { checkRevisions } from './revisions.ts'
import * as store from './store.ts'
import { type Texts, texts } from './texts.ts'

const piece = 100

export interface Watch {
  progress: (done: number, of: number) => void
  signal: AbortSignal
}

/** Reads the drafts and revisions of every page, each page as it is at one moment. */
export async function checkPages(db: Reader, report: Report, note: Note, { progress, signal }: Watch) {
  const total = await countPages(db)
  const read = texts()
  for (let last = ''; ;) {
    const pages = await pagesAfter(db, last, piece)
    const newest = pages.at(-1)
    if (!newest) return
    last = newest.id
    for (const { id, title } of pages) {
      signal.throwIfAborted()
      const tell = (finding: Omit<Finding, 'page'>) => note({ ...finding, page: { id, title } })
      try {
        report.revisions += await atOneMoment(db, () => checkPage(db, id, read, tell))
      } catch (error) {
        // The other pages may be readable.
        if (!isDamage(error)) throw error
        tell({ kind: 'database', message: `it cannot be read (${error.message})` })
      }
      report.drafts++
      progress(++report.pages, total)
    }
  }
}

async function checkPage(db: Reader, id: string, read: Texts, tell: (finding: Omit<Finding, 'page'>) => void) {
  const page = await store.pageOf(db, id)
  if (!page) return 0
  const { epoch, head_seq: headSeq } = page
  const epochs = await store.epochsOf(db, id)
  const newest = epochs.at(-1)?.epoch ?? 0
  if (newest !== epoch)
    tell({ kind: 'draft', epoch, message: `its draft is ${epoch}, the newest there is is ${newest}` })
  for (const { epoch: one, schema_version: version } of epochs) {
    const isUpToDate = version === schemaVersion
    await checkDraft(db, { pageId: id, epoch: one, headSeq: one === epoch ? headSeq : undefined, isUpToDate }, tell)
  }
  return checkRevisions(db, page, read, tell)
}
