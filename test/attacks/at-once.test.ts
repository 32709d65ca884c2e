import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { draftOf, historyOf, starts, textOf, types } from '../revisions/writers.ts'

/** A page of three revisions, the second of which can be taken back, and those who may. */
async function begun() {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { handle: 'ada' })
  const bo = await as(wiki, 'member', { handle: 'bo' })
  const mo = await as(wiki, 'moderator', { handle: 'mo' })
  const page = await starts(ada, 'Oak', 'A tree.\n\nIt stands.')
  const path = `/api/v1/pages/${page.id}`
  await bo.post(`${path}/revisions`, { markdown: 'A tree.\n\nIt stands.\n\nSpam.' })
  await ada.post(`${path}/revisions`, { markdown: 'An old tree.\n\nIt stands.\n\nSpam.' })
  return { wiki, ada, bo, mo, page, path }
}

const codesOf = (replies: readonly { statusCode: number }[]) => replies.map(({ statusCode }) => statusCode).sort()

test('of many who undo the same revision at once one does, and the others hear that nothing is left', async () => {
  const { ada, mo, page, path } = await begun()
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, at) => (at % 2 ? ada : mo).post(`${path}/undos`, { revision: 2 })),
  )
  expect(codesOf(replies)).toEqual([201, ...Array<number>(7).fill(409)])
  expect(new Set(replies.filter(one => one.statusCode === 409).map(one => one.json<{ code: string }>().code))).toEqual(
    new Set(['revisions/nothing-to-undo']),
  )
  expect(await historyOf(ada, page.id)).toHaveLength(4)
  expect((await textOf(ada, page.id)).trim()).toBe('An old tree.\nIt stands.')
})

test('a form that is sent twice acts once, whichever act it is', async () => {
  const { ada, mo, page } = await begun()
  const forms: [string, Record<string, string>][] = [
    ['undo', { revision: '2', head: '3' }],
    ['restore', { revision: '1', head: '4' }],
    ['rollback', { person: 'ada', head: '5' }],
  ]
  for (const [at, [face, fields]] of forms.entries()) {
    const send = () => mo.post(`/wiki/Oak/${face}`, new URLSearchParams(fields))
    const codes = codesOf(await Promise.all([send(), send(), send()]))
    expect(codes[0], face).toBe(face === 'rollback' ? 409 : 303)
    expect(codes.slice(1), face).toEqual([409, 409])
    expect(await historyOf(ada, page.id), face).toHaveLength(Math.min(5, 4 + at))
  }
})

test('acts of every kind at once leave a history without a gap, and the draft as readers see it', async () => {
  const { wiki, ada, bo, mo, page, path } = await begun()
  const acts = [
    () => ada.post(`${path}/undos`, { revision: 2 }),
    () => bo.post(`${path}/revisions`, { markdown: 'An old tree.\n\nIt stands.\n\nSpam.\n\nMore.', base: 3 }),
    () => mo.post(`${path}/restorations`, { revision: 1 }),
    () => mo.post(`${path}/rollbacks`, { person: 'bo' }),
    () => mo.post(`${path}/discards`, { of: 'all' }),
    () => mo.put(`${path}/revisions/2/suppression`, { hidden: ['text', 'author'], reason: 'Spam' }),
    () => ada.post(`${path}/revisions`, { changes: 'mine' }),
    () => ada.get(`${path}/compare?from=1&to=3`),
    () => mo.get(`/wiki/Oak/rollback?person=bo`),
  ]
  const replies = await Promise.all([...acts, ...acts, ...acts].map(act => act()))
  for (const { statusCode, body } of replies) expect(statusCode, body).toBeLessThan(500)
  const history = await historyOf(ada, page.id)
  expect(history.map(({ number }) => number)).toEqual(Array.from(history, (_, at) => history.length - at))
  expect((await draftOf(wiki, page.id)).join('\n')).toBe((await textOf(ada, page.id)).trim())
})

test('a discard is brought back once, however often that is asked for at once', async () => {
  const { wiki, ada, page, path } = await begun()
  await types(wiki, ada, page.id, 'It stands', ' and grows')
  const { id } = (await ada.post(`${path}/discards`, { of: 'mine' })).json<{ id: string }>()
  expect(await draftOf(wiki, page.id)).toEqual(['An old tree.', 'It stands.', 'Spam.'])
  const replies = await Promise.all(Array.from({ length: 5 }, () => ada.delete(`${path}/discards/${id}`)))
  expect(codesOf(replies)).toEqual([200, ...Array<number>(4).fill(409)])
  expect(await draftOf(wiki, page.id)).toEqual(['An old tree.', 'It stands and grows.', 'Spam.'])
})
