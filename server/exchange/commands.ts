import { access } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Command, exit, type Io } from '../command.ts'
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

const inWords = ({ pages, revisions, skipped, people, redirects, faults }: Report, file: string) =>
  `${file}: ${pages} pages, ${revisions} revisions, ${people} people and ${redirects} redirects are new; ` +
  `${skipped} revisions were there already; ${faults.length} lines were left out.\n`
