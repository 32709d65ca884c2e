import { expect, test } from 'vitest'
import { parseDocument } from 'htmlparser2'
import { naughtyStrings } from '../support/corpus.ts'
import { as, type Member, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { starts } from './writers.ts'

const both = (id: string) => ['/wiki/Oak/history.atom', `/api/v1/pages/${id}/history.atom`]

const publishes = (who: Member, pageId: string, markdown: string, summary: string) =>
  who.post(`/api/v1/pages/${pageId}/revisions`, { markdown, summary })

type Element = { name: string; attribs: Record<string, string>; children: Element[]; data?: string; type: string }

/** The elements of that name below another one, and the text of one. */
const all = (from: Element, name: string): Element[] =>
  from.children.flatMap(child =>
    child.type === 'tag' ? [...(child.name === name ? [child] : []), ...all(child, name)] : [],
  )
const own = (from: Element, name: string) => from.children.filter(child => child.name === name)
const text = (of: Element | undefined): string =>
  of === undefined ? '' : (of.data ?? of.children.map(child => text(child)).join(''))

function feedIn(body: string): Element {
  const [feed] = all(parseDocument(body, { xmlMode: true }) as unknown as Element, 'feed')
  if (!feed) throw new Error('no feed')
  return feed
}

/** What RFC 4287 asks of a feed and its entries. */
function expectValid(body: string) {
  expect(body).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
  const feed = feedIn(body)
  expect(feed.attribs['xmlns']).toBe('http://www.w3.org/2005/Atom')
  for (const part of [feed, ...own(feed, 'entry')]) {
    for (const name of ['id', 'title', 'updated']) expect(own(part, name), name).toHaveLength(1)
    expect(text(own(part, 'id')[0])).toMatch(/^urn:uuid:[0-9a-f-]{36}(#\S*)?$/)
    expect(text(own(part, 'updated')[0])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    for (const author of own(part, 'author')) expect(text(own(author, 'name')[0])).not.toBe('')
    for (const link of own(part, 'link')) expect(() => new URL(String(link.attribs['href']))).not.toThrow()
  }
  expect(own(feed, 'author')).toHaveLength(1)
  expect(own(feed, 'link').map(link => link.attribs['rel'])).toEqual(expect.arrayContaining(['self', 'alternate']))
  const ids = own(feed, 'entry').map(entry => text(own(entry, 'id')[0]))
  expect(new Set(ids).size).toBe(ids.length)
  return feed
}

test('a history is an Atom feed, at the page and for programs', async () => {
  const wiki = await freshWiki({ PUBLIC_URL: 'https://wiki.example' })
  const ada = await as(wiki, 'member')
  const { id, head } = await starts(ada, 'Oak', 'A tree.')
  await publishes(ada, id, 'A tall tree.', 'How tall <b>it</b> is & more')
  for (const path of both(id)) {
    const { body, headers } = await visitor(wiki).get(path)
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    const feed = expectValid(body)
    const [second, first] = own(feed, 'entry')
    expect(text(own(second as Element, 'title')[0])).toBe('Revision 2: How tall <b>it</b> is & more')
    expect(text(own(first as Element, 'id')[0])).toBe(`urn:uuid:${head?.id}`)
    expect(own(feed, 'link').find(({ attribs }) => attribs['rel'] === 'self')?.attribs['href']).toBe(
      `https://wiki.example${path}`,
    )
    expect(own(second as Element, 'link')[0]?.attribs['href']).toBe('https://wiki.example/wiki/Oak/compare?from=1&to=2')
  }
})

test('hostile titles, names and summaries make a valid feed', async () => {
  const wiki = await freshWiki()
  const eve = await as(wiki, 'member', { name: 'Eve ]]> <name/>' })
  const { id } = await starts(eve, 'Oak', 'Text.')
  const strings = [
    '\u0001\u0008\u000b\ufffe\uffff',
    ']]><entry>',
    '&#0;&lt;',
    '\u{1f333}',
    ...naughtyStrings().filter((_, at) => at % 40 === 0),
  ]
  for (const [at, summary] of strings.entries()) await publishes(eve, id, `Text ${at}.`, summary.slice(0, 200))
  await eve.patch(`/api/v1/pages/${id}`, { title: 'Oak <!-- & ]]>' })
  const page = (await visitor(wiki).get(`/api/v1/pages/${id}`)).json<{ slug: string }>()
  for (const path of [`/wiki/${encodeURIComponent(page.slug)}/history.atom`, `/api/v1/pages/${id}/history.atom`])
    expectValid((await visitor(wiki).get(path)).body)
})

test('a feed that has not changed is not sent again; a new revision, a filter and a suppression change it', async () => {
  const wiki = await freshWiki()
  const [ada, mo] = [await as(wiki, 'member'), await as(wiki, 'moderator')]
  const { id } = await starts(ada, 'Oak', 'A tree.')
  for (const path of both(id)) {
    const get = (headers: Record<string, string>) => visitor(wiki).get(path, headers)
    const first = await get({})
    const [etag, modified] = [String(first.headers['etag']), String(first.headers['last-modified'])]
    expect((await get({ 'if-none-match': etag })).statusCode).toBe(304)
    expect((await get({ 'if-none-match': `"other", ${etag}` })).body).toBe('')
    expect((await get({ 'if-modified-since': modified })).statusCode).toBe(304)
    expect((await get({ 'if-modified-since': new Date(0).toUTCString() })).statusCode).toBe(200)
    await publishes(ada, id, `A tree, ${path}.`, 'More')
    const second = await get({ 'if-none-match': etag })
    expect(second.statusCode).toBe(200)
    const { number } = await wiki.revisions.byNumber((await wiki.pages.byId(id))!, 1)
    await mo.put(`/api/v1/pages/${id}/revisions/${number}/suppression`, { hidden: ['author'], reason: path })
    await mo.put(`/api/v1/pages/${id}/revisions/${number}/suppression`, { hidden: ['summary'], reason: path })
    expect((await get({ 'if-none-match': String(second.headers['etag']) })).statusCode).toBe(200)
  }
})

test('a feed takes the same filters as the history, and leads to its older part', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'Text 1.')
  for (const number of [2, 3, 4]) await publishes(ada, id, `Text ${number}.`, number === 3 ? '' : 'More')
  const titles = (body: string) => own(feedIn(body), 'entry').map(entry => text(own(entry, 'title')[0]))
  const first = (await visitor(wiki).get(`/api/v1/pages/${id}/history.atom?limit=2`)).body
  expect(titles(first)).toEqual(['Revision 4: More', 'Revision 3'])
  const next = own(feedIn(first), 'link').find(({ attribs }) => attribs['rel'] === 'next')?.attribs['href']
  const { pathname, search } = new URL(String(next))
  expect(titles((await visitor(wiki).get(pathname + search)).body)).toEqual(['Revision 2: More', 'Revision 1'])
  const filtered = (await visitor(wiki).get('/wiki/Oak/history.atom?tag=new')).body
  expect(titles(filtered)).toEqual(['Revision 1'])
  expectValid(filtered)
  expect((await visitor(wiki).get(`/api/v1/pages/${id}/history.atom?tag=nonsense`)).statusCode).toBe(400)
  expect((await visitor(wiki).get('/wiki/Nothing/history.atom')).statusCode).toBe(404)
})
