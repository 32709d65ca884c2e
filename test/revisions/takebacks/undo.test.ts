import { expect, test } from 'vitest'
import { fromCanonical } from '../../../shared/document/canonical.ts'
import { toText } from '../../../shared/document/text.ts'
import type { RevisionJson } from '../../../shared/revisions/contract.ts'
import type { TakebackConflict } from '../../../shared/revisions/takebacks.ts'
import { as, visitor } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { draftOf, starts, textOf, types } from '../writers.ts'

interface Refused {
  code: string
  details: { conflicts: TakebackConflict[]; head: number }
}

/** A page of these texts, each a revision of its own by the next of three people. */
async function page(...texts: [string, ...string[]]) {
  const wiki = await freshWiki()
  const people = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')] as const
  const [ada, bo, cleo] = people
  const { id, slug } = await starts(ada, 'Oak', texts[0])
  for (const [at, markdown] of texts.slice(1).entries())
    await (people[(at + 1) % 3] ?? ada).post(`/api/v1/pages/${id}/revisions`, { markdown, summary: `Text ${at + 2}` })
  const undo = (revision: number, more: object = {}) => cleo.post(`/api/v1/pages/${id}/undos`, { revision, ...more })
  const refused = async (revision: number, more: object = {}) => {
    const reply = await undo(revision, more)
    return [reply.statusCode, reply.json<Refused>().code]
  }
  const revision = async (number: number) =>
    (await ada.get(`/api/v1/pages/${id}/revisions`))
      .json<{ revisions: RevisionJson[] }>()
      .revisions.find(one => one.number === number)
  return { wiki, ada, bo, cleo, id, slug, undo, refused, revision }
}

const paragraphs = (...lines: string[]) => lines.join('\n\n')
const [first, second, third] = ['The oak is old.', 'It stands behind the church.', 'It is hollow.']

test('an edit in the middle is taken back alone, and what came after it stays', async () => {
  const { ada, cleo, id, undo, revision } = await page(
    paragraphs(first, second, third),
    paragraphs('The oak is YOUNG.', second, 'Buy seeds here.', third),
    paragraphs('The oak is YOUNG.', 'It stands beside the church.', 'Buy seeds here.', third, 'Visit it.'),
  )
  const reply = await undo(2, { summary: 'Spam' })
  expect(reply.statusCode, reply.body).toBe(201)
  expect(reply.json()).toMatchObject({ kind: 'undo', number: 4, source: { number: 2 }, summary: 'Spam' })
  expect(reply.json<RevisionJson>().authors.map(({ id: author }) => author)).toEqual([cleo.person.id])
  expect(await textOf(ada, id)).toBe('The oak is old.\nIt stands beside the church.\nIt is hollow.\nVisit it.')
  expect((await revision(2))?.revertedBy?.number).toBe(4)
  expect((await revision(3))?.revertedBy).toBeNull()
})

test('words changed again since are told one by one, and nothing happens before each is chosen', async () => {
  const { ada, id, undo, revision } = await page(
    paragraphs('The oak is 300 years old and stands behind the church.', third),
    paragraphs('The oak is 400 years old and stands behind the church.', 'It is not hollow.'),
    paragraphs('The oak is 500 years old and stands beside the church.', 'It is not hollow.'),
  )
  const reply = await undo(2)
  expect([reply.statusCode, reply.json<Refused>().code]).toEqual([409, 'revisions/undo-conflict'])
  const { conflicts } = reply.json<Refused>().details
  expect(conflicts).toMatchObject([
    {
      section: '',
      around: { before: 'The oak is', after: 'years old and stands beside the church.' },
      before: { text: '300' },
      made: { text: '400' },
      now: { text: '500' },
      undone: { text: '300', document: { type: 'doc' } },
      chosen: null,
    },
  ])
  expect((await revision(3))?.number).toBe(3)
  expect(await revision(4)).toBeUndefined()

  const [conflict] = conflicts
  const kept = await undo(2, { choices: [{ conflict: conflict?.id, take: 'keep' }] })
  expect(kept.statusCode, kept.body).toBe(201)
  expect(await textOf(ada, id)).toBe('The oak is 500 years old and stands beside the church.\nIt is hollow.')
  // Some of it stands still.
  expect((await revision(2))?.revertedBy).toBeNull()

  const undone = await undo(2, { choices: [{ conflict: conflict?.id, take: 'undo' }] })
  expect(undone.statusCode, undone.body).toBe(201)
  expect(await textOf(ada, id)).toBe('The oak is 300 years old and stands beside the church.\nIt is hollow.')
})

test('a picture that was exchanged since stays, and is asked for where it is all there is', async () => {
  const picture = (src: string) => `![An oak](https://example.org/${src}.png)`
  const { ada, id, slug, undo } = await page(
    paragraphs(first, second, picture('good')),
    paragraphs('Buy seeds.', second, picture('bad')),
    paragraphs('Buy seeds.', second, picture('better')),
    paragraphs('Buy seeds.', second, picture('best')),
  )
  const only = await undo(3)
  expect([only.statusCode, only.json<Refused>().code]).toEqual([409, 'revisions/undo-conflict'])
  expect(only.json<Refused>().details.conflicts.map(({ chosen }) => chosen)).toEqual(['keep'])
  const reply = await undo(2)
  expect(reply.statusCode, reply.body).toBe(201)
  expect((await ada.get(`/wiki/${slug}`)).body).toContain('best.png')
  expect(await textOf(ada, id)).toContain(first)
})

test('a choice for other words than those that stand there now is none', async () => {
  const texts = [300, 400, 500].map(years => `The oak is ${years} years old.`) as [string, ...string[]]
  const { bo, id, undo } = await page(...texts)
  const [conflict] = (await undo(2)).json<Refused>().details.conflicts
  await bo.post(`/api/v1/pages/${id}/revisions`, { markdown: 'The oak is 600 years old.' })
  const reply = await undo(2, { choices: [{ conflict: conflict?.id, take: 'undo' }] })
  expect(reply.statusCode).toBe(409)
  expect(reply.json<Refused>().details.conflicts).toMatchObject([{ now: { text: '600' } }])
})

test('a preview tells what would change and changes nothing', async () => {
  const { wiki, ada, bo, id, revision } = await page(paragraphs(first, third), paragraphs(first, second, third))
  await types(wiki, bo, id, 'behind the', ' very old')
  const reply = await ada.get(`/api/v1/pages/${id}/undos?revision=2`)
  expect(reply.json()).toMatchObject({
    head: 2,
    revisions: [2],
    conflicts: [],
    summary: { blocks: 1, wordsAdded: 0, wordsRemoved: 5 },
    displaced: { people: [{ id: bo.person.id }], words: 2 },
  })
  expect(await revision(3)).toBeUndefined()
  expect(await textOf(ada, id)).toContain(second)
})

test('whoever is writing keeps their words where there is room, and the rest is kept for them', async () => {
  const { wiki, ada, bo, id, undo } = await page(paragraphs(first, third), paragraphs(first, second, third))
  await types(wiki, ada, id, 'The oak', ' of the village')
  await types(wiki, bo, id, 'behind the', ' very old')
  expect((await undo(2)).statusCode).toBe(201)
  expect(await draftOf(wiki, id)).toEqual(['The oak of the village is old.', 'It is hollow.'])
  expect(await textOf(ada, id)).toBe(`${first}\n${third}`)
  const kept = async (who: string) =>
    (await wiki.drafts.passagesOf(wiki.db.read, id, who)).map(({ cause, document }) => [
      cause,
      toText(fromCanonical(document)).trim(),
    ])
  expect(await kept(bo.person.id)).toEqual([['undo', 'very old']])
  expect(await kept(ada.person.id)).toEqual([])
})

test('the first revision can be undone once there is more, and not where nothing would stay', async () => {
  const { ada, id, undo, refused } = await page(first)
  expect(await refused(1)).toEqual([422, 'revisions/nothing-would-stay'])
  await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: paragraphs(first, second) })
  const reply = await undo(1)
  const [conflict] = reply.statusCode === 409 ? reply.json<Refused>().details.conflicts : []
  if (conflict) await undo(1, { choices: [{ conflict: conflict.id, take: 'undo' }] })
  expect(await textOf(ada, id)).toBe(second)
})

test('an undo can be undone, and then the edit is not reverted any more', async () => {
  const { ada, id, undo, revision } = await page(paragraphs(first, third), paragraphs(first, second, third))
  await undo(2)
  expect((await revision(2))?.revertedBy?.number).toBe(3)
  expect((await undo(3)).json()).toMatchObject({ kind: 'undo', number: 4, source: { number: 3 } })
  expect(await textOf(ada, id)).toBe(paragraphs(first, second, third).replaceAll('\n\n', '\n'))
  expect((await revision(2))?.revertedBy).toBeNull()
  expect((await revision(3))?.revertedBy?.number).toBe(4)
})

test('what cannot be undone is refused with the reason', async () => {
  const { wiki, ada, id, undo, refused } = await page(paragraphs(first, third), paragraphs(first, second, third))
  expect(await refused(9)).toEqual([404, 'revisions/not-found'])
  const other = await starts(ada, 'Elm', 'An elm.')
  const elsewhere = await ada.post(`/api/v1/pages/${other.id}/undos`, { revision: 2 })
  expect(elsewhere.statusCode).toBe(404)
  expect((await undo(2)).statusCode).toBe(201)
  expect(await refused(2)).toEqual([409, 'revisions/nothing-to-undo'])
  expect((await ada.get(`/api/v1/pages/${id}/undos?revision=2`)).statusCode).toBe(409)
  expect(await refused(3, { head: 2 })).toEqual([409, 'revisions/head-moved'])
  for (const revision of [0, -1, 1.5, 'x']) expect((await refused(revision as number))[0]).toBe(400)

  const mo = await as(wiki, 'moderator')
  await mo.delete(`/api/v1/pages/${id}`)
  expect((await refused(1))[0]).toBe(410)
  await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 2 })
  expect(await refused(4)).toEqual([422, 'revisions/undo-deletion'])
})

test('a suppressed text is neither undone nor shown by a preview', async () => {
  const { wiki, ada, id, refused } = await page(first, paragraphs(first, 'A secret.'), paragraphs(first, third))
  const mo = await as(wiki, 'moderator')
  await mo.put(`/api/v1/pages/${id}/revisions/2/suppression`, { hidden: ['text'], reason: 'Private' })
  for (const revision of [2, 3]) {
    expect(await refused(revision)).toEqual([410, 'revisions/text-hidden'])
    const preview = await ada.get(`/api/v1/pages/${id}/undos?revision=${revision}`)
    expect(preview.statusCode).toBe(410)
    expect(preview.body).not.toContain('secret')
  }
})

test('members undo; visitors and those who are suspended do not', async () => {
  const { wiki, id } = await page(first, paragraphs(first, second))
  const anyone = visitor(wiki)
  expect((await anyone.post(`/api/v1/pages/${id}/undos`, { revision: 2 })).statusCode).toBe(401)
  expect((await anyone.get(`/api/v1/pages/${id}/undos?revision=2`)).statusCode).toBe(401)
  const pending = await as(wiki, 'member', { state: 'pending' })
  expect((await pending.post(`/api/v1/pages/${id}/undos`, { revision: 2 })).statusCode).toBe(403)
  const reading = await (await as(wiki, 'member')).token(['read'])
  expect((await reading.get(`/api/v1/pages/${id}/undos?revision=2`)).statusCode).toBe(200)
  expect((await reading.post(`/api/v1/pages/${id}/undos`, { revision: 2 })).statusCode).toBe(403)
})
