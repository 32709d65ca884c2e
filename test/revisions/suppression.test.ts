import { expect, test } from 'vitest'
import { as, type Caller, type Member, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'
import { historyOf, starts, type PageReply, type RevisionReply } from './writers.ts'

const secret = 'Zebedee lives at 7 Quince Lane'
const section = 'Where Zebedee lives'

interface Story {
  wiki: FreshWiki
  ada: Member
  bo: Member
  mo: Member
  page: PageReply
  /** What must not be told, for each part. */
  tells: { text: string[]; author: string[]; summary: string[] }
}

/** A page whose second revision, by Bo, says what it should not; the third takes it out again. */
async function told(): Promise<Story> {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const bo = await as(wiki, 'member', { handle: 'bo-unwanted', name: 'Bo Unwanted' })
  const mo = await as(wiki, 'moderator')
  const page = await starts(ada, 'Oak', 'A tree.')
  const path = `/api/v1/pages/${page.id}/revisions`
  await bo.post(path, { markdown: `A tree.\n\n## ${section}\n\n${secret}`, summary: 'Doxxing summary' })
  await ada.post(path, { markdown: 'A tree.\n\nIt is old.', summary: 'Take it out' })
  const [, second] = await historyOf(ada, page.id)
  return {
    wiki,
    ada,
    bo,
    mo,
    page,
    tells: {
      text: ['Quince', section, String(second?.hash)],
      author: ['bo-unwanted', 'Bo Unwanted', bo.person.id],
      summary: ['Doxxing'],
    },
  }
}

const hide = ({ mo, page }: Story, hidden: string[], number = 2, reason = 'An address') =>
  mo.put(`/api/v1/pages/${page.id}/revisions/${number}/suppression`, { hidden, reason })

/** Every address by which something of the second revision can be asked for. */
function viewsOf({ page }: Story, revision: RevisionReply): string[] {
  const api = `/api/v1/pages/${page.id}`
  const [from, to] = [`from=1&to=2`, `from=2&to=3`]
  return [
    '/wiki/Oak',
    '/wiki/Oak?revision=2',
    '/wiki/Oak?revision=3',
    `/r/${revision.id}`,
    '/wiki/Oak/history',
    '/wiki/Oak/history?minor=hide',
    '/wiki/Oak/history?tag=suppressed',
    '/wiki/Oak/history.atom',
    '/wiki/Oak/cite?revision=2',
    '/wiki/Oak/authors?revision=2',
    '/wiki/Oak/authors?revision=3',
    '/wiki/Oak/authors',
    '/wiki/Oak/play',
    '/wiki/Oak/play?revision=2',
    '/wiki/Oak/undo?revision=2',
    '/wiki/Oak/undo?revision=3',
    '/wiki/Oak/restore?revision=2',
    ...[from, to, 'from=1&to=3'].flatMap(query => [
      `/wiki/Oak/compare?${query}`,
      `/wiki/Oak/compare?${query}&view=source`,
      `${api}/compare?${query}`,
    ]),
    '/changes',
    '/',
    '/api/v1/changes',
    `${api}/revisions`,
    `${api}/revisions?tag=suppressed`,
    `${api}/revisions?section=${encodeURIComponent('A tree')}`,
    `${api}/history.atom`,
    `${api}/authors?revision=2`,
    `${api}/authors?revision=3`,
    `${api}/authors`,
    `${api}/cite?revision=2`,
    ...['document', 'markdown', 'html', 'text'].map(format => `${api}/content?revision=2&format=${format}`),
    '/search?q=Zebedee',
    '/api/v1/search?q=Zebedee',
    '/api/v1/search?q=Doxxing',
    '/people/bo-unwanted',
  ]
}

/** What was asked for, and the person's own page with their name, may be repeated. */
const said = (path: string, body: string) => (path.includes('Zebedee') || path.includes('/people/') ? '' : body)

test.each(['text', 'author', 'summary'] as const)('a suppressed %s is told to nobody, in no view', async part => {
  const story = await told()
  const { wiki, ada, bo, mo, page, tells } = story
  const [, revision] = await historyOf(ada, page.id)
  if (!revision) throw new Error('no revision')
  const views = viewsOf(story, revision)
  const readers: [string, Caller][] = [
    ['a visitor', visitor(wiki)],
    ['a member', ada],
    ['its author', part === 'author' ? ada : bo],
    ['a moderator', mo],
  ]
  // Whatever keeps answers has them all in it now.
  for (const [, reader] of readers) for (const path of views) await reader.get(path)

  expect((await hide(story, [part])).json()).toMatchObject({ number: 2, hidden: [part] })
  for (const [who, reader] of readers)
    for (const path of views) {
      const { body, statusCode } = await reader.get(path)
      expect(statusCode, `${who} ${path}`).toBeLessThan(500)
      for (const words of tells[part]) expect(said(path, body).includes(words), `${who} ${path}: ${words}`).toBe(false)
    }
})

test('a person’s page lists nothing that their name was taken from', async () => {
  const story = await told()
  await hide(story, ['author'])
  for (const reader of [visitor(story.wiki), story.mo]) {
    const { body } = await reader.get('/people/bo-unwanted')
    expect(body).not.toContain('Doxxing')
    expect(body).not.toContain('/wiki/Oak')
  }
  const filtered = await visitor(story.wiki).get(`/api/v1/pages/${story.page.id}/revisions?person=bo-unwanted`)
  expect(filtered.json()).toMatchObject({ revisions: [], counts: { matching: 0, people: 1 } })
})

test('how much the edit after a suppressed text changed, and where, is not told either', async () => {
  const story = await told()
  await hide(story, ['text'])
  const [third, second] = await historyOf(visitor(story.wiki), story.page.id)
  for (const revision of [third, second])
    expect(revision).toMatchObject({ wordsAdded: 0, wordsRemoved: 0, sections: [] })
  expect(second).toMatchObject({ hash: null, size: 0 })
})

test('a text is suppressed wherever the page says the same, and comes back everywhere', async () => {
  const story = await told()
  const { mo, page, ada } = story
  await mo.post(`/api/v1/pages/${page.id}/restorations`, { revision: 2 })
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { markdown: 'A tree. Good.' })
  expect((await hide(story, ['text'])).statusCode).toBe(200)
  const hiddenOnes = async () =>
    (await mo.get(`/api/v1/pages/${page.id}/revisions?tag=suppressed`))
      .json<{ revisions: RevisionReply[] }>()
      .revisions.map(({ number }) => number)
  expect(await hiddenOnes()).toEqual([4, 2])
  expect((await hide(story, [], 4)).statusCode).toBe(200)
  expect(await hiddenOnes()).toEqual([])
  expect((await visitor(story.wiki).get(`/api/v1/pages/${page.id}/content?revision=2&format=text`)).body).toContain(
    'Quince',
  )
})

test('what readers see now has to be taken back before it is suppressed, also where an older revision says the same', async () => {
  const story = await told()
  const { mo, page } = story
  const refused = await hide(story, ['text'], 3)
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'revisions/head-text'])
  await mo.post(`/api/v1/pages/${page.id}/restorations`, { revision: 2 })
  expect((await hide(story, ['text'], 2)).statusCode).toBe(409)
  expect((await hide(story, ['author', 'summary'], 4)).statusCode).toBe(200)
})

test('a suppressed text can be neither restored nor built upon', async () => {
  const story = await told()
  const { mo, ada, page } = story
  await hide(story, ['text'])
  expect((await mo.post(`/api/v1/pages/${page.id}/restorations`, { revision: 2 })).statusCode).toBe(410)
  const built = await ada.post(`/api/v1/pages/${page.id}/revisions`, { markdown: 'A tree.', base: 2 })
  expect(built.statusCode).toBe(422)
})

test('only moderators suppress, and what they did stays on record for moderators', async () => {
  const story = await told()
  const { wiki, ada, mo, page } = story
  const path = `/api/v1/pages/${page.id}/revisions/2/suppression`
  const body = { hidden: ['text'], reason: 'An address' }
  const suspended = await as(wiki, 'moderator')
  const admin = await as(wiki, 'administrator')
  await wiki.accounts.suspensions.suspend(admin.person, suspended.person.handle, { reason: 'Spam', until: null })
  expect((await visitor(wiki).put(path, body)).statusCode).toBe(401)
  expect((await ada.put(path, body)).statusCode).toBe(403)
  expect((await suspended.put(path, body)).statusCode).toBe(403)
  expect((await (await mo.token(['read'])).put(path, body)).statusCode).toBe(403)
  expect((await mo.put(path, { ...body, reason: ' ' })).statusCode).toBe(422)
  expect((await mo.put(path, { ...body, hidden: ['title'] })).statusCode).toBe(400)
  expect((await mo.put(path.replace('/2/', '/9/'), body)).statusCode).toBe(404)
  expect((await mo.put(path, body)).statusCode).toBe(200)
  await mo.put(path, body)
  await mo.put(path, { hidden: [], reason: 'A mistake' })
  const { acts } = (await mo.get(path)).json<{ acts: object[] }>()
  expect(acts).toMatchObject([
    { hidden: [], reason: 'A mistake', by: { handle: mo.person.handle } },
    { hidden: ['text'], reason: 'An address', by: { handle: mo.person.handle } },
  ])
  expect((await ada.get(path)).statusCode).toBe(403)
  expect((await visitor(wiki).get(path)).statusCode).toBe(401)
})

test('the form suppresses, says why not, and is for moderators', async () => {
  const story = await told()
  const { wiki, ada, mo } = story
  const address = '/wiki/Oak/suppress'
  const fields = { revision: '2', text: 'hide', author: 'hide', reason: 'An <b>address</b>' }
  expect((await visitor(wiki).get(`${address}?revision=2`)).statusCode).toBe(401)
  expect((await ada.get(`${address}?revision=2`)).statusCode).toBe(403)
  expect((await ada.post(address, new URLSearchParams(fields))).statusCode).toBe(403)
  const head = await mo.post(address, new URLSearchParams({ ...fields, revision: '3' }))
  expect([head.statusCode, head.body.includes('role="alert"')]).toEqual([409, true])
  expect((await mo.post(address, new URLSearchParams({ ...fields, revision: 'x' }))).statusCode).toBe(404)
  expect((await mo.post(address, new URLSearchParams(fields))).statusCode).toBe(303)
  const { body } = await mo.get(`${address}?revision=2`)
  expect(body).toContain('An &lt;b&gt;address&lt;/b&gt;')
  expect(body).not.toContain(secret)
  expect((await visitor(wiki).get('/wiki/Oak/history')).body).toContain('text suppressed')
  expect((await mo.get('/wiki/Oak?revision=1')).body).toContain('action="/wiki/Oak/suppress"')
  expect((await ada.get('/wiki/Oak?revision=1')).body).not.toContain('/wiki/Oak/suppress')
})

test('a deletion has no text to suppress', async () => {
  const story = await told()
  const { wiki, mo, page } = story
  await wiki.pages.remove(mo.person, page.id, 'Gone, with a name in it')
  expect((await hide(story, ['text'], 4)).statusCode).toBe(422)
  expect((await hide(story, ['summary'], 4)).statusCode).toBe(200)
  expect((await visitor(wiki).get('/wiki/Oak/history')).body).not.toContain('with a name in it')
  // Nobody reads the last text any more.
  expect((await hide(story, ['text'], 3)).statusCode).toBe(200)
})

test('whoever comes upon a suppressed text is told so, and led to the history', async () => {
  const story = await told()
  await hide(story, ['text'])
  for (const who of [visitor(story.wiki), story.ada, story.mo]) {
    const { statusCode, body } = await who.get('/wiki/Oak/cite?revision=2')
    expect(statusCode).toBe(410)
    expect(body).toMatch(/<h1[^>]*>Suppressed<\/h1>[^]*href="\/wiki\/Oak\/history"/)
    const played = await who.get('/wiki/Oak/play/2')
    expect(played.body).not.toMatch(/\/(compare|cite)\?/)
    expect((await who.get('/wiki/Oak/play/3')).body).not.toContain('/compare?')
  }
})
