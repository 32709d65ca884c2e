import { slugKey } from '../../../shared/pages/slug.ts'
import { pace } from '../../pace.ts'
import { type Claim, settleClaims } from './addresses.ts'
import { PageImport } from './page-import.ts'
import { piecesOf } from './pieces.ts'
import { readRevision } from './shapes.ts'
import type { Report, Rooms } from './report.ts'
import { type Survey, survey } from './survey.ts'

export interface Watch {
  /** Called between revisions. */
  progress(done: number, of: number): void
  /** Aborted to stop after what is under way; what was imported stays, and a later run goes on from there. */
  signal: AbortSignal
}

/** Brings a file of histories in. Damaged lines are left out and reported; what an earlier run brought is left alone. */
export async function importHistory(rooms: Rooms, path: string, watch: Watch): Promise<Report> {
  const surveyed = await survey(path)
  const { faults } = surveyed
  const none = { pages: 0, revisions: 0, skipped: 0, people: 0, redirects: 0, altered: 0 }
  const report: Report = { ...none, faults, lost: [], list: [] }
  const ids = await importPages(rooms, path, surveyed, report, watch)
  if (!watch.signal.aborted) await leadFromFormer(rooms, surveyed, ids, report)
  if (!watch.signal.aborted) await rooms.importing.settle()
  return report
}

async function importPages(rooms: Rooms, path: string, { pages, revisions }: Survey, report: Report, watch: Watch) {
  const ids = new Map<number, string>()
  const breathe = pace()
  let under: PageImport | undefined
  for await (const piece of piecesOf(path)) {
    const planned = pages.get(piece.line)
    if (!planned) continue
    await breathe()
    if (piece.kind === 'revision' && !watch.signal.aborted) {
      under ??= await PageImport.begin(rooms, planned, report)
      await under.add(readRevision(piece.json))
      watch.progress(report.revisions + report.skipped, revisions)
    } else if (under) {
      const page = await under.finish()
      under = undefined
      ids.set(piece.line, page.id)
      report.list.push({ line: piece.line, path: planned.page.path, ...page })
      if (watch.signal.aborted) break
    }
  }
  return ids
}

/** Addresses are settled last, once it is known who lives where. */
async function leadFromFormer({ db, pages }: Rooms, surveyed: Survey, ids: Map<number, string>, report: Report) {
  const claims: Claim[] = [...surveyed.pages.values()].flatMap(({ line, former }) =>
    former.map(({ slug, at }) => ({ slug, at, line })),
  )
  const { holds, lost } = settleClaims(claims, new Set(report.list.map(({ slug }) => slugKey(slug))))
  const breathe = pace()
  for (const claim of holds) {
    await breathe()
    const pageId = ids.get(claim.line)
    if (pageId === undefined) continue
    const came = await db.write(tx => pages.leadFrom(tx, pageId, claim))
    if (came === 'made') report.redirects++
    if (came === 'taken') lost.push(claim)
  }
  for (const { line, slug } of lost.sort((a, b) => a.line - b.line))
    report.lost.push({ line, path: surveyed.pages.get(line)?.page.path ?? '', address: `/wiki/${slug}` })
}
