import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '../../server/db/index.ts'
import { drafts } from '../../server/drafts/index.ts'
import { events } from '../../server/events.ts'
import { toText } from '../../shared/document/text.ts'
import { join } from 'node:path'
import { as } from '../support/people.ts'
import { liveWiki, opens, until } from './support.ts'

test('what cannot be committed is shown to nobody, and everybody is told', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  await Promise.all([adas.saved(), bos.saved()])
  let seen = 0
  bos.ydoc.on('update', () => seen++)
  await wiki.db.write(tx =>
    sql`create trigger full before insert on draft_updates begin select raise(abort, 'the disk is full'); end`.execute(
      tx,
    ),
  )
  adas.types('An oak', ' of old')
  expect([await adas.closed, await bos.closed]).toEqual([4500, 4500])
  expect(seen).toBe(0)
  expect(await wiki.logged(page)).toBe('An oak.')

  await wiki.db.write(tx => sql`drop trigger full`.execute(tx))
  await until(bos.ydoc, () => bos.shows() === 'An oak of old.')
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('an acknowledged word is in the file, whatever becomes of the process', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  for (const letter of ' of old') adas.types('An oak', letter)
  await adas.saved()
  const elsewhere = openDatabase(join(wiki.config.DATA_DIR, 'commonleaf.db'))
  const draft = await drafts({ events: events() }).load(elsewhere.read, page)
  await elsewhere.close()
  expect(toText(draft.document()).trim()).toBe('An oakdlo fo .')
  expect(draft.ownerOf(adas.ydoc.clientID)).toBe(ada.person.id)
})

test('a draft goes on after a restart with nothing missing and nothing doubled', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of old')
  await adas.saved()
  await wiki.realtime.close()
  expect(await adas.closed).toBe(4500)
  adas.types('An oak of old', ' times')

  const draft = await wiki.drafts.load(wiki.db.read, page)
  expect(draft.replay.rows).toBe(0)
  expect(toText(draft.document()).trim()).toBe('An oak of old.')
})

test('words for several pages share a commit, and the failure of one is not the other’s', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const [good, bad] = [await wiki.page('An oak.'), await wiki.page('A birch.')]
  const [goods, bads] = [await opens(wiki, ada, good), await opens(wiki, ada, bad)]
  await Promise.all([goods.saved(), bads.saved()])
  await wiki.db.write(tx =>
    sql`create trigger bad before insert on draft_updates when new.page_id = ${sql.lit(bad)}
      begin select raise(abort, 'no'); end`.execute(tx),
  )
  bads.types('A birch', ' so white')
  goods.types('An oak', ' of old')
  await goods.saved()
  expect(await bads.closed).toBe(4500)
  expect(await wiki.logged(good)).toBe('An oak of old.')
  expect(await wiki.logged(bad)).toBe('A birch.')
})
