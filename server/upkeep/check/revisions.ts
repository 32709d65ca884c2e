import type { Reader } from '../../db/index.ts'
import { authorshipFaults } from '../../revisions/index.ts'
import type { Texts } from './texts.ts'
import type { Finding } from './report.ts'
import * as store from './store.ts'

const piece = 200

export interface Page {
  id: string
  head_id: string | null
  head_number: number
  newest: number
  deleted_at: number | null
}

/** Reads a page's whole history: its numbers, every text, and what readers are shown. Promises how many. */
export async function checkRevisions(
  db: Reader,
  page: Page,
  texts: Texts,
  note: (finding: Omit<Finding, 'page'>) => void,
): Promise<number> {
  let last: { id: string; number: number; isDeletion: boolean } | undefined
  let count = 0
  const units = new Map<number, number>()
  for (;;) {
    const rows = await store.revisionsAfter(db, page.id, last?.number ?? 0, piece)
    if (rows.length === 0) break
    for (const { id, number, kind, content_hash: hash, size } of rows) {
      const tell = (sort: Finding['kind'], message: string) => note({ kind: sort, revision: number, message })
      if (number !== (last?.number ?? 0) + 1)
        tell('revision', `the revision before it is missing: the last one is ${last?.number ?? 0}`)
      const isDeletion = kind === 'deletion'
      if (hash !== null) {
        const fault = await texts.faultIn(db, hash, size)
        if (fault !== undefined) tell('content', `its text ${fault}`)
        const held = texts.unitsOf(hash)
        if (held !== undefined) units.set(number, held)
      }
      if (isDeletion !== (hash === null)) tell('revision', isDeletion ? 'a deletion has a text' : 'it has no text')
      last = { id, number, isDeletion }
      count++
    }
  }
  for (const fault of await authorshipFaults(db, page.id, units)) note({ kind: 'authorship', ...fault })
  await checkHead(db, page, last, note)
  return count
}

/** What readers are shown must be the newest revision. */
async function checkHead(
  db: Reader,
  { id, head_id: headId, head_number: number, newest, deleted_at: deletedAt }: Page,
  last: { id: string; number: number; isDeletion: boolean } | undefined,
  note: (finding: Omit<Finding, 'page'>) => void,
) {
  const tell = (message: string) => note({ kind: 'head', message })
  if (newest !== (last?.number ?? 0))
    tell(`it counts ${newest} revisions, the newest there is has number ${last?.number ?? 0}`)
  const shown = await store.headOf(db, id)
  if (headId === null) {
    if (last && !last.isDeletion && deletedAt === null)
      tell('it has revisions, but readers are shown none (unless an import is under way, which shows them at its end)')
    if (shown) tell('something is kept to be shown, though there is nothing to show')
    return
  }
  if (last?.id !== headId || last.number !== number)
    tell(`readers are shown revision ${number}, the newest is ${last?.number ?? 0}`)
  if (shown?.revision_id !== headId) tell('what is kept to be shown is not of the revision that is shown')
  if (!(await store.isSearchable(db, id))) note({ kind: 'search', message: 'search does not know it' })
}
