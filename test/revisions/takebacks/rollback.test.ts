import { expect, test } from 'vitest'
import { fromCanonical } from '../../../shared/document/canonical.ts'
import { toText } from '../../../shared/document/text.ts'
import type { RevisionJson } from '../../../shared/revisions/contract.ts'
import type { TakebackConflict } from '../../../shared/revisions/takebacks.ts'
import { as, type Member, visitor } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { deletes, draftOf, starts, textOf, types } from '../writers.ts'

const paragraphs = (...lines: string[]) => lines.join('\n\n')
const [first, second, third] = ['The oak is old.', 'It stands behind the church.', 'It is hollow.']

async function wood(...texts: [who: 'ada' | 'bo' | 'mallory', markdown: string][]) {
  const wiki = await freshWiki()
  const [ada, bo, mallory] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
  const mo = await as(wiki, 'moderator')
  const people = { ada, bo, mallory }
  const [begin, ...others] = texts
  const { id } = await starts(begin ? people[begin[0]] : ada, 'Oak', begin?.[1] ?? first)
  for (const [who, markdown] of others) {
    const reply = await people[who].post(`/api/v1/pages/${id}/revisions`, { markdown })
    expect(reply.statusCode, reply.body).toBe(201)
  }
  const rolls = (person: string, more: object = {}) => mo.post(`/api/v1/pages/${id}/rollbacks`, { person, ...more })
  const history = async () =>
    (await ada.get(`/api/v1/pages/${id}/revisions`)).json<{ revisions: RevisionJson[] }>().revisions
  const kept = async (who: Member) =>
    (await wiki.drafts.passagesOf(wiki.db.read, id, who.person.id)).map(({ cause, document }) => [
      cause,
      toText(fromCanonical(document)).trim(),
    ])
  return { wiki, ...people, mo, id, rolls, history, kept }
}

test('everything a person did in a row is taken back in one step, and what others did since stays', async () => {
  const { ada, bo, mallory, mo, id, rolls, history } = await wood(
    ['ada', paragraphs(first, second, third)],
    ['mallory', paragraphs('The oak is YOUNG.', second, third)],
    ['mallory', paragraphs('The oak is YOUNG.', second, 'Buy seeds.', third)],
    ['bo', paragraphs('The oak is YOUNG.', 'It stands beside the church.', 'Buy seeds.', third)],
  )
  const reply = await rolls(mallory.person.id, { summary: 'Spam' })
  expect(reply.statusCode, reply.body).toBe(201)
  expect(reply.json()).toMatchObject({ kind: 'rollback', number: 5, source: { number: 3 }, summary: 'Spam' })
  expect(reply.json<RevisionJson>().publisher?.id).toBe(mo.person.id)
  expect(await textOf(ada, id)).toBe('The oak is old.\nIt stands beside the church.\nIt is hollow.')
  expect((await history()).map(({ number, revertedBy }) => [number, revertedBy?.number])).toEqual([
    [5, undefined],
    [4, undefined],
    [3, 5],
    [2, 5],
    [1, undefined],
  ])
  expect((await rolls(mallory.person.id)).json<{ code: string }>().code).toBe('revisions/nothing-to-roll-back')
  // What somebody else wrote in between ends the run: only the newest one goes.
  const again = await rolls(bo.person.handle)
  expect(again.statusCode, again.body).toBe(201)
  expect(await textOf(ada, id)).toBe('The oak is old.\nIt stands behind the church.\nIt is hollow.')
})

test('what only they changed in the live draft goes too and is kept for them; the words of others stay', async () => {
  const { wiki, ada, mallory, id, rolls, kept } = await wood(
    ['ada', paragraphs(first, second)],
    ['mallory', paragraphs(first, second, 'Buy seeds.')],
  )
  await types(wiki, mallory, id, 'The oak', ' of my cousin')
  await types(wiki, ada, id, 'behind the', ' old')
  expect((await rolls(mallory.person.id)).statusCode).toBe(201)
  expect(await textOf(ada, id)).toBe(`${first}\n${second}`)
  expect(await draftOf(wiki, id)).toEqual(['The oak is old.', 'It stands behind the old church.'])
  expect(await kept(mallory)).toEqual([['rollback', 'of my cousin']])
  expect(await kept(ada)).toEqual([])
})

test('where they changed only the draft, only the draft changes', async () => {
  const { wiki, ada, mallory, mo, id, rolls, history } = await wood(['ada', paragraphs(first, second)])
  await types(wiki, mallory, id, 'The oak', ' of my cousin')
  await deletes(wiki, mallory, id, ' behind the church')
  const preview = await mo.get(`/api/v1/pages/${id}/rollbacks?person=${mallory.person.handle}`)
  expect(preview.json()).toMatchObject({ revisions: [], unpublished: true, conflicts: [], summary: { blocks: 0 } })
  const reply = await rolls(mallory.person.id)
  expect(reply.json()).toMatchObject({ number: 1, kind: 'edit' })
  expect(await draftOf(wiki, id)).toEqual([first, second])
  expect(await history()).toHaveLength(1)
  expect(await textOf(ada, id)).toBe(`${first}\n${second}`)
  expect((await rolls(mallory.person.id)).statusCode).toBe(409)
})

test('words of others inside what they wrote are a conflict, to be chosen', async () => {
  const { ada, mallory, mo, id, rolls } = await wood(
    ['ada', paragraphs('It is 300 years old and stands behind the church.', third)],
    ['mallory', paragraphs('It is 3 years old and stands behind the church.', 'Buy seeds.', third)],
    ['bo', paragraphs('It is 4 years old and stands behind the church.', 'Buy seeds.', third)],
  )
  const refused = await rolls(mallory.person.id)
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'revisions/undo-conflict'])
  const preview = (await mo.get(`/api/v1/pages/${id}/rollbacks?person=${mallory.person.id}`)).json<{
    revisions: number[]
    conflicts: TakebackConflict[]
  }>()
  expect(preview).toMatchObject({
    revisions: [2],
    conflicts: [{ before: { text: '300' }, made: { text: '3' }, now: { text: '4' } }],
  })
  const choices = preview.conflicts.map(({ id: conflict }) => ({ conflict, take: 'undo' }))
  expect((await rolls(mallory.person.id, { choices })).statusCode).toBe(201)
  expect(await textOf(ada, id)).toBe(`It is 300 years old and stands behind the church.\n${third}`)
})

test('a revision that several people wrote is nobody’s to be rolled back', async () => {
  const { wiki, ada, mallory, id, rolls, history } = await wood(['ada', paragraphs(first, second)])
  await types(wiki, mallory, id, 'The oak', ' of my cousin')
  await types(wiki, ada, id, 'behind the', ' old')
  await ada.post(`/api/v1/pages/${id}/revisions`, {})
  expect((await history())[0]?.authors).toHaveLength(2)
  expect((await rolls(mallory.person.id)).statusCode).toBe(409)
})

test('who changes a few letters of a word has not written it together with its author', async () => {
  const { ada, mallory, id, rolls } = await wood(
    ['ada', paragraphs('It is 300 years old.', second)],
    ['mallory', paragraphs('It is 3000 years old.', second)],
  )
  expect((await rolls(mallory.person.id)).statusCode).toBe(201)
  expect(await textOf(ada, id)).toBe(`It is 300 years old.\n${second}`)
})

test('somebody who began the page is not rolled back to nothing', async () => {
  const { mallory, rolls } = await wood(['mallory', 'Buy seeds.'], ['mallory', 'Buy seeds here.'])
  const reply = await rolls(mallory.person.id)
  expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([422, 'revisions/nothing-would-stay'])
})

test('moderators roll back; nobody else does, and nobody who is not there', async () => {
  const { wiki, ada, mallory, id, rolls } = await wood(['ada', first], ['mallory', second])
  const path = `/api/v1/pages/${id}/rollbacks`
  for (const who of [ada, mallory]) {
    expect((await who.post(path, { person: mallory.person.id })).statusCode).toBe(403)
    expect((await who.get(`${path}?person=${mallory.person.id}`)).statusCode).toBe(403)
  }
  expect((await visitor(wiki).post(path, { person: mallory.person.id })).statusCode).toBe(401)
  expect((await rolls('nobody-at-all')).statusCode).toBe(409)
  expect((await rolls('')).statusCode).toBe(400)
})

test('who is behind a revision with a suppressed author does not show by rolling back', async () => {
  const { mallory, mo, id, rolls } = await wood(['ada', first], ['mallory', second], ['ada', third])
  await mo.put(`/api/v1/pages/${id}/revisions/2/suppression`, { hidden: ['author'], reason: 'Private' })
  expect((await rolls(mallory.person.id)).statusCode).toBe(409)
})

test('a restore may take unpublished words out of the draft; they are kept for their authors', async () => {
  const { wiki, ada, bo, mo, id, kept } = await wood(['ada', first], ['ada', paragraphs(first, second)])
  await types(wiki, bo, id, 'The oak', ' of the village')
  const preview = async (unpublished: string) =>
    (await mo.get(`/api/v1/pages/${id}/restorations?revision=1&unpublished=${unpublished}`)).json<object>()
  expect(await preview('keep')).toMatchObject({ head: 2, displaced: { words: 0, people: [] } })
  expect(await preview('discard')).toMatchObject({ displaced: { words: 3, people: [{ id: bo.person.id }] } })
  expect((await ada.get(`/api/v1/pages/${id}/restorations?revision=1`)).statusCode).toBe(403)
  const reply = await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 1, unpublished: 'discard' })
  expect(reply.statusCode, reply.body).toBe(201)
  expect(await draftOf(wiki, id)).toEqual([first])
  expect(await kept(bo)).toEqual([['restore', 'of the village']])
})
