import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { frames } from '../../shared/realtime/messages.ts'
import { as } from '../support/people.ts'
import { dials, type Editor, headersOf, liveWiki, opens } from './support.ts'

/** Resolves to what an editor knows of another, once it is as wanted. */
function sees(
  { provider }: Editor,
  clientId: number,
  isWanted: (state: Record<string, unknown> | undefined) => boolean,
) {
  const { awareness } = provider
  return new Promise<Record<string, unknown> | undefined>(resolve => {
    const look = () => {
      const state = awareness.getStates().get(clientId)
      if (!isWanted(state)) return
      awareness.off('update', look)
      resolve(state)
    }
    awareness.on('update', look)
    look()
  })
}

test('a name and a colour are those of the account, whatever a client says', async () => {
  const wiki = await liveWiki()
  const [ada, mallory] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Mallory' })]
  const page = await wiki.page('An oak.')
  const [adas, evil] = [await opens(wiki, ada, page), await opens(wiki, mallory, page)]
  const position = Y.createRelativePositionFromTypeIndex(fragmentOf(evil.ydoc), 0)
  evil.provider.awareness.setLocalState({
    user: { name: 'Ada', color: 'red; background: url(https://evil.example)' },
    cursor: { anchor: Y.relativePositionToJSON(position), head: Y.relativePositionToJSON(position) },
    more: 'x'.repeat(10_000),
  })
  const state = await sees(adas, evil.ydoc.clientID, state => state?.['cursor'] !== undefined)
  expect(Object.keys(state ?? {}).toSorted()).toEqual(['cursor', 'user'])
  expect(state?.['user']).toMatchObject({ name: 'Mallory', handle: mallory.person.handle })
  expect(state?.['user']).toMatchObject({ color: expect.stringMatching(/^#[0-9a-f]{6}$/) })
})

test('nobody moves, hides or invents somebody else’s cursor', async () => {
  const wiki = await liveWiki()
  const [ada, bo, mallory] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  await sees(bos, adas.ydoc.clientID, state => state !== undefined)
  const evil = await dials(wiki, `${page}?client=4711`, headersOf(wiki, mallory))
  evil.send(
    frames.awareness([
      { clientId: 4711, clock: 1, state: {} },
      { clientId: adas.ydoc.clientID, clock: 900, state: null },
      { clientId: 4712, clock: 1, state: { user: { name: 'ghost' } } },
    ]),
  )
  await sees(bos, 4711, state => state !== undefined)
  const known = bos.provider.awareness.getStates()
  expect(known.has(adas.ydoc.clientID)).toBe(true)
  expect(known.has(4712)).toBe(false)
})

test('whoever leaves is gone for the others at once', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  await sees(bos, adas.ydoc.clientID, state => state !== undefined)
  adas.provider.ws?.close()
  await sees(bos, adas.ydoc.clientID, state => state === undefined)
})
