import { expect, test } from 'vitest'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { as } from '../support/people.ts'
import { dials, headersOf, type LiveWiki, liveWiki, opens } from './support.ts'

/** So many lines of visitors on a page, greeted. */
async function crowd(wiki: LiveWiki, page: string, size: number) {
  const lines = await Promise.all(Array.from({ length: size }, () => dials(wiki, page, headersOf(wiki, null))))
  await Promise.all(lines.map(line => line.hears(frame => frame[0] === kinds.hello)))
  return lines
}

test('a wiki with three people in it stops at once, with every word they sent', async () => {
  const wiki = await liveWiki()
  const page = await wiki.page('An oak.', 'A birch.', 'A lime.')
  const editors = []
  for (const [behind, words] of Object.entries({
    'An oak': ' of old',
    'A birch': ' so white',
    'A lime': ' in bloom',
  })) {
    const editor = await opens(wiki, await as(wiki, 'member'), page)
    editors.push({ editor, behind, words })
  }
  for (const { editor, behind, words } of editors) editor.types(behind, words)
  await Promise.all(editors.map(({ editor }) => editor.saved()))
  for (const { editor, words } of editors) editor.types(words, ' indeed')
  // Nobody waits for these to be acknowledged; whoever comes after them has been let in when they have arrived.
  await dials(wiki, page, headersOf(wiki, null)).then(line => line.hears(frame => frame[0] === kinds.hello))

  const start = performance.now()
  await wiki.http.close()
  expect(performance.now() - start).toBeLessThan(900)
  expect(await Promise.all(editors.map(({ editor }) => editor.closed))).toEqual([4500, 4500, 4500])
  expect(await wiki.logged(page)).toBe('An oak of old indeed.\nA birch so white indeed.\nA lime in bloom indeed.')
})

test('a wiki with many people in it sends them away a few at a time, and those still there go on writing', async () => {
  const wiki = await liveWiki({ LIVE_DRAIN_SECONDS: '1' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const lines = await crowd(wiki, page, 90)
  const closings: number[] = []
  const stops = wiki.http.close()
  const start = performance.now()
  for (const line of lines) void line.closed.then(() => closings.push(performance.now() - start))
  const late = await dials(wiki, page, headersOf(wiki, ada))
  expect(await late.farewell).toEqual({ code: 4500, reason: 'restart' })

  // Somebody is still there half-way, and is answered.
  let answered = 0
  for (const line of lines) {
    line.send(frames.barrier(5))
    void line.hears(frame => frame.equals(frames.barrier(5))).then(() => answered++)
  }
  await stops
  const took = performance.now() - start
  expect(took).toBeGreaterThan(500)
  expect(took).toBeLessThan(3000)
  expect(await Promise.all(lines.map(line => line.closed))).toEqual(lines.map(() => 4500))
  const tenths = Array.from({ length: 30 }, (_, n) => closings.filter(at => Math.floor(at / 100) === n).length)
  expect(tenths.filter(count => count > 0).length).toBeGreaterThan(5)
  expect(Math.max(...tenths)).toBeLessThan(45)
  expect(answered).toBeGreaterThan(20)
})

test('with no time to spare all are sent away at once', async () => {
  const wiki = await liveWiki({ LIVE_DRAIN_SECONDS: '0' })
  const lines = await crowd(wiki, await wiki.page('An oak.'), 60)
  const start = performance.now()
  await wiki.http.close()
  expect(performance.now() - start).toBeLessThan(900)
  expect(await Promise.all(lines.map(line => line.closed))).toEqual(lines.map(() => 4500))
})

test('a client that never says goodbye does not keep the wiki from stopping', async () => {
  const wiki = await liveWiki()
  const line = await dials(wiki, await wiki.page('An oak.'), headersOf(wiki, null))
  await line.hears(frame => frame[0] === kinds.hello)
  line.socket.pause()
  const start = performance.now()
  await wiki.http.close()
  expect(performance.now() - start).toBeLessThan(3000)
})
