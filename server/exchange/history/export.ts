import { createWriteStream, existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createBrotliCompress } from 'node:zlib'
import type { Database } from '../../db/index.ts'
import type { Page, Pages } from '../../pages/index.ts'
import type { Revisions } from '../../revisions/index.ts'
import type { People } from '../../accounts/index.ts'
import { pace } from '../../pace.ts'
import type { Watch } from './import.ts'
import { lineOf } from './page-line.ts'

/** What an export works with. */
export interface Shelves {
  db: Database
  people: People
  pages: Pages
  revisions: Revisions
}

/** What an export wrote, and what it left out. */
export interface Exported {
  file: string
  bytes: number
  pages: number
  revisions: number
  /** Revisions of which that was left out, because it is suppressed. */
  suppressed: { text: number; author: number; summary: number }
  /** Pages that have only a draft, and so no history. */
  unpublished: number
}

/** How many pages are looked up at a time. */
const batch = 100
/** Files that this process is writing. */
const underWay = new Set<string>()

/**
 * Writes every page with its whole history into one file that an import reads back, each as it was. The file appears
 * under its name only once all of it is on disk. What is published meanwhile may be in it or not, page by page.
 */
export async function exportHistory(
  shelves: Shelves,
  { file, force }: { file: string; force: boolean },
  watch: Watch,
): Promise<Exported> {
  requireFree(file, force)
  if (!existsSync(dirname(file))) throw new Error(`There is no folder ${dirname(file)}.`)
  if (underWay.has(file)) throw new Error(`${file} is being written already.`)
  const part = join(dirname(file), `.${basename(file)}-${process.pid}.part`)
  const done: Exported = {
    file,
    bytes: 0,
    pages: 0,
    revisions: 0,
    suppressed: { text: 0, author: 0, summary: 0 },
    unpublished: 0,
  }
  underWay.add(file)
  try {
    await clearUp(file)
    const lines = Readable.from(linesOf(shelves, done, watch), { objectMode: false })
    const into = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true })
    if (file.endsWith('.br')) await pipeline(lines, packed(), into)
    else await pipeline(lines, into)
    requireFree(file, force)
    done.bytes = (await stat(part)).size
    await rename(part, file)
    return done
  } finally {
    underWay.delete(file)
    await rm(part, { force: true })
  }
}

/** Takes away what exports to this file left that were killed; a part of our own number was left by somebody before us. */
async function clearUp(file: string) {
  for (const name of await readdir(dirname(file))) {
    const pid = name.startsWith(`.${basename(file)}-`) ? /-(\d+)\.part$/.exec(name)?.[1] : undefined
    if (pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid))))
      await rm(join(dirname(file), name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function requireFree(file: string, force: boolean) {
  if (existsSync(file) && !force) throw new Error(`${file} is there already. With --force it is replaced.`)
}

const packed = () =>
  createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 } })

async function* linesOf(shelves: Shelves, done: Exported, { progress, signal }: Watch): AsyncGenerator<string> {
  const breathe = pace()
  const of = await countAll(shelves)
  const step = async () => {
    signal.throwIfAborted()
    progress(++done.revisions, Math.max(of, done.revisions))
    await breathe()
  }
  for await (const pages of batches(shelves)) {
    const formerly = await shelves.pages.formerly(pages.map(({ id }) => id))
    for (const page of pages) {
      if (page.newest === 0) {
        done.unpublished++
        continue
      }
      yield* lineOf(shelves, { page, ...(formerly.get(page.id) ?? { titles: [], addresses: [] }) }, done, step)
      done.pages++
    }
  }
}

async function countAll(shelves: Shelves) {
  let count = 0
  for await (const pages of batches(shelves)) for (const { newest } of pages) count += newest
  return count
}

async function* batches({ pages }: Pick<Shelves, 'pages'>): AsyncGenerator<Page[]> {
  let found: Page[]
  for (let after = ''; (found = await pages.walk(after, batch)).length > 0; after = found.at(-1)?.id ?? '') yield found
}
