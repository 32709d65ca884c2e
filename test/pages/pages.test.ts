import { expect, test } from 'vitest'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { type PageReply, starts } from '../revisions/writers.ts'

interface Refused {
  code: string
  details?: Record<string, unknown>
}

async function wikiWithAda() {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const at = async (slug: string) =>
    (await visitor(wiki).get(`/api/v1/pages?slug=${encodeURIComponent(slug)}`)).json<{ pages: PageReply[] }>().pages
  return { wiki, ada, at }
}

test.each([
  ['إعلان باريس', 'إعلان-باريس'],
  ['Как это работает?', 'Как-это-работает'],
  ['版权和维护', '版权和维护'],
  ['  Oak   tree  ', 'Oak-tree'],
  ['C/C++ & Rust', 'C-C-Rust'],
  ['Don’t panic', 'Dont-panic'],
  ['???', 'page'],
  ['Edit', 'Edit-page'],
  ['../../etc/passwd', 'etc-passwd'],
  ['<script>alert(1)</script>', 'script-alert-1-script'],
])('the title %s makes the address %s', async (title, slug) => {
  const { ada } = await wikiWithAda()
  expect((await ada.post('/api/v1/pages', { title })).json()).toMatchObject({ slug })
})

test('two pages may have one title, never one address', async () => {
  const { ada } = await wikiWithAda()
  const slugs = []
  for (let times = 0; times < 3; times++) slugs.push((await starts(ada, 'Oak', 'x')).slug)
  expect(slugs).toEqual(['Oak', 'Oak-2', 'Oak-3'])
  const taken = await ada.post('/api/v1/pages', { title: 'Another', slug: 'OAK' })
  expect([taken.statusCode, taken.json<Refused>().code]).toEqual([409, 'pages/slug-taken'])
})

test('a long title makes an address that ends at a whole character', async () => {
  const { ada, at } = await wikiWithAda()
  const { slug } = (await ada.post('/api/v1/pages', { title: '👨‍👩‍👧 ' + 'أَ'.repeat(120) })).json<PageReply>()
  expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(240)
  expect(slug.endsWith('أَ')).toBe(true)
  expect(await at(slug)).toHaveLength(1)
})

test('an address is found whatever its case or form', async () => {
  const { ada, at } = await wikiWithAda()
  const { id } = await starts(ada, 'Été Straße', 'x')
  for (const slug of ['Été-Straße', 'été-strasse', 'E\u0301te\u0301-STRASSE'])
    expect((await at(slug)).map(page => page.id)).toEqual([id])
})

test('an old address leads to the page until another lives there', async () => {
  const { ada, at } = await wikiWithAda()
  const oak = await starts(ada, 'Oak', 'x')
  const renamed = await ada.patch(`/api/v1/pages/${oak.id}`, { title: 'Oaks', slug: 'Oaks' })
  expect([renamed.statusCode, renamed.json<PageReply>().slug]).toEqual([200, 'Oaks'])
  expect(await at('Oak')).toMatchObject([{ id: oak.id, slug: 'Oaks' }])
  const other = (await ada.post('/api/v1/pages', { title: 'Oak (wood)', slug: 'Oak' })).json<PageReply>()
  expect(await at('Oak')).toMatchObject([{ id: other.id }])
  await ada.patch(`/api/v1/pages/${other.id}`, { slug: 'Oak-wood' })
  expect(await at('Oak')).toMatchObject([{ id: other.id }])
  await ada.patch(`/api/v1/pages/${oak.id}`, { slug: 'Oak' })
  expect(await at('Oak')).toMatchObject([{ id: oak.id }])
  expect(await at('Oaks')).toMatchObject([{ id: oak.id }])
})

test('a page whose address is free is not made at another page’s old one', async () => {
  const { ada, at } = await wikiWithAda()
  const oak = await starts(ada, 'Oak', 'x')
  await ada.patch(`/api/v1/pages/${oak.id}`, { slug: 'Quercus' })
  expect((await starts(ada, 'Oak', 'y')).slug).toBe('Oak-2')
  expect(await at('Oak')).toMatchObject([{ id: oak.id }])
})

test('links to a page follow when it is renamed, and show when it is gone', async () => {
  const { wiki, ada } = await wikiWithAda()
  const mo = await as(wiki, 'moderator')
  const oak = await starts(ada, 'Oak', 'x')
  const trees = await starts(ada, 'Trees', `See [the oak](/p/${oak.id}) and [[Elm]].`)
  const html = async () => {
    const page = await wiki.pages.byId(trees.id)
    return page && (await wiki.revisions.head(page))?.html
  }
  expect(await html()).toContain('href="/wiki/Oak"')
  await ada.patch(`/api/v1/pages/${oak.id}`, { slug: 'Quercus' })
  expect(await html()).toContain('href="/wiki/Quercus"')
  const before = await wiki.pages.byId(trees.id)
  const elm = await starts(ada, 'Elm', 'y')
  expect((await wiki.pages.byId(trees.id))?.rendering).toBeGreaterThan(before?.rendering ?? 0)
  expect(await html()).toContain(`href="/wiki/${elm.slug}"`)
  await mo.delete(`/api/v1/pages/${elm.id}`)
  expect(await html()).not.toContain(`href="/wiki/${elm.slug}"`)
})

test('a renamed page is found under every title it had', async () => {
  const { wiki, ada } = await wikiWithAda()
  const { id } = await starts(ada, 'Oak', 'x')
  await ada.patch(`/api/v1/pages/${id}`, { title: 'Quercus' })
  const titles = await wiki.db.read.selectFrom('page_titles').select('title').where('page_id', '=', id).execute()
  expect(titles.map(row => row.title)).toEqual(['Oak', 'Quercus'])
})

test('pages are listed by title, a part at a time', async () => {
  const { wiki, ada } = await wikiWithAda()
  for (const title of ['Oak', 'elm', 'Ash', 'Oak', 'Élan']) await starts(ada, title, 'x')
  const seen: string[] = []
  let after = ''
  for (let turns = 0; turns < 9; turns++) {
    const reply = await visitor(wiki).get(`/api/v1/pages?limit=2${after && `&after=${encodeURIComponent(after)}`}`)
    const { pages, next } = reply.json<{ pages: PageReply[]; next: string | null }>()
    seen.push(...pages.map(page => page.title))
    if (next === null) break
    after = next
  }
  expect(seen).toEqual(['Ash', 'elm', 'Oak', 'Oak', 'Élan'])
  const completed = await visitor(wiki).get('/api/v1/pages?title=oA')
  expect(completed.json<{ pages: PageReply[] }>().pages.map(page => page.slug)).toEqual(['Oak', 'Oak-2'])
})

test('who may not, may not; who is nobody, must sign in', async () => {
  const { wiki, ada } = await wikiWithAda()
  const { id } = await starts(ada, 'Oak', 'x')
  const nobody = visitor(wiki)
  const pending = await as(wiki, 'member', { state: 'pending' })
  for (const [someone, status] of [
    [nobody, 401],
    [pending, 403],
  ] as const) {
    expect((await someone.post('/api/v1/pages', { title: 'No' })).statusCode).toBe(status)
    expect((await someone.patch(`/api/v1/pages/${id}`, { title: 'No' })).statusCode).toBe(status)
    expect((await someone.post(`/api/v1/pages/${id}/revisions`, {})).statusCode).toBe(status)
    expect((await someone.post(`/api/v1/pages/${id}/restorations`, { revision: 1 })).statusCode).toBe(status)
    expect((await someone.delete(`/api/v1/pages/${id}`)).statusCode).toBe(status)
  }
  const reader = await ada.token(['read'])
  expect((await reader.get(`/api/v1/pages/${id}`)).statusCode).toBe(200)
  expect((await reader.post('/api/v1/pages', { title: 'No' })).statusCode).toBe(403)
})
