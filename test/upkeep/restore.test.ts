import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as tar from 'tar'
import { expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { holdFolder } from '../../server/db/index.ts'
import { backUp } from '../../server/upkeep/backup.ts'
import { restore } from '../../server/upkeep/restore.ts'
import { decide, finishRestore, type Swap } from '../../server/upkeep/swap.ts'
import { draftOf, edits, historyOf, textOf, types } from '../revisions/writers.ts'
import { typeBehind } from '../support/drafts.ts'
import { as, visitor } from '../support/people.ts'
import { wiki as command } from '../support/process.ts'
import { asked, checked, elsewhere, harm, openedCopy, openedWiki, writtenWiki } from './support.ts'

/** The written wiki, and a backup of it. */
async function backedUp() {
  const written = await writtenWiki()
  const file = join(elsewhere(), 'b.tar')
  await backUp(asked(written.wiki.config.DATA_DIR, file))
  const folder = elsewhere()
  cpSync(written.wiki.config.DATA_DIR, folder, { recursive: true })
  rmSync(join(folder, 'wiki.sock'), { force: true })
  return { ...written, file, folder }
}

const epochOf = async (wiki: Awaited<ReturnType<typeof openedWiki>>, page: string) =>
  (await wiki.drafts.standing(wiki.db.read, page))?.epoch

test('a backup in an empty folder is the wiki again: pages, histories, drafts, people, sessions', async () => {
  const { wiki, file, ada, oak, elm } = await backedUp()
  const copy = await openedCopy(file)
  expect(await draftOf(copy, oak.id)).toEqual(await draftOf(wiki, oak.id))
  const reader = visitor(copy)
  expect(await textOf(reader, oak.id)).toBe(await textOf(visitor(wiki), oak.id))
  expect(await historyOf(reader, oak.id)).toEqual(await historyOf(visitor(wiki), oak.id))
  expect((await reader.get(`/p/${elm.id}`)).statusCode).toBe((await visitor(wiki).get(`/p/${elm.id}`)).statusCode)
  const session = await reader.get('/api/v1/session', { cookie: ada.cookie })
  expect(session.json()).toMatchObject({ person: { handle: ada.person.handle } })
  expect(await checked(copy)).toEqual([])
  expect(readdirSync(copy.config.DATA_DIR).filter(name => name.startsWith('replaced'))).toEqual([])
})

test('a restore over a wiki asks first, and keeps what was there', async () => {
  const { wiki, file, folder, ada, oak } = await backedUp()
  const later = await openedWiki(folder)
  await types(later, ada, oak.id, 'An oak', ' typed since')
  mkdirSync(join(folder, 'media'))
  writeFileSync(join(folder, 'media/since.png'), 'since')
  const said = await draftOf(later, oak.id)
  await later.close()

  await expect(restore(asked(folder, file))).rejects.toThrow('--force')
  const { replaced } = await restore(asked(folder, file, true))
  expect(replaced).toMatch(/replaced-\d{4}-\d\d-\d\dT/)
  expect(existsSync(join(folder, 'media'))).toBe(false)
  const restored = await openedWiki(folder)
  expect(await draftOf(restored, oak.id)).toEqual(await draftOf(wiki, oak.id))
  expect(readFileSync(join(String(replaced), 'media/since.png'), 'utf8')).toBe('since')
  expect(await draftOf(await openedWiki(String(replaced)), oak.id)).toEqual(said)
  expect(await checked(restored)).toEqual([])
})

test('what a restore replaced is not in the next backup', async () => {
  const { file, folder } = await backedUp()
  await restore(asked(folder, file, true))
  const { parts } = await backUp(asked(folder, join(elsewhere(), 'second.tar')))
  expect(parts.map(({ path }) => path)).toEqual(['commonleaf.db'])
})

test('every page begins an epoch that no browser can have seen', async () => {
  const { file, folder, oak, wiki, ada } = await backedUp()
  await restore(asked(folder, file, true))
  const once = await openedWiki(folder)
  expect(await epochOf(once, oak.id)).toBe(2)
  await once.db.write(tx => once.drafts.beginEpoch(tx, oak.id, { cause: 'squash' }))
  await once.close()
  await restore(asked(folder, file, true))
  const twice = await openedWiki(folder)
  expect(await epochOf(twice, oak.id)).toBe(4)
  // Where nobody can say how far the numbers went, they leap.
  expect(await epochOf(await openedCopy(file), oak.id)).toBe(1001)
  await types(wiki, ada, oak.id, 'An oak', ' on and on')
  await twice.close()
  writeFileSync(join(folder, 'commonleaf.db'), 'this was a database')
  await restore(asked(folder, file, true))
  expect(await epochOf(await openedWiki(folder), oak.id)).toBe(1001)
})

test('a page that the replaced wiki did not know leaps too, for it comes from another time', async () => {
  const { file, oak } = await backedUp()
  const other = await writtenWiki()
  await other.wiki.http.close()
  await other.wiki.db.close()
  const folder = other.wiki.config.DATA_DIR
  await restore(asked(folder, file, true))
  expect(await epochOf(await openedWiki(folder), oak.id)).toBe(1001)
})

test('who wrote under which client id since the backup is still known after it', async () => {
  const { file, folder, ada, bo, oak } = await backedUp()
  const later = await openedWiki(folder)
  const since = await as(later, 'member')
  const clients = new Map<string, number>()
  for (const who of [ada, bo, since])
    await edits(later, who, oak.id, ydoc => {
      clients.set(who.person.id, ydoc.clientID)
      typeBehind(ydoc, 'An oak', ' since')
    })
  await later.close()
  await restore(asked(folder, file, true))
  const restored = await openedWiki(folder)
  const rows = await restored.db.read.selectFrom('draft_clients').selectAll().where('page_id', '=', oak.id).execute()
  const ownerOf = (person: string) =>
    rows.find(row => row.epoch === 1 && row.client_id === clients.get(person))?.person_id
  expect(ownerOf(ada.person.id)).toBe(ada.person.id)
  expect(ownerOf(bo.person.id)).toBe(bo.person.id)
  // Who joined since is not there any more: the words are nobody's, and cannot become somebody else's.
  expect(ownerOf(since.person.id)).toBeNull()
})

test('a restore is refused while a wiki or a command holds the folder', async () => {
  const { file, folder } = await backedUp()
  const held = holdFolder(folder)
  const before = readdirSync(folder).sort()
  expect(await command(folder, ['restore', file, '--force'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('Stop it first'),
  })
  expect(readdirSync(folder).sort()).toEqual(before)
  held?.release()
  const done = await command(folder, ['restore', file, '--force', '--json'])
  expect(JSON.parse(done.out)).toMatchObject({ file, replaced: expect.stringContaining('replaced-'), damaged: [] })
  expect((await command(folder, ['restore'])).code).toBe(2)
  expect((await command(folder, ['restore', 'no-such-file'])).code).toBe(1)
}, 120_000)

test('a backup of an older Commonleaf is brought to the newest shape', async () => {
  const { wiki, oak } = await writtenWiki()
  for (const undone of [
    'drop table draft_epochs',
    'drop table if exists draft_hearings',
    'alter table draft_clients drop column moved_clock',
    `delete from migrations where name = '0005_epochs'`,
  ])
    harm(wiki, undone)
  const file = join(elsewhere(), 'b.tar')
  await backUp(asked(wiki.config.DATA_DIR, file))
  const copy = await openedCopy(file)
  expect(await draftOf(copy, oak.id)).toEqual(['An oak (unpublished) and of late of old.'])
  expect(await checked(copy)).toEqual([])
})

test('a page whose draft is damaged in the backup does not keep the others from coming back', async () => {
  const { wiki, oak } = await writtenWiki()
  harm(wiki, 'delete from draft_updates where page_id = :oak and seq = 2', { oak: oak.id })
  const file = join(elsewhere(), 'b.tar')
  await backUp(asked(wiki.config.DATA_DIR, file))
  const folder = elsewhere()
  expect(await restore(asked(folder, file))).toMatchObject({ damaged: ['Oak'] })
  expect(await textOf(visitor(await openedWiki(folder)), oak.id)).toContain('An oak')
})

/** Makes of a backup one that is not right. */
async function spoiled(file: string, spoil: (folder: string) => void | Promise<void>): Promise<string> {
  const folder = elsewhere()
  await tar.x({ file, cwd: folder })
  await spoil(folder)
  const other = join(elsewhere(), 'spoiled.tar')
  const rest = readdirSync(folder).filter(name => name !== 'manifest.json')
  await tar.c({ file: other, cwd: folder, portable: true }, ['manifest.json', ...rest])
  return other
}

const changed = (change: (manifest: Record<string, unknown>) => void) => (folder: string) => {
  const path = join(folder, 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  change(manifest)
  writeFileSync(path, JSON.stringify(manifest))
}

const spoilings: [what: string, spoil: (folder: string) => void, why: string][] = [
  [
    'of which a byte has changed',
    folder => {
      const path = join(folder, 'commonleaf.db')
      const bytes = readFileSync(path)
      bytes[5000] = (bytes[5000] ?? 0) ^ 1
      writeFileSync(path, bytes)
    },
    'is not what it was',
  ],
  ['without its database', folder => rmSync(join(folder, 'commonleaf.db')), 'commonleaf.db is missing'],
  ['with something more in it', folder => writeFileSync(join(folder, 'more'), ''), 'does not name'],
  [
    'with a link in the place of the database',
    folder => {
      rmSync(join(folder, 'commonleaf.db'))
      symlinkSync('/etc/passwd', join(folder, 'commonleaf.db'))
    },
    'does not name',
  ],
  ['of a newer Commonleaf', changed(manifest => (manifest['layout'] = 2)), 'newer Commonleaf'],
  [
    'with a database of a newer Commonleaf',
    changed(manifest => (manifest['migrations'] = [...Object.keys(migrations), '0999_wings'])),
    'newer Commonleaf',
  ],
  ['with another manifest', changed(manifest => (manifest['format'] = 'holiday pictures')), 'manifest cannot be read'],
  [
    'that would write outside the folder',
    changed(manifest => (manifest['parts'] = [{ path: 'files/../../evil', size: 0, sha256: '0'.repeat(64) }])),
    'leads out of the folder',
  ],
]

for (const [what, spoil, why] of spoilings)
  test(`a backup ${what} is refused, and the wiki that is there is not touched`, async () => {
    const { file, folder, oak, wiki } = await backedUp()
    const bad = await spoiled(file, spoil)
    const before = readdirSync(folder).sort()
    await expect(restore(asked(folder, bad, true))).rejects.toThrow(why)
    expect(readdirSync(folder).sort()).toEqual(before)
    expect(await draftOf(await openedWiki(folder), oak.id)).toEqual(await draftOf(wiki, oak.id))
  })

test('a backup that is cut short, or is none at all, is refused', async () => {
  const { file } = await backedUp()
  const folder = elsewhere()
  truncateSync(file, readFileSync(file).length - 20_000)
  await expect(restore(asked(folder, file))).rejects.toThrow('cannot be restored')
  for (const bytes of [Buffer.alloc(0), Buffer.from('a letter to my aunt'), Buffer.alloc(100_000, 1)]) {
    writeFileSync(file, bytes)
    await expect(restore(asked(folder, file))).rejects.toThrow('cannot be restored')
  }
  expect(readdirSync(folder)).toEqual([])
})

test('a restore that breaks off between any two of its moves is finished by whoever comes next', async () => {
  const swap: Swap = {
    arriving: 'arriving-1',
    replaced: 'replaced-1',
    leaving: ['commonleaf.db', 'commonleaf.db-wal', 'media'],
    coming: ['commonleaf.db', 'media'],
  }
  const moves: [from: string, to: string][] = [
    ...swap.leaving.map((name): [string, string] => [name, `${swap.replaced}/${name}`]),
    ...swap.coming.map((name): [string, string] => [`${swap.arriving}/${name}`, name]),
  ]
  for (let made = 0; made <= moves.length; made++) {
    const folder = elsewhere()
    const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
    for (const path of ['media', swap.arriving, `${swap.arriving}/media`]) mkdirSync(join(folder, path))
    for (const path of ['commonleaf.db', 'commonleaf.db-wal', 'media/a']) write(path, 'old')
    for (const path of ['commonleaf.db', 'media/a']) write(`${swap.arriving}/${path}`, 'new')
    decide(folder, swap)
    for (const [from, to] of moves.slice(0, made)) execFileSync('mv', [join(folder, from), join(folder, to)])
    finishRestore(folder)
    const read = (path: string) => readFileSync(join(folder, path), 'utf8')
    expect(readdirSync(folder).sort()).toEqual(['commonleaf.db', 'media', 'replaced-1'])
    expect([read('commonleaf.db'), read('media/a')]).toEqual(['new', 'new'])
    expect(readdirSync(join(folder, 'replaced-1')).sort()).toEqual(['commonleaf.db', 'commonleaf.db-wal', 'media'])
    expect([read('replaced-1/commonleaf.db'), read('replaced-1/media/a')]).toEqual(['old', 'old'])
  }
})

test('a link to a disk that is away is kept by a restore, and keeps a backup from looking complete', async () => {
  const { file, folder } = await backedUp()
  symlinkSync('/not/mounted/today', join(folder, 'media'))
  await expect(backUp(asked(folder, join(elsewhere(), 'c.tar')))).rejects.toThrow(
    'leads to something that is not there',
  )
  const { replaced } = await restore(asked(folder, file, true))
  expect(readdirSync(String(replaced))).toContain('media')
  expect(readdirSync(folder)).not.toContain('media')
})

test('while a restore is half done, backup and check say so and look at nothing', async () => {
  const { folder } = await backedUp()
  decide(folder, { arriving: 'arriving-1', replaced: 'replaced-1', leaving: [], coming: [] })
  await expect(backUp(asked(folder, join(elsewhere(), 'b.tar')))).rejects.toThrow('interrupted')
  expect((await command(folder, ['check'])).err).toContain('interrupted')
})
