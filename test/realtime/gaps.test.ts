import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf, seed } from '../../shared/document/live.ts'
import { frames } from '../../shared/realtime/messages.ts'
import { readEdit, standingOf } from '../../server/realtime/edit.ts'
import { paragraphs } from '../support/documents.ts'
import { browserOf, draftFrom, meet, textsIn } from '../support/drafts.ts'
import { as } from '../support/people.ts'
import { dials, headersOf, type LiveWiki, liveWiki, typeBehind } from './support.ts'

/** What somebody did offline, each edit as an update of its own. */
function edits(ydoc: Y.Doc, ...does: (() => void)[]): Uint8Array[] {
  return does.map(act => {
    const before = Y.encodeStateVector(ydoc)
    act()
    return Y.encodeStateAsUpdate(ydoc, before)
  })
}

const copyFor = async (wiki: LiveWiki, page: string) =>
  draftFrom(Y.encodeStateAsUpdate((await wiki.drafts.load(wiki.db.read, page)).ydoc))
const isQuestion = (frame: Buffer) => frame[0] === 0 && frame[1] === 0

test('an update is said to lack something exactly where Yjs would park it', () => {
  const step = fc.record({ who: fc.nat(2), what: fc.constantFrom('type', 'erase', 'meet'), at: fc.nat(9) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 25 }), fc.infiniteStream(fc.nat(2)), (steps, arrives) => {
      const server = draftFrom(seed(paragraphs('An oak', 'A birch')))
      const people = [1, 2, 3].map(id => browserOf(server, id))
      for (const { who, what, at } of steps) {
        const ydoc = people[who]
        const texts = ydoc ? textsIn(fragmentOf(ydoc)) : []
        const text = texts[at % texts.length]
        if (!ydoc || !text) continue
        if (what === 'meet') meet(...people)
        for (const update of edits(ydoc, () => {
          if (what === 'type') text.insert(Math.min(at, text.length), 'x')
          if (what === 'erase' && text.length > at) text.delete(at, 1)
        })) {
          // Not everything arrives.
          if (arrives.next().value === 0) continue
          const { hasGap } = standingOf(server, readEdit(update, false))
          const tried = draftFrom(Y.encodeStateAsUpdate(server))
          Y.applyUpdate(tried, update)
          expect(hasGap).toBe(tried.store.pendingStructs !== null || tried.store.pendingDs !== null)
          if (!hasGap) Y.applyUpdate(server, update)
        }
      }
      for (const ydoc of people) {
        const answer = Y.encodeStateAsUpdate(ydoc, Y.encodeStateVector(server))
        expect(standingOf(server, readEdit(answer, true)).hasGap).toBe(false)
        Y.applyUpdate(server, answer)
      }
      expect(server.store.pendingStructs).toBe(null)
    }),
    { numRuns: 300 },
  )
})

test('what comes with a gap and what does not are told apart, also in one breath', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.', 'A birch.')
  const [one, other] = [await copyFor(wiki, page), await copyFor(wiki, page)]
  const [lost, late] = edits(
    one,
    () => typeBehind(one, 'An oak', ' of'),
    () => typeBehind(one, 'An oak of', ' old'),
  )
  const [sound] = edits(other, () => typeBehind(other, 'A birch', ' so white'))
  const line = await dials(wiki, page, headersOf(wiki, ada))
  if (!lost || !late || !sound) throw new Error('nothing was typed')
  for (const frame of [frames.barrier(1), frames.update(late), frames.update(sound), frames.barrier(2)])
    line.send(frame)
  await line.hears(frame => isQuestion(frame) && line.frames.filter(isQuestion).length > 1)
  line.send(frames.update(lost))
  line.send(frames.barrier(3))
  expect(line.frames.some(frame => frame.equals(frames.barrier(2)))).toBe(false)
  line.send(frames.step2(Y.encodeStateAsUpdate(one)))
  for (const token of [1, 2, 3]) await line.hears(frame => frame.equals(frames.barrier(token)))
  expect(await wiki.logged(page)).toBe('An oak of old.\nA birch so white.')
})

test('a gap on one line of a person is closed on another, and stays open on the first until that has answered', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const mine = await copyFor(wiki, page)
  const [first, second] = edits(
    mine,
    () => typeBehind(mine, 'An oak', ' of'),
    () => typeBehind(mine, 'An oak of', ' old'),
  )
  if (!first || !second) throw new Error('nothing was typed')
  const old = await dials(wiki, page, headersOf(wiki, ada))
  old.send(frames.update(second))
  old.send(frames.barrier(1))
  await old.hears(frame => isQuestion(frame) && old.frames.filter(isQuestion).length > 1)

  const fresh = await dials(wiki, page, headersOf(wiki, ada))
  fresh.send(frames.step2(Y.encodeStateAsUpdate(mine)))
  fresh.send(frames.barrier(1))
  await fresh.hears(frame => frame.equals(frames.barrier(1)))
  expect(await wiki.logged(page)).toBe('An oak of old.')

  expect(old.frames.some(frame => frame.equals(frames.barrier(1)))).toBe(false)
  old.send(frames.step2(Y.encodeStateAsUpdate(mine)))
  await old.hears(frame => frame.equals(frames.barrier(1)))
})

test('what came with a gap is nowhere in the log, and everything is once a new line has told it', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const mine = await copyFor(wiki, page)
  const [, second] = edits(
    mine,
    () => typeBehind(mine, 'An oak', ' of'),
    () => typeBehind(mine, 'An oak of', ' old'),
  )
  if (!second) throw new Error('nothing was typed')
  const line = await dials(wiki, page, headersOf(wiki, ada))
  line.send(frames.update(second))
  await line.hears(frame => isQuestion(frame) && line.frames.filter(isQuestion).length > 1)
  const { ydoc } = await wiki.drafts.load(wiki.db.read, page)
  expect([ydoc.store.pendingStructs, await wiki.logged(page)]).toEqual([null, 'An oak.'])
  line.close()
  await line.closed

  const again = await dials(wiki, page, headersOf(wiki, ada))
  again.send(frames.step2(Y.encodeStateAsUpdate(mine)))
  again.send(frames.barrier(1))
  await again.hears(frame => frame.equals(frames.barrier(1)))
  expect(await wiki.logged(page)).toBe('An oak of old.')
})
