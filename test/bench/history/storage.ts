import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteConnection } from '../../../server/db/engine.sqlite.ts'
import { withHash } from '../../../server/db/index.ts'
import { contents } from '../../../server/revisions/contents.ts'
import type { OpenWiki } from '../../../server/open.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { type Figure, quantile } from '../bench.ts'
import { corpora, time } from './wiki.ts'

/** Reads what every revision says past all that is remembered; of five times the best, for the machine does other things too. */
export async function coldReads({ db }: OpenWiki, print: (line: string) => void): Promise<Figure[]> {
  const rows = await db.read.selectFrom('revisions').select('content_hash').distinct().execute()
  const times: number[] = []
  for (const { content_hash: hash } of rows.map(withHash)) {
    if (hash === null) continue
    const tries: number[] = []
    for (let turn = 0; turn < 5; turn++) tries.push(await time(() => contents().read(db.read, hash)))
    times.push(Math.min(...tries))
  }
  const middle = quantile(times, 0.5)
  print(
    `reading any of ${times.length} texts cold: ${middle.toFixed(1)} ms in the middle, at most ${Math.max(...times).toFixed(1)} ms`,
  )
  return [{ what: 'reading any revision cold in ms, the slowest', is: Math.max(...times), most: 10 }]
}

/** What a revision of the corpora takes on the disk, once the database has been tidied up by VACUUM. */
export function byteFigures(from: string, folder: string, print: (line: string) => void): Figure[] {
  const file = join(folder, 'vacuumed.db')
  const wiki = new SqliteConnection(from, { readonly: true })
  wiki.prepare('vacuum into ?').run(file)
  wiki.close()
  const db = new SqliteConnection(file, { readonly: true })
  const count = Number(db.prepare('select count(*) from revisions').pluck().get())
  const raw = Number(db.prepare('select sum(size) from revisions').pluck().get()) / count
  const sizes = new Map(
    db
      .prepare<[], { table: string; bytes: number }>(
        `select tbl_name as "table", sum(pgsize) as bytes from dbstat join sqlite_schema using (name) group by tbl_name`,
      )
      .all()
      .map(({ table, bytes }) => [table, bytes / count]),
  )
  db.close()
  const texts = (sizes.get('contents') ?? 0) + (sizes.get('content_segments') ?? 0)
  const whose = ['authorship', 'authorship_facts'].reduce((sum, table) => sum + (sizes.get(table) ?? 0), 0)
  const whole = statSync(file).size / count
  const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 8)
  print(`bytes a revision: ${Math.round(whole)} in all, ${Math.round(texts)} texts, ${Math.round(whose)} authorship`)
  print(`  (${largest.map(([table, bytes]) => `${table} ${Math.round(bytes)}`).join(', ')})`)
  const git = gitBytes(folder)
  print(
    git === undefined
      ? 'there is no git on this machine: the comparison with it is left out'
      : `raw JSON ${Math.round(raw)} bytes a revision, ${(raw / texts).toFixed(0)} times; git gc --aggressive ${Math.round(git)}`,
  )
  return [
    { what: 'bytes a revision, texts and authorship', is: texts + whose, most: 600 },
    { what: 'bytes a revision, the whole database', is: whole, most: 1_800 },
    { what: 'the whole database / raw JSON', is: whole / raw, most: 0.1 },
    ...(git === undefined ? [] : [{ what: 'the whole database / git gc --aggressive', is: whole / git, most: 2.5 }]),
  ]
}

/** Bytes a revision of the same texts in Git, a commit each, packed as well as it can. */
function gitBytes(folder: string): number | undefined {
  const repository = join(folder, 'git')
  mkdirSync(repository)
  const git = (args: string[], input?: Buffer) =>
    spawnSync('git', ['-c', 'gc.auto=0', ...args], { cwd: repository, ...(input && { input }), maxBuffer: 1e9 })
  if (git(['init', '-q', '--bare', '.']).status !== 0) return undefined
  const parts: (string | Buffer)[] = []
  let revisions = 0
  for (const name of corpora)
    for (const { path, revisions: all } of corpusHistory(name)) {
      for (const { author, timestamp, message, text } of all) {
        revisions++
        const by = `${author} <${author}@example.org> ${Math.floor(Date.parse(timestamp) / 1000)} +0000`
        const said = Buffer.from(message)
        parts.push(`commit refs/heads/main\nauthor ${by}\ncommitter ${by}\ndata ${said.length}\n`, said, '\n')
        if (text === undefined) parts.push(`D ${JSON.stringify(path)}\n`)
        else parts.push(`M 100644 inline ${JSON.stringify(path)}\ndata ${Buffer.byteLength(text)}\n`, text, '\n')
      }
    }
  const imported = git(['fast-import', '--quiet'], Buffer.concat(parts.map(part => Buffer.from(part))))
  if (imported.status !== 0) throw new Error(`git could not import the texts: ${imported.stderr.toString()}`)
  if (git(['gc', '--aggressive', '--prune=now', '--quiet']).status !== 0) throw new Error('git gc failed')
  const packs = join(repository, 'objects/pack')
  return readdirSync(packs).reduce((sum, file) => sum + statSync(join(packs, file)).size, 0) / revisions
}
