import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { freshDrafts, paragraphs } from './support.ts'

let wiki: Awaited<ReturnType<typeof freshDrafts>>
beforeEach(async () => {
  wiki = await freshDrafts()
})
afterEach(() => wiki.close())

/** An edit that appends a word to the first line, as a browser with this client id would send it. */
function typed(ydoc: Y.Doc, word: string) {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(ydoc))
  const before = Y.encodeStateVector(copy)
  const line = fragmentOf(copy).get(0)
  const text = line instanceof Y.XmlElement ? line.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error('the first line has no text')
  text.insert(text.length, word)
  return { clientId: copy.clientID, payload: Y.encodeStateAsUpdate(copy, before) }
}

test('a new page has a draft with its document in it', async () => {
  const page = await wiki.page('One', 'Two')
  const draft = await wiki.drafts.load(wiki.db.read, page)
  expect(draft.document().eq(paragraphs('One', 'Two'))).toBe(true)
  expect(draft).toMatchObject({ epoch: 1, seq: 1 })
})

test('of two writers behind the same row, the second is told that the log has moved', async () => {
  const ada = await wiki.person('ada')
  const page = await wiki.page('One')
  const draft = await wiki.drafts.load(wiki.db.read, page)
  const append = (word: string) =>
    wiki.db.write(tx =>
      wiki.drafts.append(tx, { pageId: page, epoch: 1, seq: 1 }, [
        { personId: ada, kind: 'edit', ...typed(draft.ydoc, word) },
      ]),
    )
  expect(await append(' first')).toEqual({ seq: 2 })
  expect(await append(' second')).toEqual({ moved: true, seq: 2 })
  expect((await wiki.drafts.load(wiki.db.read, page)).document().textContent).toBe('One first')
})

test('a log with a hole is refused, never opened as less than it was', async () => {
  const page = await wiki.page('One')
  for (const word of ['Two', 'Three'])
    await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: null, kind: 'api', target: paragraphs(word) }))
  await wiki.db.write(tx => tx.deleteFrom('draft_updates').where('seq', '=', 2).execute())
  await expect(wiki.drafts.load(wiki.db.read, page)).rejects.toMatchObject({ code: 'drafts/damaged' })
  await wiki.db.write(tx => tx.deleteFrom('draft_updates').execute())
  await expect(wiki.drafts.load(wiki.db.read, page)).rejects.toMatchObject({ code: 'drafts/damaged' })
})

test('a client id belongs to one person for ever', async () => {
  const [ada, bo] = [await wiki.person('ada'), await wiki.person('bo')]
  const page = await wiki.page('One')
  const draft = await wiki.drafts.load(wiki.db.read, page)
  const edit = typed(draft.ydoc, '!')
  await wiki.db.write(tx =>
    wiki.drafts.append(tx, { pageId: page, epoch: 1, seq: 1 }, [{ personId: ada, kind: 'edit', ...edit }]),
  )
  const forged = wiki.db.write(tx =>
    wiki.drafts.append(tx, { pageId: page, epoch: 1, seq: 2 }, [{ personId: bo, kind: 'edit', ...edit }]),
  )
  await expect(forged).rejects.toMatchObject({ code: 'drafts/client-taken' })
  const later = await wiki.drafts.load(wiki.db.read, page)
  expect(later.ownerOf(edit.clientId)).toBe(ada)
  expect(later.ownerOf(4711)).toBeUndefined()
  expect(later.seq).toBe(2)
})

test('many changes leave a checkpoint, and the draft loads the same from it', async () => {
  const ada = await wiki.person('ada')
  const page = await wiki.page('One')
  for (let round = 0; round < 502; round++)
    await wiki.db.write(tx =>
      wiki.drafts.change(tx, page, { by: ada, kind: 'api', target: paragraphs('One', `Round ${round}`) }),
    )
  const draft = await wiki.drafts.load(wiki.db.read, page)
  expect(draft.document().eq(paragraphs('One', 'Round 501'))).toBe(true)
  expect(draft.seq).toBe(503)
  expect(draft.replay.rows).toBeLessThan(10)
  expect(draft.clients.size).toBe(2)
})

test('a change announces itself once it is on disk, and says whose words it brought', async () => {
  const ada = await wiki.person('ada')
  const page = await wiki.page('One')
  const heard: unknown[] = []
  wiki.events.after('draft changed', told => heard.push(told))
  await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: ada, kind: 'restore', target: paragraphs('Two') }))
  await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: ada, kind: 'restore', target: paragraphs('Two') }))
  expect(heard).toEqual([{ pageId: page, epoch: 1, seq: 2, kind: 'restore', personId: ada }])
})

test('a rescued passage waits for its author until it is settled', async () => {
  const [ada, bo] = [await wiki.person('ada'), await wiki.person('bo')]
  const page = await wiki.page('One')
  await wiki.db.write(tx =>
    wiki.drafts.rescue(tx, {
      pageId: page,
      personId: ada,
      document: paragraphs('kept'),
      cause: 'restore',
      context: 'One',
    }),
  )
  expect(await wiki.drafts.passagesOf(wiki.db.read, page, bo)).toEqual([])
  const [kept] = await wiki.drafts.passagesOf(wiki.db.read, page, ada)
  if (!kept) throw new Error('nothing was kept')
  expect(kept).toMatchObject({ cause: 'restore', context: 'One' })
  const settle = (person: string) => wiki.db.write(tx => wiki.drafts.settle(tx, kept.id, person))
  await expect(settle(bo)).rejects.toMatchObject({ code: 'drafts/no-passage' })
  await settle(ada)
  expect(await wiki.drafts.passagesOf(wiki.db.read, page, ada)).toEqual([])
})
