import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { canonical } from '../../shared/document/canonical.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { migrate, openDatabase } from '../../server/db/index.ts'
import { contents, hashOf } from '../../server/revisions/contents.ts'
import { elsewhere } from '../upkeep/support.ts'

test('a database from before segments grew keeps every text, loose or packed', async () => {
  const db = openDatabase(join(elsewhere(), 'commonleaf.db'))
  onTestFinished(() => db.close())
  await migrate(db, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0010')))

  const texts = ['One.', 'One and two.', 'Another page.', 'Three.', 'Four.'].map(text => canonical(fromMarkdown(text)))
  const rows = texts.map((json, turn) => ({ json, hash: hashOf(json), page: turn === 2 ? 'elm' : 'oak', turn }))
  await db.write(async tx => {
    const insert = (query: ReturnType<typeof sql>) => query.execute(tx)
    for (const id of ['oak', 'elm'])
      await insert(sql`insert into pages (id, slug, slug_key, title, title_key, language, licence, head_number, newest,
        rendering, epoch, head_seq, created_at, changed_at)
        values (${id}, ${id}, ${id}, ${id}, ${id}, 'en', '', 0, 0, 0, 0, 0, 0, 0)`)
    for (const [turn, { json, hash, page }] of rows.entries())
      await insert(sql`insert into revisions (id, page_id, number, kind, summary, minor, licence, at, title, size,
        content_hash, words_added, words_removed)
        values (${String(turn)}, ${page}, ${turn + 1}, 'edit', '', 0, '', 0, '', ${Buffer.byteLength(json)}, ${hash}, 0, 0)`)
    for (const [segment, page] of [
      ['a', 'oak'],
      ['b', 'elm'],
    ] as const) {
      const packed = rows.filter(row => row.page === page && row.turn < 3)
      const bytes = brotliCompressSync(packed.map(({ json }) => json).join(''))
      await insert(sql`insert into content_segments (id, page_id, bytes) values (${segment}, ${page}, ${bytes})`)
      let offset = 0
      for (const { json, hash } of packed) {
        const length = Buffer.byteLength(json)
        await insert(sql`insert into contents values (${hash}, ${page}, null, ${segment}, ${offset}, ${length})`)
        offset += length
      }
    }
    for (const { json, hash, page } of rows.slice(3)) {
      const bytes = brotliCompressSync(json)
      await insert(sql`insert into contents values (${hash}, ${page}, ${bytes}, null, 0, ${bytes.length})`)
    }
  })

  await migrate(db)
  const { read } = contents()
  for (const { json, hash } of rows) expect(canonical(await read(db.read, hash))).toBe(json)
})
