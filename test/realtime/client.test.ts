import { expect, test } from 'vitest'
import { paragraphs } from '../support/documents.ts'
import { as } from '../support/people.ts'
import { opensInSync, opensTab, turns } from './at-browser.ts'
import { liveWiki, typeBehind } from './support.ts'

test('the state says saved when the server has said so, and not before', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const { draft } = opensTab(wiki, ada, page)
  expect(draft.saving).toEqual({ kind: 'loading' })
  await draft.synced
  expect(await turns(draft, 'saved')).toEqual({ kind: 'saved', at: undefined })
  typeBehind(draft.ydoc, 'An oak', ' of old')
  expect(draft.saving).toEqual({ kind: 'saving' })
  expect(await turns(draft, 'saved')).toEqual({ kind: 'saved', at: expect.any(Number) })
  expect(await wiki.logged(page)).toBe('An oak of old.')
})

test('a barrier waits for every key that was pressed before it', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const { draft } = opensTab(wiki, ada, page)
  await draft.synced
  for (const letter of ' very old'.split('').toReversed()) typeBehind(draft.ydoc, 'An oak', letter)
  await draft.barrier()
  expect(await wiki.logged(page)).toBe('An oak very old.')
})

test('changes made while the connection is gone are counted, then saved', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const tab = await opensInSync(wiki, ada, page)
  const { draft } = tab
  await tab.cuts()
  tab.types('An oak', ' of')
  tab.types('An oak of', ' old')
  // There is no storage in this process, so the words are nowhere but here.
  expect(draft.saving).toEqual({ kind: 'unsaved' })
  const saved = draft.barrier()
  tab.mends()
  await saved
  expect(await wiki.logged(page)).toBe('An oak of old.')
  expect(draft.saving.kind).toBe('saved')
})

test('an editor hears who has restored, and what has been published', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member', { name: 'Bo Lind' })]
  const page = await wiki.page('An oak.')
  const { draft } = opensTab(wiki, ada, page)
  await draft.synced
  const told = new Promise(resolve => draft.onEvent(resolve))
  const target = paragraphs('A birch.')
  await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: bo.person.id, kind: 'restore', target }))
  expect(await told).toMatchObject({ kind: 'changed', change: 'restore', by: 'Bo Lind' })
})

test('who may only read is told why, and their barrier does not hang', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member', { state: 'pending' })
  const page = await wiki.page('An oak.')
  const { draft } = opensTab(wiki, ada, page)
  await draft.synced
  expect(await turns(draft, 'readonly')).toEqual({ kind: 'readonly', reason: 'realtime.readonly.pending' })
  await expect(draft.barrier()).rejects.toThrow('realtime.readonly.pending')
})

test('a draft whose page is deleted ends with a reason', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const { draft } = opensTab(wiki, ada, page)
  await draft.synced
  await (await as(wiki, 'moderator')).delete(`/api/v1/pages/${page}`)
  expect(await turns(draft, 'readonly')).toEqual({ kind: 'readonly', reason: 'realtime.closed.4410' })
})
