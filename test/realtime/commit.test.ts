import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { failBatches, type Failing } from './failing.ts'
import { adaAndBo, type LiveWiki, liveWiki, opens, until } from './support.ts'

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

describe.each<Failing>(['a statement', 'the commit'])('where %s of a batch fails', failing => {
  test('nothing is shown, everybody is told, and it goes on when it can', async () => {
    const { wiki, page, adas, bos } = await adaAndBo('An oak.')
    await Promise.all([adas.saved(), bos.saved()])
    let seen = 0
    bos.ydoc.on('update', () => seen++)
    const mend = await failBatches(wiki, failing)
    adas.types('An oak', ' of old')
    let isSaved = false
    const saved = adas.saved().then(() => (isSaved = true))
    expect([await adas.closed, await bos.closed]).toEqual([4500, 4500])
    expect([seen, isSaved]).toEqual([0, false])
    expect(await wiki.logged(page)).toBe('An oak.')

    await mend()
    await saved
    await until(bos.ydoc, () => bos.shows() === 'An oak of old.')
    expect(await wiki.logged(page)).toBe('An oak of old.')
  })

  test('for one page of several, it is not the other’s', async () => {
    const wiki = await liveWiki()
    const ada = await as(wiki, 'member')
    const [good, bad] = [await wiki.page('An oak.'), await wiki.page('A birch.')]
    const [goods, bads] = [await opens(wiki, ada, good), await opens(wiki, ada, bad)]
    await Promise.all([goods.saved(), bads.saved()])
    await failBatches(wiki, failing, bad)
    bads.types('A birch', ' so white')
    goods.types('An oak', ' of old')
    await goods.saved()
    expect(await bads.closed).toBe(4500)
    expect(await wiki.logged(good)).toBe('An oak of old.')
    expect(await wiki.logged(bad)).toBe('A birch.')
  })
})
