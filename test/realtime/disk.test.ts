import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { SqliteConnection } from '../../server/db/engine.sqlite.ts'
import { databaseFile } from '../../server/db/index.ts'
import { starts, types } from '../revisions/writers.ts'
import { as, password, visitor } from '../support/people.ts'
import { dials, type Editor, headersOf, type LiveWiki, liveWiki, opens, until } from './support.ts'

type Connection = InstanceType<typeof SqliteConnection>

/** A wiki with the very connection that it writes with. */
async function wikiOnDisk(): Promise<LiveWiki & { disk: Connection }> {
  const opened = vi.spyOn(SqliteConnection.prototype, 'pragma')
  const wiki = await liveWiki()
  await as(wiki, 'member')
  const file = databaseFile(wiki.config.DATA_DIR)
  const disk = opened.mock.contexts.find(
    (one): one is Connection => one instanceof SqliteConnection && one.name === file && !one.readonly,
  )
  opened.mockRestore()
  if (!disk) throw new Error('nothing was opened to write')
  return { ...wiki, disk }
}

/** What may become of a disk, and what makes it good again. */
const disks = {
  'a full disk': {
    fails: (disk: Connection) => disk.pragma(`max_page_count = ${String(disk.pragma('page_count', { simple: true }))}`),
    recovers: (disk: Connection) => disk.pragma('max_page_count = 1000000'),
    refusal: [507, 'db/full'],
  },
  'a database that is read-only': {
    fails: (disk: Connection) => disk.pragma('query_only = on'),
    recovers: (disk: Connection) => disk.pragma('query_only = off'),
    refusal: [503, 'db/read-only'],
  },
}

/** More than fits into pages that are half empty, also packed. */
const much = ` ${randomBytes(100_000).toString('hex')}`

const reasonOf = ({ provider }: Editor) =>
  new Promise<string>(resolve => provider.on('connection-close', event => resolve(event?.reason ?? '')))

for (const [disk, { fails, recovers, refusal }] of Object.entries(disks)) {
  test(`${disk} shows nothing to colleagues, tells the writer, and everything comes when it is good again`, async () => {
    const wiki = await wikiOnDisk()
    const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
    const page = await wiki.page('An oak.')
    const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
    await Promise.all([adas.saved(), bos.saved()])
    const reason = reasonOf(adas)
    fails(wiki.disk)
    adas.types('An oak', much)
    expect([await adas.closed, await bos.closed, await reason]).toEqual([4500, 4500, 'not saved'])
    expect(bos.shows()).toBe('An oak.')
    expect(await wiki.logged(page)).toBe('An oak.')

    recovers(wiki.disk)
    await until(bos.ydoc, () => bos.shows() === `An oak${much}.`)
    await adas.saved()
    expect(await wiki.logged(page)).toBe(`An oak${much}.`)
  })

  test(`${disk} refuses what is sent over HTTP with a reason, is told to operators, and reading goes on`, async () => {
    const wiki = await wikiOnDisk()
    const ada = await as(wiki, 'member')
    const oak = await starts(ada, 'Oak', 'An oak.')
    expect((await visitor(wiki).get('/ready')).statusCode).toBe(200)
    fails(wiki.disk)

    const sent = await ada.post('/api/v1/pages', { title: 'Elm', markdown: `An elm${much}.` })
    expect([sent.statusCode, sent.json<{ code: string }>().code]).toEqual(refusal)
    expect(sent.headers['retry-after']).toBe('30')
    expect(sent.json<{ message: string }>().message).toContain('nothing was changed')
    const ready = await visitor(wiki).get('/ready')
    expect([ready.statusCode, ready.json<{ code: string }>().code]).toEqual(refusal)
    expect((await visitor(wiki).get('/health')).statusCode).toBe(200)
    for (const path of ['/', '/wiki/Oak', '/wiki/Oak/history', '/changes', '/search?q=oak', `/api/v1/pages/${oak.id}`])
      expect([path, (await ada.get(path)).statusCode]).toEqual([path, 200])

    recovers(wiki.disk)
    expect((await visitor(wiki).get('/ready')).statusCode).toBe(200)
    expect((await ada.post('/api/v1/pages', { title: 'Elm', markdown: 'An elm.' })).statusCode).toBe(201)
  })

  test(`${disk} keeps nobody out who has been away for days and only reads`, async () => {
    const wiki = await wikiOnDisk()
    const ada = await as(wiki, 'member')
    const program = await ada.token(['read'])
    await starts(ada, 'Oak', 'An oak.')
    wiki.disk.exec('update sessions set seen_at = 1')
    wiki.disk.exec('update pages set rendering = rendering + 1')
    fails(wiki.disk)
    expect((await ada.get('/wiki/Oak')).statusCode).toBe(200)
    expect((await program.get('/api/v1/session')).statusCode).toBe(200)
    recovers(wiki.disk)
  })
}

test('a form that cannot be taken is answered with a page that says why', async () => {
  const wiki = await wikiOnDisk()
  const ada = await as(wiki, 'member')
  const { fails, recovers } = disks['a database that is read-only']
  fails(wiki.disk)
  const form = new URLSearchParams({ login: ada.person.handle, password })
  const signIn = await visitor(wiki).post('/sign-in', form)
  expect(signIn.statusCode).toBe(503)
  expect(signIn.headers['content-type']).toContain('text/html')
  expect(signIn.body).toContain('cannot write at the moment')
  recovers(wiki.disk)
  expect((await visitor(wiki).post('/sign-in', form)).statusCode).toBe(303)
})

test('a checkpoint that cannot be kept closes nobody, for the words are in the log', async () => {
  const wiki = await wikiOnDisk()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  wiki.disk.exec(
    `create trigger no before insert on draft_checkpoints begin select raise(abort, 'the disk is full'); end`,
  )
  adas.types('An oak', ' of old'.repeat(50_000))
  await adas.saved()
  adas.types('An oak', ' indeed')
  await adas.saved()
  expect(adas.provider.wsconnected).toBe(true)
  expect(await wiki.logged(page)).toContain('An oak indeed of old')
  await wiki.realtime.close()
  expect(await adas.closed).toBe(4500)
})

test('a wiki stops in order although its disk takes nothing', async () => {
  const wiki = await wikiOnDisk()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of old')
  await adas.saved()
  disks['a database that is read-only'].fails(wiki.disk)
  await wiki.close()
  expect(await adas.closed).toBe(4500)
})

const damages: [what: string, sql: string][] = [
  ['lacks a row', 'delete from draft_updates where page_id = ? and seq = 2'],
  ['lacks its end', 'delete from draft_updates where page_id = ? and seq > 1'],
  ['is empty', 'delete from draft_updates where page_id = ?'],
  ['cannot be read', `update draft_updates set payload = x'0102' where page_id = ?`],
]

for (const [what, statement] of damages)
  test(`a draft whose log ${what} is never opened empty: it is refused with a reason, and the others go on`, async () => {
    const wiki = await wikiOnDisk()
    const ada = await as(wiki, 'member')
    const [oak, elm] = [await starts(ada, 'Oak', 'An oak.'), await starts(ada, 'Elm', 'An elm.')]
    for (const { id } of [oak, elm]) for (const words of [' old', ' grey']) await types(wiki, ada, id, 'An', words)
    wiki.disk.prepare(statement).run(oak.id)
    const rows = () => wiki.disk.prepare('select * from draft_updates where page_id = ? order by seq').all(oak.id)
    const before = rows()

    let loads = 0
    const load = vi.spyOn(wiki.db.read, 'selectFrom').mockName('reads')
    for (let times = 0; times < 5; times++) {
      const line = await dials(wiki, oak.id, headersOf(wiki, ada))
      expect(await line.closed).toBe(4500)
      expect(line.frames).toEqual([])
      loads = load.mock.calls.filter(([table]) => table === 'draft_updates').length
    }
    expect(loads).toBe(1)
    load.mockRestore()

    const elms = await opens(wiki, ada, elm.id)
    elms.types('An', ' even older')
    await elms.saved()
    expect(rows()).toEqual(before)
    expect((await visitor(wiki).get('/wiki/Oak')).body).toContain('An oak.')
    const published = await ada.post(`/api/v1/pages/${oak.id}/revisions`, { markdown: 'Something else.' })
    expect(published.json<{ code: string }>().code).toBe('drafts/damaged')
  })
