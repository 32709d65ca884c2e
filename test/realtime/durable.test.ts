import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../server/db/index.ts'
import { drafts } from '../../server/drafts/index.ts'
import { events } from '../../server/events.ts'
import { toText } from '../../shared/document/text.ts'
import { as } from '../support/people.ts'
import { liveWiki, opens } from './support.ts'

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
