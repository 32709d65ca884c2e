import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../../shared/document/live.ts'
import type { Member } from '../../support/people.ts'
import type { FreshWiki } from '../../support/wiki.ts'
import { deletes, edits, starts, types } from '../writers.ts'
import { addsLine, changesOf as allOf, takesLine, toldOf, town } from './support.ts'

const text = 'The oak is old.\n\nThe elm is young.\n\nThe ash is green.\n\nThe yew is dark.'

/** Which of two changes in one place is named first does not matter. */
async function changesOf(who: Member, pageId: string) {
  const { changes, ...told } = await allOf(who, pageId)
  return { ...told, changes: changes.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
}

const squashes = (wiki: FreshWiki, pageId: string) =>
  wiki.db.write(tx => wiki.drafts.beginEpoch(tx, pageId, { cause: 'squash' }))

/** As in a database from before bases were kept. */
const forgets = (wiki: FreshWiki, pageId: string) =>
  wiki.db.write(async tx => {
    await tx.deleteFrom('draft_bases').where('page_id', '=', pageId).execute()
    await tx.deleteFrom('draft_surveys').where('page_id', '=', pageId).execute()
  })

const makesHeading = (wiki: FreshWiki, who: Member, pageId: string, index: number) =>
  edits(wiki, who, pageId, ydoc => {
    const line = fragmentOf(ydoc).get(index)
    if (line instanceof Y.XmlElement) line.setAttribute('kind', 'heading')
  })

const emphasizes = (wiki: FreshWiki, who: Member, pageId: string, index: number) =>
  edits(wiki, who, pageId, ydoc => {
    const line = fragmentOf(ydoc).get(index)
    const words = line instanceof Y.XmlElement ? line.get(0) : undefined
    if (words instanceof Y.XmlText) words.format(0, 3, { em: {} })
  })

/** Words, a heading, marks, a new line and deletions of two people. */
async function changed() {
  const here = await town(text)
  const { wiki, ada, bo, page } = here
  await types(wiki, ada, page.id, 'oak', ' tree')
  await types(wiki, bo, page.id, 'old', ' and large')
  await deletes(wiki, bo, page.id, ' is young')
  await makesHeading(wiki, bo, page.id, 1)
  await emphasizes(wiki, ada, page.id, 2)
  await takesLine(wiki, ada, page.id, 3)
  await addsLine(wiki, bo, page.id, 2, 'The fir is tall.')
  return { ...here, before: await changesOf(ada, page.id) }
}

test('who changed what, and since when, is known after the past of a draft was squashed, and squashed again', async () => {
  const { wiki, ada, bo, page, before } = await changed()
  expect(before.changes.length).toBeGreaterThan(6)
  await squashes(wiki, page.id)
  expect((await changesOf(ada, page.id)).changes).toEqual(before.changes)
  await squashes(wiki, page.id)
  expect((await changesOf(ada, page.id)).changes).toEqual(before.changes)

  await bo.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  const left = before.changes.filter(({ people }) => people.some(({ name }) => name === 'Ada'))
  expect((await changesOf(ada, page.id)).changes.map(({ since }) => since)).toEqual(left.map(({ since }) => since))
  expect((await toldOf(ada, page.id)).every(line => line.startsWith('Ada:'))).toBe(true)
})

test('of a page that was never published, too', async () => {
  const { wiki, ada, bo } = await town(text)
  const { id } = (await ada.post('/api/v1/pages', { title: 'Fir' })).json<{ id: string }>()
  await addsLine(wiki, ada, id, 0, 'The fir.')
  await types(wiki, bo, id, 'fir', ' is tall')
  const before = await changesOf(ada, id)
  await squashes(wiki, id)
  expect((await changesOf(ada, id)).changes).toEqual(before.changes)
})

test('in a database that kept no bases it is found in the log', async () => {
  const { wiki, ada, page, before } = await changed()
  await forgets(wiki, page.id)
  expect((await changesOf(ada, page.id)).changes).toEqual(before.changes)
  await forgets(wiki, page.id)
  await squashes(wiki, page.id)
  expect((await changesOf(ada, page.id)).changes).toEqual(before.changes)
  // The log goes on in two epochs now.
  await forgets(wiki, page.id)
  expect((await changesOf(ada, page.id)).changes).toEqual(before.changes)
})

test('so it is where a moderator has restored an old revision over unpublished words', async () => {
  const { wiki, ada, bo, mo } = await town(text)
  const page = await starts(ada, 'Fir', text)
  await types(wiki, ada, page.id, 'oak', ' tree')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, {})
  await types(wiki, bo, page.id, 'elm', ' tree')
  await deletes(wiki, ada, page.id, ' is green')
  await mo.post(`/api/v1/pages/${page.id}/restores`, { revision: 1 })
  const before = await changesOf(ada, page.id)
  expect(before.changes.length).toBe(2)
  await forgets(wiki, page.id)
  expect((await changesOf(ada, page.id)).changes).toEqual(before.changes)
})

test('a list of waiting drafts finds it, and keeps it', async () => {
  const { wiki, ada, page, before } = await changed()
  await forgets(wiki, page.id)
  const { drafts } = (await ada.get('/api/v1/drafts')).json<{ drafts: { changes: number; since: number }[] }>()
  expect(drafts).toMatchObject([{ changes: before.changes.length }])
  const kept = await wiki.db.read.selectFrom('draft_bases').select('page_id').execute()
  expect(kept.map(({ page_id: id }) => id)).toContain(page.id)
})
