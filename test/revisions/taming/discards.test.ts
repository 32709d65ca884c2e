import { expect, test } from 'vitest'
import type { DiscardJson } from '../../../shared/drafts/taming.ts'
import { visitor } from '../../support/people.ts'
import { rescuedFor } from '../../realtime/support.ts'
import { deletes, draftOf, types } from '../writers.ts'
import { addsLine, changesOf, suspend, takesLine, toldOf, town } from './support.ts'

const text = '## Oak\n\nThe oak is an old tree in the garden.\n\n## Elm\n\nThe elm is young and green.'

test('one’s own changes are discarded without those of others, and brought back', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  await types(wiki, bo, page.id, 'young', ' but thin')
  await deletes(wiki, ada, page.id, ' in the garden')
  const before = await draftOf(wiki, page.id)
  const told = await toldOf(ada, page.id)
  const reply = await ada.post(`/api/v1/pages/${page.id}/discards`, { of: 'mine', summary: 'Wrong tree' })
  expect(reply.statusCode).toBe(201)
  const discard = reply.json<DiscardJson>()
  expect(discard).toMatchObject({ by: { name: 'Ada' }, of: 'mine', changes: 1, summary: 'Wrong tree', mayUndo: true })
  expect(await draftOf(wiki, page.id)).toEqual([
    'Oak',
    'The oak is an old tree in the garden.',
    'Elm',
    'The elm is young but thin and green.',
  ])
  expect(await toldOf(ada, page.id)).toEqual(['Bo: words +but thin'])
  expect(await rescuedFor(ada, page.id)).toMatchObject([
    { cause: 'discard', text: expect.stringContaining('and large') },
  ])
  expect((await changesOf(bo, page.id)).discards).toMatchObject([{ id: discard.id, mayUndo: false }])

  expect((await ada.delete(`/api/v1/pages/${page.id}/discards/${discard.id}`)).statusCode).toBe(200)
  expect(await draftOf(wiki, page.id)).toEqual(before)
  expect(await toldOf(ada, page.id)).toEqual(told)
  expect(await rescuedFor(ada, page.id)).toEqual([])
  const again = await ada.delete(`/api/v1/pages/${page.id}/discards/${discard.id}`)
  expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'revisions/discard-undone'])
})

test('a moderator discards everything, each word is kept for its author and comes back as theirs', async () => {
  const { wiki, ada, bo, mo, page } = await town(text)
  await addsLine(wiki, ada, page.id, 3, 'The ash is tall.')
  await types(wiki, bo, page.id, 'The ash is tall', ' but thin')
  await takesLine(wiki, bo, page.id, 1)
  const [before, told] = [await draftOf(wiki, page.id), await toldOf(ada, page.id)]
  const discard = (await mo.post(`/api/v1/pages/${page.id}/discards`, { of: 'all' })).json<DiscardJson>()
  expect(await toldOf(ada, page.id)).toEqual([])
  expect((await draftOf(wiki, page.id)).join('\n')).toBe(
    'Oak\nThe oak is an old tree in the garden.\nElm\nThe elm is young and green.',
  )
  expect(await rescuedFor(ada, page.id)).toMatchObject([{ text: expect.stringContaining('The ash is tall') }])
  expect(await rescuedFor(bo, page.id)).toMatchObject([{ text: expect.stringContaining('but thin') }])

  await types(wiki, ada, page.id, 'young', ', fresh')
  expect((await mo.delete(`/api/v1/pages/${page.id}/discards/${discard.id}`)).statusCode).toBe(200)
  expect((await draftOf(wiki, page.id)).at(-1)).toBe(before.at(-1))
  expect((await toldOf(ada, page.id)).toSorted()).toEqual([...told, 'Ada: words +, fresh'].toSorted())
})

test('only moderators discard the words of others', async () => {
  const { wiki, ada, bo, mo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  const path = `/api/v1/pages/${page.id}/discards`
  const nothing = await bo.post(path, { of: 'mine' })
  expect([nothing.statusCode, nothing.json<{ code: string }>().code]).toEqual([409, 'revisions/nothing-to-discard'])
  await types(wiki, bo, page.id, 'young', ' but thin')
  const refused = await bo.post(path, { of: 'all' })
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'revisions/may-not-discard'])
  const ids = (await changesOf(bo, page.id)).changes.filter(({ mine }) => !mine).map(({ id }) => id)
  expect((await bo.post(path, { of: ids })).statusCode).toBe(403)
  expect((await bo.post(path, { of: ['nothing-like-that'] })).json()).toMatchObject({ code: 'revisions/changes-gone' })
  expect((await visitor(wiki).post(path, { of: 'mine' })).statusCode).toBe(401)
  const discard = (await mo.post(path, { of: ids })).json<DiscardJson>()
  expect(discard.of).toBe('chosen')
  expect((await bo.delete(`${path}/${discard.id}`)).statusCode).toBe(403)
  expect((await bo.delete(`${path}/none`)).statusCode).toBe(404)
  expect(await toldOf(ada, page.id)).toEqual(['Bo: words +but thin'])
  // The only one who has written may discard everything.
  expect((await bo.post(path, { of: 'all' })).statusCode).toBe(201)
  await suspend(mo, bo)
  expect((await bo.post(path, { of: 'mine' })).statusCode).toBe(403)
})

test('discarding one’s block leaves what others wrote in it', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await addsLine(wiki, ada, page.id, 3, 'The ash is tall.')
  await types(wiki, bo, page.id, 'The ash is tall.', ' So is the fir.')
  await ada.post(`/api/v1/pages/${page.id}/discards`, { of: 'mine' })
  expect((await draftOf(wiki, page.id)).at(-1)?.trim()).toBe('So is the fir.')
})

test('what its author has put back already does not come twice', async () => {
  const { wiki, ada, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' and large')
  const discard = (await ada.post(`/api/v1/pages/${page.id}/discards`, { of: 'all' })).json<DiscardJson>()
  const [passage] = await rescuedFor(ada, page.id)
  await types(wiki, ada, page.id, 'old', ' and large')
  await ada.delete(`/api/v1/pages/${page.id}/rescued/${passage?.id}`)
  await ada.delete(`/api/v1/pages/${page.id}/discards/${discard.id}`)
  expect((await draftOf(wiki, page.id))[1]).toBe('The oak is an old and large tree in the garden.')
})

test('words that were brought back and taken away again are the doing of whoever did it last', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await deletes(wiki, ada, page.id, ' in the garden')
  await ada.post(`/api/v1/pages/${page.id}/discards`, { of: 'mine' })
  await types(wiki, ada, page.id, 'green', ' today')
  await deletes(wiki, bo, page.id, ' in the garden')
  expect(await toldOf(ada, page.id)).toEqual(['Bo: words −in the garden', 'Ada: words +today'])
})
