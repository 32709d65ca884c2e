import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { newAuthors } from '../../shared/document/new-authors.ts'
import { lettersIn, typeBehind } from '../support/drafts.ts'
import { freshDrafts, paragraphs } from './support.ts'

let wiki: Awaited<ReturnType<typeof freshDrafts>>
beforeEach(async () => {
  wiki = await freshDrafts()
})
afterEach(() => wiki.close())

const load = (page: string) => wiki.drafts.load(wiki.db.read, page)

/** Writes some words behind others, as this person's browser would. */
async function writes(person: string, page: string, behind: string, words: string) {
  const draft = await load(page)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(draft.ydoc))
  const before = Y.encodeStateVector(copy)
  typeBehind(copy, behind, words)
  const payload = Y.encodeStateAsUpdate(copy, before)
  const rows = [{ personId: person, clientId: copy.clientID, kind: 'edit', payload }] as const
  expect(await wiki.db.write(tx => wiki.drafts.append(tx, draft, rows))).toEqual({ seq: draft.seq + 1 })
  return copy.clientID
}

const begins = (page: string, cause: 'squash' | 'restore' | 'migration', epoch?: number) =>
  wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause, ...(epoch !== undefined && { epoch }) }))

/** A page that two people have written on: whose the words are, letter by letter. */
async function pageOfTwo() {
  const [ada, bo] = [await wiki.person('ada'), await wiki.person('bo')]
  const page = await wiki.page('شجرة قديمة', '古树', 'An oak 🌳.')
  await writes(ada, page, 'An oak', ', says Ada,')
  await writes(bo, page, 'says Ada', ' and so says Bo')
  await writes(bo, page, '古', '老')
  await writes(ada, page, 'قديمة', ' جدا')
  return { ada, bo, page }
}

for (const cause of ['squash', 'migration', 'restore'] as const) {
  test(`an epoch begun by a ${cause} says the same, and whose words it holds`, async () => {
    const { ada, bo, page } = await pageOfTwo()
    const before = await load(page)
    expect(await begins(page, cause)).toEqual({ epoch: 2 })
    const after = await load(page)
    expect(after).toMatchObject({ epoch: 2, seq: 1 })
    expect(after.document().eq(before.document())).toBe(true)
    const head = paragraphs('شجرة قديمة', '古树', 'An oak 🌳.')
    expect(newAuthors(head, after.fragment, after.ownerOf)).toEqual([bo, ada])
    expect(newAuthors(undefined, after.fragment, after.ownerOf)).toEqual(
      newAuthors(undefined, before.fragment, before.ownerOf),
    )
  })
}

test('a squash leaves one client id for each author, and nothing of what was deleted', async () => {
  const { page, ada } = await pageOfTwo()
  for (let visit = 0; visit < 30; visit++) await writes(ada, page, 'An oak', '!')
  expect((await load(page)).clients.size).toBe(35)
  await begins(page, 'squash')
  const after = await load(page)
  expect(after.clients.size).toBe(3)
  expect([...after.clients.values()].every(({ madeHere }) => madeHere)).toBe(true)
})

test('a restored draft goes on with the same state, and everyone keeps their client id', async () => {
  const { page, bo } = await pageOfTwo()
  const before = await load(page)
  await begins(page, 'restore', 7)
  const after = await load(page)
  expect(after.epoch).toBe(7)
  expect(lettersIn(after.ydoc)).toEqual(lettersIn(before.ydoc))
  expect(after.clients).toEqual(before.clients)
  const client = await writes(bo, page, 'An oak', ' again')
  expect((await load(page)).ownerOf(client)).toBe(bo)
})

test('a draft never goes back to an epoch that it has had', async () => {
  const page = await wiki.page('One')
  await begins(page, 'restore', 5)
  await expect(begins(page, 'restore', 5)).rejects.toThrow('has had epoch')
  await expect(begins(page, 'restore', 3)).rejects.toThrow('has had epoch')
  expect(await begins(page, 'squash')).toEqual({ epoch: 6 })
  expect((await load(page)).document().eq(paragraphs('One'))).toBe(true)
})

test('whoever appends to an epoch that is over is told that the log has moved', async () => {
  const ada = await wiki.person('ada')
  const page = await wiki.page('One')
  const old = await load(page)
  await begins(page, 'squash')
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(old.ydoc))
  typeBehind(copy, 'One', ' late')
  const row = { personId: ada, clientId: copy.clientID, kind: 'edit', payload: Y.encodeStateAsUpdate(copy) } as const
  expect(await wiki.db.write(tx => wiki.drafts.append(tx, old, [row]))).toMatchObject({ moved: true })
  expect((await load(page)).document().eq(paragraphs('One'))).toBe(true)
})

test('an epoch that begins is told once it is on disk, and not at all if it fails', async () => {
  const page = await wiki.page('One')
  const heard: unknown[] = []
  wiki.events.after('epoch begun', told => heard.push(told))
  const failing = wiki.db.write(async tx => {
    await wiki.drafts.beginEpoch(tx, page, { cause: 'squash' })
    throw new Error('the disk is full')
  })
  await expect(failing).rejects.toThrow('the disk is full')
  expect(heard).toEqual([])
  expect((await load(page)).epoch).toBe(1)
  await begins(page, 'squash')
  expect(heard).toEqual([{ pageId: page, epoch: 2, cause: 'squash' }])
})

test('the server goes on writing for a person under the client id that the squash has given them', async () => {
  const { page, ada } = await pageOfTwo()
  await begins(page, 'squash')
  const { clients } = await load(page)
  const target = paragraphs('شجرة قديمة', '古树', 'A beech.')
  await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: ada, kind: 'api', target }))
  const after = await load(page)
  expect(after.clients).toEqual(clients)
  expect(fragmentOf(after.ydoc).length).toBe(3)
})
