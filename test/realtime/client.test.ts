import { expect, onTestFinished, test } from 'vitest'
import { connectDraft, type LiveDraft, type Saving } from '../../client/realtime/index.ts'
import { paragraphs } from '../support/documents.ts'
import { as, type Member } from '../support/people.ts'
import { headersOf, type LiveWiki, liveWiki, socketsWith, typeBehind } from './support.ts'

/** Every line that was ever opened here. */
const lines = new Set<{ terminate(): void }>()

function connects(wiki: LiveWiki, member: Member, room: string) {
  const draft = connectDraft({
    room,
    personId: member.person.id,
    say: key => key,
    server: wiki.sync,
    WebSocket: socketsWith(headersOf(wiki, member), line => lines.add(line)),
  })
  onTestFinished(() => draft.destroy())
  return draft
}

const turns = (draft: LiveDraft, kind: Saving['kind']) =>
  new Promise<Saving>(resolve => {
    if (draft.saving.kind === kind) resolve(draft.saving)
    else {
      const stop = draft.onSaving(saving => {
        if (saving.kind !== kind) return
        stop()
        resolve(saving)
      })
    }
  })

test('the state says saved when the server has said so, and not before', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const draft = connects(wiki, ada, page)
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
  const draft = connects(wiki, ada, page)
  await draft.synced
  for (const letter of ' very old'.split('').toReversed()) typeBehind(draft.ydoc, 'An oak', letter)
  await draft.barrier()
  expect(await wiki.logged(page)).toBe('An oak very old.')
})

test('changes made while the connection is gone are counted, then saved', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const draft = connects(wiki, ada, page)
  await turns(draft, 'saved')
  const gone = turns(draft, 'offline')
  for (const line of lines) line.terminate()
  await gone
  typeBehind(draft.ydoc, 'An oak', ' of')
  typeBehind(draft.ydoc, 'An oak of', ' old')
  // There is no storage in this process, so the words are nowhere but here.
  expect(draft.saving).toEqual({ kind: 'unsaved' })
  const saved = draft.barrier()
  draft.retry()
  await saved
  expect(await wiki.logged(page)).toBe('An oak of old.')
  expect(draft.saving.kind).toBe('saved')
})

test('an editor hears who has restored, and what has been published', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member', { name: 'Bo Lind' })]
  const page = await wiki.page('An oak.')
  const draft = connects(wiki, ada, page)
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
  const draft = connects(wiki, ada, page)
  await draft.synced
  expect(await turns(draft, 'readonly')).toEqual({ kind: 'readonly', reason: 'realtime.readonly.pending' })
  await expect(draft.barrier()).rejects.toThrow('realtime.readonly.pending')
})

test('a draft whose page is deleted ends with a reason', async () => {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const draft = connects(wiki, ada, page)
  await draft.synced
  await (await as(wiki, 'moderator')).delete(`/api/v1/pages/${page}`)
  expect(await turns(draft, 'readonly')).toEqual({ kind: 'readonly', reason: 'realtime.closed.4410' })
})
