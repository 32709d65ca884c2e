import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Thread, TopicList } from '../../shared/discussions/contract.ts'
import { corpusText, naughtyStrings } from '../support/corpus.ts'
import { as, type Member, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

let wiki: FreshWiki
let ada: Member
let bo: Member
let moderator: Member

beforeAll(async () => {
  wiki = await freshWiki()
  ada = await as(wiki, 'member')
  bo = await as(wiki, 'member')
  moderator = await as(wiki, 'moderator')
  await wiki.discussions.openBoard('commons', 'Commons', 'Talk that belongs to no page')
})
afterAll(() => wiki.close())

let made = 0
async function pageOf(member: Member): Promise<{ id: string; slug: string }> {
  const reply = await member.post('/api/v1/pages', { title: `Page ${++made}`, language: 'en', markdown: 'Text.' })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

async function topicOf(member: Member, title = 'A question', body = 'Who knows?'): Promise<Thread> {
  const { id } = await pageOf(member)
  const reply = await member.post(`/api/v1/pages/${id}/topics`, { title, body })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

test('a topic about a page opens with a post, and takes replies and replies to replies', async () => {
  const topic = await topicOf(ada)
  const [opening] = topic.thread
  const reply = await bo.post(`/api/v1/topics/${topic.id}/posts`, { body: 'I do.', parent: opening?.id })
  expect(reply.statusCode).toBe(201)
  await ada.post(`/api/v1/topics/${topic.id}/posts`, { body: 'Thanks!', parent: reply.json<{ id: string }>().id })

  const thread = (await visitor(wiki).get(`/api/v1/topics/${topic.id}`)).json<Thread>()
  expect(thread.thread.map(post => [post.number, post.body, post.author?.handle])).toEqual([
    [1, 'Who knows?', ada.person.handle],
    [2, 'I do.', bo.person.handle],
    [3, 'Thanks!', ada.person.handle],
  ])
  expect(thread.thread[2]?.parent).toBe(thread.thread[1]?.id)
})

test('a board has topics just as a page does', async () => {
  const started = await ada.post('/api/v1/boards/commons/topics', { title: 'Hello', body: 'I am new.' })
  expect(started.statusCode, started.body).toBe(201)
  const listed = (await visitor(wiki).get('/api/v1/boards/commons/topics')).json<TopicList>()
  expect(listed.topics.map(topic => topic.title)).toEqual(['Hello'])
  expect(listed.topics[0]?.subject).toMatchObject({ kind: 'board', slug: 'commons' })
})

test('topics are listed by their last post, and a cursor reaches all of them once', async () => {
  const { id } = await pageOf(ada)
  const ids: string[] = []
  for (let turn = 0; turn < 5; turn++)
    ids.push((await ada.post(`/api/v1/pages/${id}/topics`, { title: `T${turn}`, body: 'x' })).json<Thread>().id)
  await bo.post(`/api/v1/topics/${ids[0]}/posts`, { body: 'up' })

  const seen: string[] = []
  let before = ''
  do {
    const list = (await ada.get(`/api/v1/pages/${id}/topics?limit=2${before && `&before=${before}`}`)).json<TopicList>()
    seen.push(...list.topics.map(topic => topic.id))
    before = list.next ?? ''
  } while (before)
  expect(seen).toHaveLength(5)
  expect(new Set(seen).size).toBe(5)
  expect(seen[0]).toBe(ids[0])
})

test('talk about a deleted page can be read, and nothing is added to it', async () => {
  const topic = await topicOf(ada)
  expect((await moderator.delete(`/api/v1/pages/${topic.subject.id}`)).statusCode).toBeLessThan(300)
  expect((await visitor(wiki).get(`/api/v1/topics/${topic.id}`)).statusCode).toBe(200)
  const reply = await ada.post(`/api/v1/topics/${topic.id}/posts`, { body: 'Too late' })
  expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, 'discussions/closed'])
})

test.each([
  [{ title: ' ', body: 'x' }, 422],
  [{ title: 'x', body: ' \u200b ' }, 422],
  [{ title: 'x', body: 'a\u0000b' }, 422],
  [{ title: 'x' }, 400],
  [{ title: 1, body: 'x' }, 400],
  [{ title: 'x', body: 'x', more: 1 }, 400],
  [{ title: 'x', body: 'x'.repeat(50_001) }, 400],
])('the topic %j is refused with %i', async (body, status) => {
  expect((await ada.post('/api/v1/boards/commons/topics', body)).statusCode).toBe(status)
})

test('an answer to a post of another topic is refused', async () => {
  const [one, other] = [await topicOf(ada), await topicOf(ada)]
  const reply = await ada.post(`/api/v1/topics/${one.id}/posts`, { body: 'x', parent: other.thread[0]?.id })
  expect(reply.statusCode).toBe(422)
})

test('hostile strings as title and text are stored and shown as they are, or refused, and never executed', async () => {
  for (const text of naughtyStrings()) {
    const reply = await ada.post('/api/v1/boards/commons/topics', { title: text || 'x', body: text || 'x' })
    expect([201, 400, 422], `${JSON.stringify(text)}: ${reply.body}`).toContain(reply.statusCode)
    if (reply.statusCode !== 201) continue
    const topic = reply.json<Thread>()
    expect(topic.thread[0]?.body).toBe((text || 'x').toWellFormed().trim())
    const shown = (await visitor(wiki).get(`/topics/${topic.id}`)).body
    expect(shown).not.toMatch(
      /<(?:script(?! type="module" src="\/assets\/)|iframe|object|embed|svg(?! )|img[^>]+onerror)/i,
    )
    expect(shown).not.toMatch(/<[^>]+\son\w+\s*=|href="\s*javascript:/i)
  }
}, 120_000)

test('real talk threads, left to right and right to left, are carried whole', async () => {
  interface Talk {
    title: string
    lang: string
    comments: { id: string; parent: string | null; text: string }[]
  }
  const lines = corpusText('threads/talk-threads.jsonl').split('\n').filter(Boolean)
  const talks = lines.map(line => JSON.parse(line) as Talk).filter(talk => talk.comments.length > 2)
  const chosen = [talks.find(talk => talk.lang === 'en'), talks.find(talk => talk.lang !== 'en')]
  for (const talk of chosen) {
    if (!talk) throw new Error('the corpus has no such thread')
    const said = talk.comments.filter(comment => comment.text.trim())
    const topic = await topicOf(ada, talk.title, said[0]?.text ?? '')
    const ids = new Map([[said[0]?.id, topic.thread[0]?.id]])
    for (const { id, parent, text } of said.slice(1)) {
      const answered = parent ? ids.get(parent) : undefined
      const reply = await bo.post(`/api/v1/topics/${topic.id}/posts`, {
        body: text,
        ...(answered && { parent: answered }),
      })
      expect(reply.statusCode, reply.body).toBe(201)
      ids.set(id, reply.json<{ id: string }>().id)
    }
    const shown = (await visitor(wiki).get(`/api/v1/topics/${topic.id}`)).json<Thread>()
    expect(shown.thread.map(post => post.body)).toEqual(said.map(comment => comment.text.trim()))
    expect((await visitor(wiki).get(`/topics/${topic.id}`)).statusCode).toBe(200)
  }
})

test('a reply sent as a form is posted; one that is refused comes back with its words', async () => {
  const topic = await topicOf(ada)
  const sent = await bo.post(
    `/topics/${topic.id}`,
    new URLSearchParams({ body: 'By form', parent: topic.thread[0]?.id ?? '' }),
  )
  expect([sent.statusCode, sent.headers.location]).toEqual([303, `/topics/${topic.id}#post-2`])

  const refused = await bo.post(
    `/topics/${topic.id}`,
    new URLSearchParams({ body: 'Kept <b>words</b>', parent: 'nobody' }),
  )
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('Kept &lt;b&gt;words&lt;/b&gt;')
})

test('a topic started as a form leads to the topic; a visitor is sent to sign in', async () => {
  const { slug } = await pageOf(ada)
  const sent = await ada.post(`/wiki/${slug}/discuss`, new URLSearchParams({ title: 'Formal', body: 'Words' }))
  expect(sent.statusCode).toBe(303)
  expect((await visitor(wiki).get(String(sent.headers.location))).body).toContain('Formal')
  expect((await visitor(wiki).get(`/wiki/${slug}/discuss`)).body).toContain('/sign-in?next=')
  expect(
    (await visitor(wiki).post(`/wiki/${slug}/discuss`, new URLSearchParams({ title: 'a', body: 'b' }))).statusCode,
  ).toBe(401)
})

test('a forum without boards says so', async () => {
  const bare = await freshWiki()
  expect((await visitor(bare).get('/forum')).body).toContain('There is no board yet')
})
