import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { frames } from '../../shared/realtime/messages.ts'
import { draftFrom } from '../support/drafts.ts'
import { as, visitor } from '../support/people.ts'
import { dials, headersOf, type LiveWiki, liveWiki, opens, typeBehind } from './support.ts'

/** How often something happened, as operators see it. */
async function counted(wiki: LiveWiki, name: string): Promise<number> {
  const { payload } = await visitor(wiki).get('/metrics')
  return Number(new RegExp(`^commonleaf_${name} (\\d+)`, 'm').exec(payload)?.[1])
}

test('the edits of many people share commits and frames', async () => {
  const wiki = await liveWiki({ LIVE_WINDOW_MS: '50' })
  const page = await wiki.page(...Array.from({ length: 20 }, (_, at) => `Line ${at}.`))
  const state = Y.encodeStateAsUpdate((await wiki.drafts.load(wiki.db.read, page)).ydoc)
  const lines = []
  for (let at = 0; at < 20; at++) lines.push(await dials(wiki, page, headersOf(wiki, await as(wiki, 'member'))))
  for (const line of lines) await line.hears(frame => frame[0] === 120)
  const reader = lines[0]
  const before = reader?.frames.length ?? 0
  for (const [at, line] of lines.entries()) {
    const ydoc = draftFrom(state)
    const known = Y.encodeStateVector(ydoc)
    typeBehind(ydoc, `Line ${at}`, ' of old')
    line.send(frames.update(Y.encodeStateAsUpdate(ydoc, known)))
    line.send(frames.barrier(1))
  }
  for (const line of lines) await line.hears(frame => frame.equals(frames.barrier(1)))
  expect(await wiki.logged(page)).toContain('Line 19 of old.')
  expect([await counted(wiki, 'edits_committed_total'), await counted(wiki, 'rows_committed_total')]).toEqual([20, 20])
  expect(await counted(wiki, 'batches_committed_total')).toBeLessThan(10)
  expect((reader?.frames.length ?? 0) - before).toBeLessThan(12)
})

test('two people never wait for more edits, however long a crowd may', async () => {
  const wiki = await liveWiki({ LIVE_WINDOW_MS: '100' })
  const page = await wiki.page('An oak.')
  const [ada, bo] = [
    await opens(wiki, await as(wiki, 'member'), page),
    await opens(wiki, await as(wiki, 'member'), page),
  ]
  await Promise.all([ada.saved(), bo.saved()])
  const begun = performance.now()
  for (let turn = 0; turn < 40; turn++) {
    ada.types('An oak', 'x')
    await ada.saved()
  }
  expect(performance.now() - begun).toBeLessThan(40 * 100)
  expect(await counted(wiki, 'batches_committed_total')).toBe(40)
})

test('every draft waits a little where the operator wants it, and drafts that wait share a commit', async () => {
  const wiki = await liveWiki({ LIVE_WINDOW_LEAST_MS: '50' })
  const ada = await as(wiki, 'member')
  const pages = []
  for (const text of ['An oak.', 'A birch.', 'A lime.']) pages.push(await opens(wiki, ada, await wiki.page(text)))
  await Promise.all(pages.map(page => page.saved()))
  const commits = await counted(wiki, 'commit_seconds_count')
  for (const page of pages) page.types('A', 'h, a')
  await Promise.all(pages.map(page => page.saved()))
  expect((await counted(wiki, 'commit_seconds_count')) - commits).toBeLessThan(3)
  expect(await counted(wiki, 'batches_committed_total')).toBe(3)
})
