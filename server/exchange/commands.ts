import { access } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Command, exit, type Io } from '../command.ts'
import { exportHistory, type Exported, type Shelves } from './history/export.ts'
import { importHistory } from './history/import.ts'
import type { Report, Rooms } from './history/report.ts'

/** Bringing in what was written elsewhere. */
export const importCommand: Command<Rooms> = {
  usage: ['import history FILE [--json]'],
  summary: 'Bring in pages with their histories: FILE is JSON Lines, a page a line (.jsonl, or packed .jsonl.br).',
  async run([what, file, ...more], io, rooms) {
    if (what !== 'history' || file === undefined || file.startsWith('-') || more.length > 0) return exit.usage
    const path = resolve(io.folder, file)
    await access(path).catch(() => {
      throw new Error(`There is no file ${path} that the wiki can read.`)
    })
    const report = await importHistory(rooms, path, { progress: progress(io), signal: io.signal })
    for (const { line, message } of report.faults) io.err(`line ${line} was left out: ${message}\n`)
    for (const { address, path, line } of report.lost)
      io.err(`${address} does not lead to ${path} (line ${line}): another page has that address\n`)
    io.out(io.json ? `${JSON.stringify(report)}\n` : inWords(report, basename(path)))
    if (io.signal.aborted) io.err('Stopped. The same command goes on from here.\n')
    return io.signal.aborted || (report.list.length === 0 && report.faults.length > 0) ? exit.failed : exit.ok
  },
}

/** Taking everything away again. */
export const exportCommand: Command<Shelves> = {
  usage: ['export history FILE [--force] [--json]'],
  summary:
    'Put all pages with their histories into FILE, which import history reads back (JSON Lines; packed if it ends in .br).',
  async run(args, io, shelves) {
    const [what, name, ...more] = args.filter(word => word !== '--force')
    if (what !== 'history' || name === undefined || name.startsWith('-') || more.length > 0) return exit.usage
    const asked = { file: resolve(io.folder, name), force: args.includes('--force') }
    const done = await exportHistory(shelves, asked, { progress: progress(io), signal: io.signal }).catch(
      (error: unknown) => {
        if (io.signal.aborted) throw new Error('Stopped. Nothing was written.')
        throw isFull(error)
          ? new Error(`The disk became full on the way to ${basename(name)}. Nothing was written.`)
          : error
      },
    )
    io.out(io.json ? `${JSON.stringify(done)}\n` : takenAway(done))
    return exit.ok
  },
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))

/** Tells how far it is, once a second at most. */
function progress(io: Io) {
  const began = performance.now()
  let told = began
  return (done: number, of: number) => {
    const now = performance.now()
    if (now - told < 1000) return
    told = now
    const rate = Math.round(done / ((now - began) / 1000))
    io.err(`${done} of ${of} revisions (${Math.floor((100 * done) / of)} %), ${rate} a second\n`)
  }
}

const inWords = ({ pages, revisions, skipped, people, redirects, altered, faults }: Report, file: string) =>
  `${file}: ${pages} pages, ${revisions} revisions, ${people} people and ${redirects} redirects are new; ` +
  `${skipped} revisions were there already; ${faults.length} lines were left out.\n${
    altered > 0
      ? `${altered} revisions are not quite what they were: this version reads their Markdown differently.\n`
      : ''
  }`

const takenAway = ({ file, pages, revisions, suppressed, unpublished }: Exported) =>
  `${basename(file)}: ${pages} pages with ${revisions} revisions. Left out because they are suppressed: ` +
  `${suppressed.text} texts, ${suppressed.author} signatures, ${suppressed.summary} summaries; ` +
  `${unpublished} pages have only a draft.\n`
