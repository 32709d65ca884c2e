/** Publishing a 25 KB page through the API, against the least that any wiki would have to do with the same text. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteConnection from 'better-sqlite3'
import markdownIt from 'markdown-it'
import { corpusText } from '../support/corpus.ts'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

const rounds = 60
const most = 5
const guide = corpusText('translations/opensource-guide/en/best-practices.md').replace(/^---[^]*?---\n/, '')
const text = guide.slice(0, 25 * 1024)

/** The text with one sentence of its own, as an edit would leave it. */
const edited = (round: number) => text.replace(/\n\n(?=\w)/, `\n\nEdit number ${round} says this here.\n\n`)

const folder = mkdtempSync(join(tmpdir(), 'commonleaf-bench-'))
const plain = new SqliteConnection(join(folder, 'plain.db'))
plain.pragma('journal_mode = WAL')
plain.pragma('synchronous = FULL')
plain.exec('create table texts (id integer primary key, json text not null)')
const insert = plain.prepare('insert into texts (json) values (?)')
const renderer = markdownIt({ html: false, linkify: true })

const wiki = await freshWiki()
const ada = await as(wiki, 'member')
const writer = await ada.token(['write'])
const made = await writer.post('/api/v1/pages', { title: 'Bench', markdown: edited(0) })
const { id } = made.json<{ id: string }>()

const least: number[] = []
const ours: number[] = []
for (let round = 1; round <= rounds; round++) {
  const markdown = edited(round)
  least.push(
    time(() => {
      const json = JSON.stringify({ markdown, html: renderer.render(markdown) })
      createHash('sha256').update(json).digest('hex')
      insert.run(json.slice(0, 25 * 1024))
    }),
  )
  const from = performance.now()
  const reply = await writer.post(`/api/v1/pages/${id}/revisions`, { markdown, summary: 'bench' })
  ours.push(performance.now() - from)
  if (reply.statusCode !== 201) throw new Error(reply.body)
}
plain.close()
rmSync(folder, { recursive: true })
await wiki.close()

const [base, publish] = [median(least), median(ours)]
const ratio = publish / base
process.stdout.write(
  `publish: ${publish.toFixed(2)} ms for ${text.length} characters; markdown-it + JSON + SHA-256 + commit: ${base.toFixed(2)} ms; ` +
    `ratio ${ratio.toFixed(2)} (at most ${most})\n`,
)
process.exitCode = ratio <= most ? 0 : 1

function time(act: () => void): number {
  const from = performance.now()
  act()
  return performance.now() - from
}

function median(times: number[]): number {
  return times.slice(10).sort((a, b) => a - b)[Math.floor((times.length - 10) / 2)] ?? 0
}
