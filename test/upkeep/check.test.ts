import { closeSync, openSync, writeSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { SqliteConnection } from '../../server/db/engine.sqlite.ts'
import { databaseFile } from '../../server/db/index.ts'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { checkpoint } from '../../server/drafts/checkpoints.ts'
import type { Report } from '../../server/upkeep/check/report.ts'
import { edits, types } from '../revisions/writers.ts'
import { copyOf, typeBehind } from '../support/drafts.ts'
import { wiki as command } from '../support/process.ts'
import { checked, elsewhere, harm, writtenWiki } from './support.ts'

/** The written wiki with a checkpoint of its draft and words behind it. */
async function wholeWiki() {
  const written = await writtenWiki()
  const { wiki, ada, oak } = written
  await wiki.db.write(async tx => checkpoint(tx, await wiki.drafts.load(tx, oak.id), { always: true }))
  await types(wiki, ada, oak.id, 'An oak', ' at last')
  return written
}

const damages: [what: string, sql: string, named: string[]][] = [
  [
    'a row that is missing in a log',
    `delete from draft_updates where page_id = :oak and seq = 3`,
    ['draft 1', 'lacks row 3'],
  ],
  [
    'rows that are missing at the end of a log',
    `delete from draft_updates where page_id = :oak and seq >= 4`,
    ['draft 1', 'ends at row 3 of 5'],
  ],
  [
    'a row that is cut short',
    `update draft_updates set payload = substr(payload, 1, 5) where page_id = :oak and seq = 3`,
    ['draft 1', 'row 3', 'cannot be read'],
  ],
  ['a log that is gone', `delete from draft_updates where page_id = :oak`, ['draft 1', 'log is empty']],
  [
    'a checkpoint that is cut short',
    `update draft_checkpoints set state = substr(state, 1, 20) where page_id = :oak`,
    ['draft 1', 'checkpoint at row 4 cannot be read'],
  ],
  [
    'client ids that belong to nobody',
    `delete from draft_clients where page_id = :oak and made_here = 0`,
    ['nobody owns the words of 4 client ids'],
  ],
  [
    'words in somebody else’s name',
    `update draft_clients set person_id = null where page_id = :oak and made_here = 0`,
    ['row 2', 'somebody else'],
  ],
  [
    'words of a person who does not exist',
    `update draft_clients set person_id = 'nobody' where page_id = :oak and made_here = 1`,
    ['belongs to a person who does not exist (nobody)'],
  ],
  [
    'a text of which a byte has changed',
    // Packed or not yet.
    `update contents set bytes = substr(bytes, 1, 6) || x'2a' || substr(bytes, 8), offset = offset + 1
          where hash = (select content_hash from revisions where page_id = :oak and number = 2)`,
    ['“Oak”, revision 2', 'its text'],
  ],
  [
    'a text that is missing',
    `delete from contents where hash = (select content_hash from revisions where page_id = :oak and number = 1)`,
    ['“Oak”, revision 1', 'text is missing'],
  ],
  [
    'a revision that is missing',
    `update revisions set number = 4 where page_id = :oak and number = 3`,
    ['revision 4', 'the revision before it is missing'],
  ],
  [
    'readers who are shown an old revision',
    `update pages set head_number = 2,
          head_id = (select id from revisions where page_id = :oak and number = 2) where id = :oak`,
    ['readers are shown revision 2, the newest is 3'],
  ],
  [
    'a rendering of another revision',
    `update page_heads set revision_id = (select id from revisions where page_id = :oak and number = 1)
          where page_id = :oak`,
    ['what is kept to be shown is not of the revision that is shown'],
  ],
  ['a page that search does not know', `delete from search_entries where ref_id = :oak`, ['search does not know it']],
  [
    'an entry of the search index without a page',
    `insert into search_entries (kind, ref_id, language) values ('page', 'nowhere', 'en')`,
    ['search index leads to a page that does not exist: nowhere'],
  ],
  [
    'a rescued passage that cannot be read',
    `insert into rescued_passages (id, page_id, person_id, document, cause, context, at)
          values ('p', :oak, null, '{"type":"doc","content":[{"type":"tower"}]}', 'restore', '', 1)`,
    ['“Oak”', 'a passage kept for its author is no document'],
  ],
  [
    'a reference to a person who does not exist',
    `update pages set created_by_id = 'nobody' where id = :oak`,
    ['refers to no row of people'],
  ],
]

test('the check finds nothing in a wiki that is whole', async () => {
  const { wiki } = await wholeWiki()
  expect(await checked(wiki)).toEqual([])
})

for (const [what, sql, named] of damages)
  test(`the check finds and names ${what}`, async () => {
    const { wiki, oak } = await wholeWiki()
    harm(wiki, sql, { oak: oak.id })
    const said = (await checked(wiki)).join('\n')
    for (const words of named) expect(said).toContain(words)
  })

test('the check finds a checkpoint that says something else than the log', async () => {
  const { wiki, oak } = await wholeWiki()
  const draft = await wiki.drafts.load(wiki.db.read, oak.id)
  const other = copyOf(draft.ydoc)
  typeBehind(other, 'An oak', ' that nobody typed')
  const db = new SqliteConnection(databaseFile(wiki.config.DATA_DIR))
  db.prepare('update draft_checkpoints set state = ?').run(gzipSync(Y.encodeStateAsUpdateV2(other)))
  db.close()
  expect(await checked(wiki)).toEqual([expect.stringContaining('checkpoint at row 4 says something else than its log')])
})

test('the check finds a draft that is no document', async () => {
  const { wiki, ada, oak } = await wholeWiki()
  await edits(wiki, ada, oak.id, ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('tower')]))
  expect(await checked(wiki)).toEqual([expect.stringContaining('“Oak”, draft 1')])
})

test('the check reads packed texts, and finds the segment that cannot be unpacked', async () => {
  const { wiki, ada, oak } = await wholeWiki()
  for (let number = 0; number < 70; number++) {
    await types(wiki, ada, oak.id, 'An oak', ` ${number}`)
    await wiki.revisions.publish(ada.person, oak.id, {})
  }
  await wiki.revisions.settle()
  expect(await checked(wiki)).toEqual([])
  harm(wiki, `update content_segments set bytes = substr(bytes, 1, 40)`)
  const said = await checked(wiki)
  expect(said[0]).toContain('“Oak”, revision 1 ')
  expect(said[0]).toContain('segment that cannot be unpacked')
  expect(said.at(-1)).toMatch(/and \d+ more like these/)
})

test('the check finds a byte that changed in the file itself, and goes on with what can be read', async () => {
  const { wiki } = await wholeWiki()
  const file = databaseFile(wiki.config.DATA_DIR)
  await wiki.http.close()
  await wiki.db.close()
  const db = new SqliteConnection(file, { readonly: true })
  const page = db.prepare(`select pageno from dbstat where name = 'revisions' limit 1`).pluck().get()
  const size = Number(db.pragma('page_size', { simple: true }))
  db.close()
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(64, 0xff), 0, 64, (Number(page) - 1) * size)
  closeSync(handle)
  expect((await checked(wiki)).join('\n')).toContain('The database is damaged')
})

test('the check keeps a wiki that is being written in from nothing, and nothing that is under way looks damaged', async () => {
  const { wiki, ada, oak } = await wholeWiki()
  let isWriting = true
  let written = 0
  const writing = (async () => {
    while (isWriting) {
      await types(wiki, ada, oak.id, 'An oak', ' more')
      if (++written % 5 === 0) await wiki.revisions.publish(ada.person, oak.id, {})
    }
  })()
  for (let round = 0; round < 5; round++) expect(await checked(wiki)).toEqual([])
  isWriting = false
  await writing
  expect(written).toBeGreaterThan(0)
})

test('a damage is told for programs by page and number, and the command ends with 1', async () => {
  const { wiki, oak } = await wholeWiki()
  const folder = wiki.config.DATA_DIR
  expect(await command(folder, ['check'])).toMatchObject({ code: 0, out: expect.stringContaining('2 pages') })
  harm(wiki, `delete from contents`)
  const { code, out } = await command(folder, ['check', '--json'])
  expect(code).toBe(1)
  const report = JSON.parse(out) as Report
  expect(report.findings).toContainEqual({
    kind: 'content',
    page: { id: oak.id, title: 'Oak' },
    revision: 1,
    message: 'its text is missing',
  })
  expect((await command(folder, ['check', 'everything'])).code).toBe(2)
  expect((await command(elsewhere(), ['check'])).code).toBe(1)
}, 60_000)
