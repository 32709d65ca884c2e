import { join } from 'node:path'
import { databaseFile } from '../../server/db/index.ts'
import { exportHistory } from '../../server/exchange/index.ts'
import type { OpenWiki } from '../../server/open.ts'
import { type Bench, type Figure, inFolder, withWiki } from './bench.ts'
import { diffFigures, screenFigures } from './history/reading.ts'
import { byteFigures, coldReads } from './history/storage.ts'
import { bringCorporaIn, bringIn, time } from './history/wiki.ts'
import { authorshipFigures, restoreFigures } from './history/writing.ts'

/** All that looking back costs, on real histories: time, bytes, and what is sent to those who write. */
const bench: Bench = print =>
  inFolder(async folder => {
    const figures: Figure[] = []
    figures.push(...(await diffFigures(print)))
    figures.push(...(await withWiki((wiki, at) => screenFigures(wiki, at, print))))
    figures.push(...(await withWiki(wiki => authorshipFigures(wiki, print))))
    figures.push(...(await restoreFigures(print)))
    const file = join(folder, 'histories.jsonl')
    await withWiki(async (wiki, at) => {
      await bringCorporaIn(wiki)
      figures.push(...(await coldReads(wiki, print)))
      await takeAway(wiki, file, print)
      figures.push(...byteFigures(databaseFile(at), folder, print))
    })
    await withWiki(async wiki => {
      let revisions = 0
      const took = await time(async () => (revisions = await bringIn(wiki, file)))
      print(`${revisions} revisions brought into another wiki, ${Math.round(revisions / (took / 1000))} a second`)
    })
    return figures
  })
export default bench

async function takeAway({ db, accounts, pages, revisions }: OpenWiki, file: string, print: (line: string) => void) {
  const watch = { progress: () => {}, signal: new AbortController().signal }
  const shelves = { db, people: accounts.people, pages, revisions }
  let taken = 0
  const took = await time(async () => (taken = (await exportHistory(shelves, { file, force: true }, watch)).revisions))
  print(`${taken} revisions taken away, ${Math.round(taken / (took / 1000))} a second`)
}
