import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import MarkdownIt from 'markdown-it'
import { importHistory } from '../../server/exchange/index.ts'
import { corpus, corpusHistory, type CorpusPage } from '../support/corpus.ts'
import { inFolder, withWiki, type Bench } from './bench.ts'

/** The command line as it was built with this benchmark, and as `npm run wiki` starts it. */
const console = join(dirname(fileURLToPath(import.meta.url)), '../../server/console/main.js')

const files = ['oer-small', 'opensource-guide-en'] as const

/** Importing both histories against markdown-it alone, and what ten times the data adds to memory. */
const bench: Bench = async print => {
  const pages = files.flatMap(corpusHistory)
  const texts = pages.flatMap(page => page.revisions.flatMap(({ text }) => text ?? []))
  await importBoth()
  markdownItAlone(texts)
  const alone = markdownItAlone(texts)
  const { revisions, took } = await importBoth()
  print(`${revisions} revisions in ${took.toFixed(0)} ms, markdown-it alone ${alone.toFixed(0)} ms`)
  const once = await inFolder(folder => peakOf(folder, pages, 1))
  const tenfold = await inFolder(folder => peakOf(folder, pages, 10))
  print(`peak memory ${once.toFixed(0)} MB, with ten times the data ${tenfold.toFixed(0)} MB`)
  return [
    { what: 'revisions a second', is: revisions / (took / 1000), least: 150 },
    { what: 'times as long as markdown-it alone', is: took / alone, most: 6 },
    { what: 'peak memory in MB', is: once, most: 250 },
    { what: 'growth of the peak with ten times the data', is: tenfold / once, most: 1.2 },
  ]
}
export default bench

const importBoth = () =>
  withWiki(async ({ db, site, accounts, pages, revisions: { importing } }) => {
    const began = performance.now()
    let revisions = 0
    for (const name of files) {
      const file = join(corpus, `history/${name}.jsonl.br`)
      const watch = { progress: () => {}, signal: new AbortController().signal }
      const report = await importHistory({ db, site, people: accounts.people, pages, importing }, file, watch)
      revisions += report.revisions
    }
    return { revisions, took: performance.now() - began }
  })

function markdownItAlone(texts: readonly string[]): number {
  const markdown = new MarkdownIt({ html: true, linkify: true })
  const began = performance.now()
  for (const text of texts) markdown.render(text)
  return performance.now() - began
}

/** Peak memory in MB of a process that imports these pages so many times over. */
async function peakOf(folder: string, pages: readonly CorpusPage[], times: number): Promise<number> {
  const file = join(folder, 'history.jsonl')
  const out = createWriteStream(file)
  for (let turn = 0; turn < times; turn++)
    for (const page of pages)
      if (!out.write(`${JSON.stringify({ ...page, path: `${turn}/${page.path}` })}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'close')

  const command = spawn(process.execPath, ['--max-semi-space-size=4', console, 'import', 'history', file], {
    env: { ...process.env, DATA_DIR: folder },
    stdio: 'ignore',
  })
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, ...peaks(command.pid ?? 0))), 50)
  await once(command, 'exit')
  clearInterval(timer)
  return peak
}

/** What the system notes as the most that a process and its children held, in MB. Linux only. */
function peaks(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return [Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024, ...children.flatMap(peaks)]
  } catch {
    // It has ended.
    return []
  }
}
