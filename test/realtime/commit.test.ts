import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { type LiveWiki, liveWiki, opens, until } from './support.ts'

/** What the connection that writes is set to. */
const setting = (wiki: LiveWiki, name: 'synchronous' | 'journal_mode' | 'foreign_keys') =>
  wiki.db.write(async tx => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(tx)
    return rows[0]?.[name]
  })

test('the connection that writes waits for the disk at every commit', async () => {
  const wiki = await liveWiki()
  const full = 2
  expect(await setting(wiki, 'synchronous')).toBe(full)
  expect(await setting(wiki, 'journal_mode')).toBe('wal')
  expect(await setting(wiki, 'foreign_keys')).toBe(1)
})

/** Every statement of a batch goes well, and then the commit itself does not. */
const failCommits = (wiki: LiveWiki, page?: string) =>
  wiki.db.write(async tx => {
    await sql`create table doubts (id integer references pages (id) deferrable initially deferred)`.execute(tx)
    await sql`create trigger doubt after insert on draft_updates
      ${page === undefined ? sql`` : sql`when new.page_id = ${sql.lit(page)}`}
      begin insert into doubts values ('no such page'); end`.execute(tx)
  })
const mendCommits = (wiki: LiveWiki) => wiki.db.write(tx => sql`drop trigger doubt`.execute(tx))

test('where the commit itself fails nothing is shown, everybody is told, and it goes on when it can', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  await Promise.all([adas.saved(), bos.saved()])
  let seen = 0
  bos.ydoc.on('update', () => seen++)
  await failCommits(wiki)
  adas.types('An oak', ' of old')
  let isSaved = false
  const saved = adas.saved().then(() => (isSaved = true))
  expect([await adas.closed, await bos.closed]).toEqual([4500, 4500])
  expect([seen, isSaved]).toEqual([0, false])
  expect(await wiki.logged(page)).toBe('An oak.')

  await mendCommits(wiki)
  await saved
  await until(bos.ydoc, () => bos.shows() === 'An oak of old.')
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('a commit that fails for one page of several is not the other’s', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const [good, bad] = [await wiki.page('An oak.'), await wiki.page('A birch.')]
  const [goods, bads] = [await opens(wiki, ada, good), await opens(wiki, ada, bad)]
  await Promise.all([goods.saved(), bads.saved()])
  await failCommits(wiki, bad)
  bads.types('A birch', ' so white')
  goods.types('An oak', ' of old')
  await goods.saved()
  expect(await bads.closed).toBe(4500)
  expect(await wiki.logged(good)).toBe('An oak of old.')
  expect(await wiki.logged(bad)).toBe('A birch.')
})
