import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { SqliteConnection } from '../../server/db/engine.sqlite.ts'
import markdownIt from 'markdown-it'
import { corpusText } from '../support/corpus.ts'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { type Bench, inFolder, quantile } from './bench.ts'

const rounds = 60
/** Rounds until the compiler has seen everything. */
const warm = 15

/** Publishing a 25 KB page through the API, against the least that any wiki would have to do with the same text. */
const publish: Bench = print =>
  inFolder(async folder => {
    const guide = corpusText('translations/opensource-guide/en/best-practices.md').replace(/^---[^]*?---\n/, '')
    const text = guide.padEnd(25 * 1024, `\n\n${guide}`).slice(0, 25 * 1024)
    const least = leastOf(join(folder, 'least.db'))
    const wiki = await freshWiki()
    const writer = await (await as(wiki, 'member')).token(['write'])
    const made = await writer.post('/api/v1/pages', { title: 'Bench', markdown: text })
    const { id } = made.json<{ id: string }>()

    const times = { least: [] as number[], publish: [] as number[] }
    for (let round = 1; round <= rounds; round++) {
      // As an edit leaves it: the rest of the text stays as it was.
      const markdown = text.replace(/\n\n(?=\w)/, `\n\nEdit number ${round} says this here.\n\n`)
      times.least.push(await time(async () => least.store(markdown)))
      const body = { markdown, summary: 'bench' }
      times.publish.push(
        await time(async () => {
          const reply = await writer.post(`/api/v1/pages/${id}/revisions`, body)
          if (reply.statusCode !== 201) throw new Error(reply.body)
        }),
      )
    }
    least.close()
    await wiki.close()

    const [base, ours] = [quantile(times.least.slice(warm), 0.5), quantile(times.publish.slice(warm), 0.5)]
    print(`${ours.toFixed(1)} ms to publish ${text.length} characters; least ${base.toFixed(1)} ms`)
    return [{ what: 'publish / (markdown-it + JSON + SHA-256 + commit)', is: ours / base, most: 5 }]
  })

export default publish

/** Rendered by markdown-it, hashed, and 25 KB committed to disk. */
function leastOf(file: string) {
  const db = new SqliteConnection(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('create table texts (id integer primary key, json text not null)')
  const insert = db.prepare('insert into texts (json) values (?)')
  const markdown = markdownIt({ linkify: true })
  return {
    store(text: string) {
      const json = JSON.stringify({ text, html: markdown.render(text) })
      createHash('sha256').update(json).digest('hex')
      insert.run(json.slice(0, 25 * 1024))
    },
    close: () => db.close(),
  }
}

async function time(act: () => Promise<void>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}
