import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { visitor } from '../support/people.ts'
import { oak, rewrite, told } from './told.ts'

test('a page is complete without JavaScript: title, contents, text, licence, authors', async () => {
  const { wiki } = await told()
  const { statusCode, headers, body } = await visitor(wiki).get('/wiki/Oak')
  expect(statusCode).toBe(200)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(body).toContain('<h1 lang="en" dir="ltr">Oak</h1>')
  expect(body).toMatch(/href="#where-it-grows"/i)
  expect(body).toContain('Some live for a thousand years.')
  expect(body).toContain('creativecommons.org/licenses/by-sa/4.0/')
  expect(body).toContain('Ada')
  expect(body).toContain('/new?title=The%20elm')
})

test('no page carries script or style in itself, and its policy forbids both', async () => {
  const { ada, page } = await told()
  for (const path of [
    '/',
    '/pages',
    '/changes',
    '/wiki/Oak',
    '/wiki/Oak/history',
    '/wiki/Oak/edit',
    '/new',
    '/nowhere',
    `/p/${page.id}`,
  ]) {
    const { headers, body } = await ada.get(path)
    expect(headers['content-security-policy'], path).toContain("default-src 'self'")
    expect(headers['content-security-policy'], path).not.toContain('unsafe')
    expect(body, path).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i)
    expect(body, path).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)/)
  }
})

test('a reader who has the page already is told so', async () => {
  const { wiki, ada } = await told()
  for (const reader of [visitor(wiki), ada]) {
    const first = await reader.get('/wiki/Oak')
    const etag = String(first.headers['etag'])
    const again = await reader.get('/wiki/Oak', { 'if-none-match': etag })
    expect(again.statusCode).toBe(304)
    expect(again.body).toBe('')
  }
})

test('what is published, renamed or deleted shows on the very next request', async () => {
  const story = await told()
  const { wiki, ada, mo, page } = story
  const reader = visitor(wiki)
  const first = await reader.get('/wiki/Oak')
  await rewrite(story, ada, `${oak}\nAnd acorns.`)
  const second = await reader.get('/wiki/Oak', { 'if-none-match': String(first.headers['etag']) })
  expect(second.statusCode).toBe(200)
  expect(second.body).toContain('And acorns.')
  await wiki.pages.rename(ada.person, page.id, { title: 'The great oak' })
  expect((await reader.get('/wiki/Oak')).body).toContain('>The great oak</h1>')
  await wiki.pages.remove(mo.person, page.id)
  expect((await reader.get('/wiki/Oak')).statusCode).toBe(410)
})

test('a link to a page follows it wherever it moves, also in a page that was kept', async () => {
  const story = await told()
  const { wiki, ada } = story
  const elm = await wiki.revisions.startPage(ada.person, { title: 'The elm', language: 'en' })
  await rewrite({ ...story, page: elm }, ada, 'An elm.')
  expect((await visitor(wiki).get('/wiki/Oak')).body).toContain('href="/wiki/The-elm"')
  await wiki.pages.rename(ada.person, elm.id, { slug: 'Elms' })
  expect((await visitor(wiki).get('/wiki/Oak')).body).not.toContain('href="/wiki/The-elm"')
})

test('every form of compression holds the same page', async () => {
  const { wiki } = await told()
  const reader = visitor(wiki)
  const plain = await reader.get('/wiki/Oak')
  const br = await reader.get('/wiki/Oak', { 'accept-encoding': 'gzip, br' })
  const gz = await reader.get('/wiki/Oak', { 'accept-encoding': 'gzip, br;q=0' })
  expect(br.headers['content-encoding']).toBe('br')
  expect(gz.headers['content-encoding']).toBe('gzip')
  expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body)
  expect(gunzipSync(gz.rawPayload).toString()).toBe(plain.body)
  expect(br.headers['etag']).not.toBe(plain.headers['etag'])
})

test('an old address leads to the new one for good, a permanent one to wherever the page is', async () => {
  const { wiki, ada, page } = await told()
  await wiki.pages.rename(ada.person, page.id, { slug: 'Eiche' })
  const reader = visitor(wiki)
  const old = await reader.get('/wiki/Oak?revision=1')
  expect(old.statusCode).toBe(301)
  expect(old.headers['location']).toBe('/wiki/Eiche?revision=1')
  for (const face of ['history', 'edit', 'compare', 'discuss'])
    expect((await ada.get(`/wiki/Oak/${face}`)).headers['location'], face).toBe(`/wiki/Eiche/${face}`)
  expect((await reader.get(`/p/${page.id}`)).headers['location']).toBe('/wiki/Eiche')
})

test('a deleted page says so and leads to its history; a missing one leads to where it can be written', async () => {
  const { wiki, ada, mo, page } = await told()
  await wiki.pages.remove(mo.person, page.id)
  const gone = await visitor(wiki).get('/wiki/Oak')
  expect(gone.statusCode).toBe(410)
  expect(gone.body).toContain('href="/wiki/Oak/history"')
  const history = await visitor(wiki).get('/wiki/Oak/history')
  expect(history.statusCode).toBe(200)
  expect(history.body).toContain('A start')
  const missing = await ada.get('/wiki/No-such')
  expect(missing.statusCode).toBe(404)
  expect(missing.body).toContain('/new?title=No%20such')
})

test('a draft that was never published is not shown to readers', async () => {
  const { wiki, ada } = await told()
  const draft = await wiki.revisions.startPage(ada.person, { title: 'Secret plans', language: 'en' })
  const { statusCode, body } = await visitor(wiki).get(`/wiki/${draft.slug}`)
  expect(statusCode).toBe(404)
  expect(body).toContain(`/wiki/${draft.slug}/edit`)
})

test('a text runs in the direction of its language, the interface in that of its own', async () => {
  const { wiki, ada } = await told()
  const page = await wiki.revisions.startPage(ada.person, { title: 'شجرة', language: 'ar' })
  await rewrite({ wiki, ada, mo: ada, page }, ada, 'البلوط شجرة.')
  const address = `/wiki/${encodeURIComponent(page.slug)}`
  const english = await visitor(wiki).get(address)
  expect(english.body).toContain('<html lang="en" dir="ltr"')
  expect(english.body).toContain('<h1 lang="ar" dir="rtl">شجرة</h1>')
  const arabic = await visitor(wiki).get('/wiki/Oak', { cookie: 'language=ar' })
  expect(arabic.body).toContain('<html lang="ar" dir="rtl"')
  expect(arabic.body).toContain('<h1 lang="en" dir="ltr">Oak</h1>')
})

test('readers with other choices never get each other’s page', async () => {
  const { wiki, ada } = await told()
  const reader = visitor(wiki)
  expect((await reader.get('/wiki/Oak')).body).not.toContain('data-theme')
  expect((await reader.get('/wiki/Oak', { cookie: 'theme=dark' })).body).toContain('data-theme="dark"')
  expect((await ada.get('/wiki/Oak')).body).toContain('action="/sign-out"')
  const after = await reader.get('/wiki/Oak')
  expect(after.body).not.toContain('action="/sign-out"')
  expect(after.body).not.toContain('data-theme')
})

test('choosing a language or a theme brings the reader back, and never to another site', async () => {
  const { wiki } = await told()
  const reader = visitor(wiki)
  const chosen = await reader.post(
    '/preferences',
    new URLSearchParams({ language: 'fr', back: '/wiki/Oak?revision=1' }),
  )
  expect(chosen.statusCode).toBe(303)
  expect(chosen.headers['location']).toBe('/wiki/Oak?revision=1')
  expect(String(chosen.headers['set-cookie'])).toContain('language=fr')
  for (const back of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
  ])
    expect((await reader.post('/preferences', new URLSearchParams({ theme: 'dark', back }))).headers['location']).toBe(
      '/',
    )
})

test('a visitor who reads again in the same words gets the same safe headers', async () => {
  const story = await told()
  const reader = visitor(story.wiki)
  const first = await reader.get('/wiki/Oak')
  const second = await reader.get('/wiki/Oak')
  const { date: _first, ...before } = first.headers
  const { date: _second, ...after } = second.headers
  expect(after).toEqual(before)
  expect(second.body).toBe(first.body)
  await rewrite(story, story.ada, 'Another text.')
  expect((await reader.get('/wiki/Oak')).body).toContain('Another text.')
})
