import { existsSync } from 'node:fs'
import { migrations } from '../../../migrations/index.ts'
import { databaseFile, faultsInFile, migrationsIn, openDatabase, type Reader } from '../../db/index.ts'
import { steps } from '../progress.ts'
import { requireWhole } from '../swap.ts'
import { isDamage } from './moment.sqlite.ts'
import { checkPages } from './pages.ts'
import { type Note, notes, type Report } from './report.ts'
import * as store from './store.ts'
import { documentFault } from './texts.ts'

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
    await checkIndex(db.read, note)
  } catch (error) {
    if (!isDamage(error)) throw error
    note({ kind: 'database', message: `The database could not be read to its end (${error.message})` })
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

async function checkIndex(db: Reader, note: Note) {
  for (const { kind, ref_id: id } of await store.strayEntries(db, piece))
    note({ kind: 'search', message: `The search index leads to a ${kind} that does not exist: ${id}` })
}
