import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundList } from '../../shared/search/contract.ts'
import { corpus, corpusText } from '../support/corpus.ts'
import { as, type Caller, type Member, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

let wiki: FreshWiki
let member: Member
let reader: Caller

beforeAll(async () => {
  wiki = await freshWiki()
  member = await as(wiki, 'member')
  reader = visitor(wiki)
  for (const language of readdirSync(join(corpus, 'translations/opensource-guide')))
    for (const file of readdirSync(join(corpus, 'translations/opensource-guide', language))) {
      const text = corpusText(`translations/opensource-guide/${language}/${file}`)
      const title = /^title: *(.*)$/m.exec(text)?.[1] ?? file
      const markdown = text.replace(/^---\n[^]*?\n---\n/, '')
      const slug = `${language}-${file.replace('.md', '')}`
      const made = await member.post('/api/v1/pages', {
        title,
        language: tag(language),
        slug,
        markdown,
        summary: 'From the guides',
      })
      expect(made.statusCode, made.body).toBe(201)
    }
}, 120_000)
afterAll(() => wiki.close())

const tag = (language: string) => (language === 'zh-hans' ? 'zh-Hans' : language)

async function find(q: string, limit = 10): Promise<FoundList> {
  const reply = await reader.get(`/api/v1/search?q=${encodeURIComponent(q)}&limit=${limit}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<FoundList>()
}

const slugs = async (q: string) =>
  (await find(q)).results.map(found => decodeURIComponent(found.address).slice('/wiki/'.length))

/** A query, the page that must be among the first three, and why it is hard. */
const named: [query: string, page: string, why: string][] = [
  ['版权', 'zh-hans-legal', 'Chinese has no spaces'],
  ['维护者最佳实践', 'zh-hans-best-practices', 'a title of several words run together'],
  ['行为准则', 'zh-hans-code-of-conduct', 'Chinese, two words'],
  ['مدونة السلوك', 'ar-code-of-conduct', 'the title is written with vowel signs'],
  ['مُدَوَّنَة سُلُوك', 'ar-code-of-conduct', 'vowel signs in the query, and no article'],
  ['قيادة', 'ar-leadership-and-governance', 'the text has the article, the query has none'],
  ['القياده والحوكمه', 'ar-leadership-and-governance', 'ه for ة'],
  ['افضل ممارسات الامان', 'ar-security-best-practices-for-your-project', 'ا for أ'],
  ['مقاييس', 'ar-metrics', 'an Arabic title word'],
  ['лицензией', 'ru-legal', 'another case of a Russian noun'],
  ['юридический аспект', 'ru-legal', 'singular for plural'],
  ['кодексы поведения', 'ru-code-of-conduct', 'plural for singular'],
  ['получение денег', 'ru-getting-paid', 'a Russian title'],
  ['metriques', 'fr-metrics', 'French without its accents'],
  ['communauté accueillante', 'fr-building-community', 'singular for plural'],
  ['code de conduite', 'fr-code-of-conduct', 'French with a stop word'],
  ['LEADERSHIP GOVERNANCE', 'en-leadership-and-governance', 'capitals'],
  ['contributing open source', 'en-how-to-contribute', 'another form of the verb'],
  ['comunidad de bienvenida', 'es-building-community', 'singular for plural'],
  ['código de conducta', 'es-code-of-conduct', 'accents in the query'],
]

describe('each of twenty named queries finds its article among the first three', () => {
  test.each(named)('%s finds %s: %s', async (query, page) => {
    expect((await slugs(query)).slice(0, 3)).toContain(page)
  })
})

test('维护 finds the articles for maintainers', async () => {
  expect(await slugs('维护')).toEqual(
    expect.arrayContaining(['zh-hans-best-practices', 'zh-hans-maintaining-balance-for-open-source-maintainers']),
  )
})

test('a single Chinese character finds words that begin and end with it', async () => {
  expect((await find('权')).total).toBeGreaterThan(0)
  expect((await find('版')).total).toBeGreaterThan(0)
})

test('ё and е are one letter', async () => {
  await member.post('/api/v1/pages', { title: 'Зелёный учебник', language: 'ru', markdown: 'Всё об учебниках.' })
  expect(await slugs('зеленые учебники')).toHaveLength(1)
  expect(await slugs('зелёный')).toHaveLength(1)
})

test('a quotation finds the words side by side only', async () => {
  await member.post('/api/v1/pages', {
    title: 'Quoted',
    language: 'en',
    markdown: 'The ministry paid twice for schoolbooks.',
  })
  expect(await slugs('"paid twice for"')).toEqual(['Quoted'])
  expect(await slugs('"twice paid"')).not.toContain('Quoted')
})

test('the last word may still be being typed', async () => {
  expect(await slugs('schoolb')).toEqual(['Quoted'])
})

test('a page is found by a title it had before', async () => {
  const made = await member.post('/api/v1/pages', { title: 'Zebrafinch', language: 'en', markdown: 'A bird.' })
  const { id } = made.json<{ id: string }>()
  await member.patch(`/api/v1/pages/${id}`, { title: 'A small bird' })
  expect((await find('zebrafinch')).results.map(found => found.id)).toEqual([id])
})

test('what a page says no longer is not found, and a deleted page is not', async () => {
  const moderator = await as(wiki, 'moderator')
  const made = await member.post('/api/v1/pages', { title: 'Ephemera', language: 'en', markdown: 'Quokka.' })
  const { id } = made.json<{ id: string }>()
  await member.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Numbat.', base: 1, summary: '' })
  expect((await find('quokka')).total).toBe(0)
  expect((await find('numbat')).results.map(found => found.id)).toEqual([id])
  await moderator.delete(`/api/v1/pages/${id}`)
  expect((await find('numbat')).total).toBe(0)
})

test('posts are found, with a link to the post', async () => {
  const made = await member.post('/api/v1/boards', {})
  expect(made.statusCode).toBe(404)
  const page = await member.post('/api/v1/pages', { title: 'Talked about', language: 'en', markdown: 'Text.' })
  const { id } = page.json<{ id: string }>()
  const topic = await member.post(`/api/v1/pages/${id}/topics`, { title: 'A question', body: 'About wombats.' })
  const { id: topicId } = topic.json<{ id: string }>()
  await member.post(`/api/v1/topics/${topicId}/posts`, { body: 'Also about **bandicoots**.' })
  expect((await find('bandicoot')).results).toMatchObject([
    { kind: 'post', title: 'A question', address: `/topics/${topicId}#post-2` },
  ])
})

test('the excerpt marks what was looked for, in its own spelling', async () => {
  const [found] = (await find('حقوق النشر')).results
  const marked = found?.excerpt.filter(part => part.match).map(part => part.text)
  expect(marked?.join(' ')).toMatch(/حقوق/)
})

test.each(['', '   ', '"', '*', '(((', 'AND', '-', 'NEAR(', '\u0000', "' OR 1=1 --", '😀', '\ud800', 'a'.repeat(900)])(
  'the query %j is answered',
  async query => {
    const reply = await reader.get(`/api/v1/search?q=${encodeURIComponent(query.toWellFormed())}`)
    expect(reply.statusCode).toBe(200)
  },
)

test('every result is reached by paging, none twice', async () => {
  const seen: string[] = []
  let before = ''
  for (let page = 0; page < 50; page++) {
    const reply = await reader.get(`/api/v1/search?q=project&limit=7${before && `&before=${before}`}`)
    const { results, next } = reply.json<FoundList>()
    seen.push(...results.map(found => found.id))
    if (next === null) break
    before = next
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBe((await find('project', 1)).total)
})
