import { existsSync } from 'node:fs'
import { migrations } from '../../../migrations/index.ts'
import { databaseFile, faultsInFile, migrationsIn, openDatabase, type Reader } from '../../db/index.ts'
import { steps } from '../backup.ts'
import { countPages, pagesAfter } from '../store.ts'
import { requireWhole } from '../swap.ts'
import { checkDraft } from './drafts.ts'
import { atOneMoment } from './moment.sqlite.ts'
import { type Finding, type Note, notes, type Report } from './report.ts'
import { checkRevisions } from './revisions.ts'
import * as store from './store.ts'
import { documentFault, texts } from './texts.ts'

const piece = 100

export interface Asked {
  folder: string
  tell(words: string): void
  signal: AbortSignal
}

/** Reads the whole wiki in a data folder and says what is damaged; changes nothing, and keeps a running wiki from nothing. */
export async function check({ folder, tell, signal }: Asked): Promise<Report> {
  const file = databaseFile(folder)
  if (!existsSync(file)) throw new Error(`There is no wiki in ${folder}.`)
  requireWhole(folder)
  const report: Report = { pages: 0, drafts: 0, revisions: 0, passages: 0, findings: [] }
  const { note, rest } = notes(report)
  tell('checking the database file')
  for (const fault of faultsInFile(file)) note({ kind: 'database', message: `The database is damaged: ${fault}` })
  try {
    requireShape(file)
  } catch (error) {
    if (report.findings.length > 0) return report
    throw error
  }

  const db = openDatabase(file)
  try {
    await checkPages(db.read, report, note, { progress: steps(tell, 'reading pages'), signal })
    await checkPassages(db.read, report, note, signal)
    for (const { kind, ref_id: id } of await store.strayEntries(db.read, piece))
      note({ kind: 'search', message: `The search index leads to a ${kind} that does not exist: ${id}` })
  } finally {
    await db.close()
  }
  rest()
  return report
}

/** What is read is told apart by the tables of this version. */
function requireShape(file: string) {
  const taken = migrationsIn(file)
  if (taken.some(name => !(name in migrations))) throw new Error('This database was made by a newer Commonleaf.')
  if (Object.keys(migrations).some(name => !taken.includes(name)))
    throw new Error('This database is from an older Commonleaf. Start the wiki once, which brings it up to date.')
}

async function checkPages(
  db: Reader,
  report: Report,
  note: Note,
  { progress, signal }: { progress: (done: number, of: number) => void; signal: AbortSignal },
) {
  const total = await countPages(db)
  const read = texts()
  for (let last = ''; ;) {
    const ids = (await pagesAfter(db, last, piece)).map(({ id }) => id)
    if (ids.length === 0) return
    for (const id of ids) {
      signal.throwIfAborted()
      await atOneMoment(db, async () => {
        const page = await store.pageOf(db, id)
        if (page) await checkPage(page)
      })
      progress(++report.pages, total)
    }
    last = ids.at(-1) ?? last
  }

  async function checkPage(page: NonNullable<Awaited<ReturnType<typeof store.pageOf>>>) {
    const { id, title } = page
    const tell = (finding: Omit<Finding, 'page'>) => note({ ...finding, page: { id, title } })
    try {
      await checkEpochs(db, page, tell)
      report.drafts++
      report.revisions += await checkRevisions(db, page, read, tell)
    } catch (error) {
      // Only a damaged file refuses to be read; the other pages may be readable.
      if (!(error instanceof Error)) throw error
      tell({ kind: 'database', message: `it cannot be read (${error.message})` })
    }
  }
}

/** Reads the draft of a page in its present epoch and in all that are over. */
async function checkEpochs(
  db: Reader,
  { id, epoch, head_seq: headSeq }: { id: string; epoch: number; head_seq: number },
  tell: (finding: Omit<Finding, 'page'>) => void,
) {
  const epochs = (await store.epochsOf(db, id)).map(row => row.epoch)
  if (epochs.at(-1) !== epoch)
    tell({ kind: 'draft', epoch, message: `its draft is ${epoch}, the newest there is is ${epochs.at(-1) ?? 0}` })
  for (const one of new Set([...epochs, epoch]))
    await checkDraft(db, { pageId: id, epoch: one, headSeq: one === epoch ? headSeq : undefined }, tell)
}

async function checkPassages(db: Reader, report: Report, note: Note, signal: AbortSignal) {
  for (let last = ''; ;) {
    signal.throwIfAborted()
    const passages = await store.passagesAfter(db, last, piece)
    const newest = passages.at(-1)
    if (!newest) return
    last = newest.id
    for (const { document, page_id: id, title } of passages) {
      const fault = documentFault(document)
      if (fault !== undefined)
        note({ kind: 'passage', page: { id, title }, message: `a passage kept for its author ${fault}` })
      report.passages++
    }
  }
}
