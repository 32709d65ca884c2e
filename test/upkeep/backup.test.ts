import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { holdFolder } from '../../server/db/index.ts'
import { backUp } from '../../server/upkeep/backup.ts'
import { restore } from '../../server/upkeep/restore.ts'
import { readArchive } from '../../server/upkeep/unpack.ts'
import { as } from '../support/people.ts'
import { dataFolder, serving, wiki as command } from '../support/process.ts'
import { liveWiki, opens } from '../realtime/support.ts'
import { draftOf, types } from '../revisions/writers.ts'
import { asked, checked, elsewhere, harm, openedCopy, writtenWiki } from './support.ts'

const quiet = { progress: () => {}, signal: new AbortController().signal }

test('a backup holds the database and every file that people put beside it, with their hashes', async () => {
  const { wiki } = await writtenWiki()
  const folder = wiki.config.DATA_DIR
  mkdirSync(join(folder, 'media/ا'), { recursive: true })
  writeFileSync(join(folder, 'media/ا/شجرة قديمة.png'), 'a picture')
  writeFileSync(join(folder, `media/${'n'.repeat(200)}.bin`), Buffer.alloc(3_000_000, 7))
  writeFileSync(join(folder, 'media/empty'), '')
  const elsewhereToo = elsewhere()
  writeFileSync(join(elsewhereToo, 'far.txt'), 'on another disk')
  symlinkSync(elsewhereToo, join(folder, 'media/linked'))
  symlinkSync(folder, join(folder, 'media/round'))
  const file = join(elsewhere(), 'b.tar')
  const made = await backUp(asked(folder, file))
  expect(made.parts.map(({ path }) => path)).toEqual([
    'commonleaf.db',
    'files/media/empty',
    'files/media/linked/far.txt',
    `files/media/${'n'.repeat(200)}.bin`,
    'files/media/ا/شجرة قديمة.png',
  ])
  const { bytes, ...manifest } = made
  expect(await readArchive(file, quiet)).toEqual(manifest)
  expect(statSync(file)).toMatchObject({ size: bytes })

  const other = elsewhere()
  await restore(asked(other, file))
  expect(readFileSync(join(other, 'media/ا/شجرة قديمة.png'), 'utf8')).toBe('a picture')
  expect(readFileSync(join(other, 'media/linked/far.txt'), 'utf8')).toBe('on another disk')
  expect(readFileSync(join(other, `media/${'n'.repeat(200)}.bin`)).equals(Buffer.alloc(3_000_000, 7))).toBe(true)
})

test('only its owner may read a backup, and nothing is left beside it', async () => {
  const { wiki } = await writtenWiki()
  const folder = elsewhere()
  await backUp(asked(wiki.config.DATA_DIR, join(folder, 'b.tar')))
  expect(statSync(join(folder, 'b.tar')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['b.tar'])
})

test('a backup never takes the place of a file that is there, unless it is told to', async () => {
  const { wiki } = await writtenWiki()
  const file = join(elsewhere(), 'b.tar')
  writeFileSync(file, 'something else')
  await expect(backUp(asked(wiki.config.DATA_DIR, file))).rejects.toThrow('is there already')
  expect(readFileSync(file, 'utf8')).toBe('something else')
  await backUp(asked(wiki.config.DATA_DIR, file, true))
  expect(await readArchive(file, quiet)).toMatchObject({ format: 'commonleaf-backup' })
})

test('a backup is refused inside the data folder, and where there is no wiki', async () => {
  const { wiki } = await writtenWiki()
  const folder = wiki.config.DATA_DIR
  await expect(backUp(asked(folder, join(folder, 'b.tar')))).rejects.toThrow('outside the data folder')
  const empty = elsewhere()
  await expect(backUp(asked(empty, join(elsewhere(), 'b.tar')))).rejects.toThrow('There is no wiki')
  await expect(backUp(asked(folder, join(empty, 'not', 'there', 'b.tar')))).rejects.toThrow('There is no folder')
})

test('of a damaged database no backup is made, and the one from before stays', async () => {
  const { wiki } = await writtenWiki()
  const file = join(elsewhere(), 'b.tar')
  await backUp(asked(wiki.config.DATA_DIR, file))
  const before = readFileSync(file)
  harm(wiki, `update pages set created_by_id = 'nobody'`)
  await expect(backUp(asked(wiki.config.DATA_DIR, file, true))).rejects.toThrow('damaged')
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a backup that is stopped leaves nothing behind', async () => {
  const { wiki } = await writtenWiki()
  const folder = elsewhere()
  const stop = new AbortController()
  const stopped = {
    ...asked(wiki.config.DATA_DIR, join(folder, 'b.tar')),
    signal: stop.signal,
    tell: () => stop.abort(),
  }
  await expect(backUp(stopped)).rejects.toThrow()
  expect(readdirSync(folder)).toEqual([])
})

test('people go on typing while a backup is made; it is of one moment, whole, and soon done', async () => {
  const wiki = await liveWiki()
  const people = await Promise.all(['ada', 'bo', 'cy'].map(() => as(wiki, 'member')))
  const page = await wiki.page('An oak.', 'An elm.')
  // Enough that a copy takes many steps.
  for (let more = 0; more < 40; more++) await wiki.page('A long text. '.repeat(20_000) + more)
  const editors = await Promise.all(people.map(person => opens(wiki, person, page)))
  let isTyping = true
  let typed = 0
  const typing = editors.map(async editor => {
    while (isTyping) {
      editor.types('An oak', ` w${typed++}`)
      await editor.saved()
    }
  })
  const file = join(elsewhere(), 'b.tar')
  const { code } = await command(wiki.config.DATA_DIR, ['backup', file])
  const duringBackup = typed
  isTyping = false
  await Promise.all(typing)
  expect(code).toBe(0)
  expect(duringBackup).toBeGreaterThan(20)
  const copy = await openedCopy(file)
  expect(await checked(copy)).toEqual([])
  const [line = ''] = await draftOf(copy, page)
  const words = line.match(/w\d+/g) ?? []
  expect(words.length).toBeGreaterThan(0)
  expect(new Set(words).size).toBe(words.length)
}, 120_000)

test('the command tells how it went, for people and for programs', async () => {
  const folder = dataFolder()
  const served = await serving(folder)
  const file = join(elsewhere(), 'b.tar')
  const said = await command(folder, ['backup', file])
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining('password hashes') })
  const again = await command(folder, ['backup', file, '--json'])
  expect(again.code).toBe(1)
  expect(JSON.parse(again.out)).toEqual({ error: expect.stringContaining('--force') })
  const forced = await command(folder, ['backup', file, '--json', '--force'])
  expect(JSON.parse(forced.out)).toMatchObject({ file, files: 0, bytes: statSync(file).size })
  for (const wrong of [[], ['--force'], [file, file], ['--help-me']])
    expect((await command(folder, ['backup', ...wrong])).code).toBe(2)
  await served.stop()
  expect((await command(folder, ['backup', file, '--force'])).code).toBe(0)
}, 120_000)

test('a backup beside a command that holds the folder is made all the same, for it only reads', async () => {
  const { wiki } = await writtenWiki()
  const held = holdFolder(wiki.config.DATA_DIR)
  const file = join(elsewhere(), 'b.tar')
  expect((await command(wiki.config.DATA_DIR, ['backup', file])).code).toBe(0)
  expect(existsSync(file)).toBe(true)
  held?.release()
})

test('what was typed before a backup is in it, published or not', async () => {
  const { wiki, ada, oak } = await writtenWiki()
  await types(wiki, ada, oak.id, 'An oak', ' at the last moment')
  const file = join(elsewhere(), 'b.tar')
  await backUp(asked(wiki.config.DATA_DIR, file))
  const copy = await openedCopy(file)
  expect(await draftOf(copy, oak.id)).toEqual(await draftOf(wiki, oak.id))
})
