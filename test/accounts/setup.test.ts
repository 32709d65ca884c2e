import { expect, test } from 'vitest'
import { assemble } from '../../server/app.ts'
import { as, caller, originOf, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

const keyOf = (wiki: FreshWiki) => new URL(wiki.site.setupLink('http://x') ?? '').searchParams.get('key') ?? ''
const filled = (key: string, more: [string, string][] = []) =>
  new URLSearchParams([
    ['key', key],
    ['site-name', 'Open Education Community'],
    ['site-languages', 'en'],
    ['site-languages', 'ar'],
    ['language', 'ar'],
    ['licence', 'CC-BY-4.0'],
    ['signUp', 'open'],
    ['handle', 'amina'],
    ['name', 'أمينة'],
    ['email', 'amina@example.org'],
    ['password', 'a long password'],
    ...more,
  ])

test('setup names the wiki, chooses for it, and signs its first administrator in', async () => {
  const wiki = await freshWiki()
  const shown = await visitor(wiki).get(`/setup?key=${keyOf(wiki)}`)
  expect(shown.statusCode).toBe(200)
  expect(shown.body).toMatch(/value="approval" required checked/)
  const answer = await visitor(wiki).post('/setup', filled(keyOf(wiki)))
  expect(answer.headers.location).toBe('/')
  expect(wiki.site.choices()).toEqual({
    name: 'Open Education Community',
    languages: ['ar', 'en'],
    licence: 'CC-BY-4.0',
    signUp: 'open',
  })
  const amina = caller(wiki, { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' })
  expect((await amina.get('/api/v1/session')).json().person).toMatchObject({ name: 'أمينة', role: 'administrator' })
})

test('the setup link holds over restarts until it has been used, and is void from then on', async () => {
  const wiki = await freshWiki()
  const key = keyOf(wiki)
  const restarted = await assemble(wiki.config, wiki.db)
  expect(restarted.site.setupLink('http://x')).toBe(`http://x/setup?key=${key}`)
  await restarted.http.close()

  await visitor(wiki).post('/setup', filled(key))
  expect(wiki.site.setupLink('http://x')).toBeNull()
  expect((await visitor(wiki).get(`/setup?key=${key}`)).statusCode).toBe(410)
  expect((await visitor(wiki).post('/setup', filled(key))).statusCode).toBe(410)
})

test('without the key there is no setup', async () => {
  const wiki = await freshWiki()
  expect((await visitor(wiki).get('/setup')).statusCode).toBe(404)
  expect((await visitor(wiki).post('/setup', filled('guessed'))).statusCode).toBe(404)
  expect(wiki.site.isSetUp()).toBe(false)
})

test('a refused setup changes nothing and shows everything that was chosen', async () => {
  const wiki = await freshWiki()
  const answer = await visitor(wiki).post(
    '/setup',
    filled(keyOf(wiki), [
      ['email', 'nowhere'],
      ['licence', 'CC0-1.0'],
    ]),
  )
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('value="Open Education Community"')
  expect(answer.body).toMatch(/value="CC0-1.0" required checked/)
  expect(answer.body).toMatch(/value="ar"\s+checked/)
  expect(answer.body).not.toContain('a long password')
  expect(wiki.site.isSetUp()).toBe(false)
  expect((await visitor(wiki).get('/api/v1/people/amina')).statusCode).toBe(404)
})

test('a wiki takes only a free licence, known languages and a real name', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'administrator')
  for (const body of [
    { licence: 'all-rights-reserved' },
    { licence: 'nonsense' },
    { languages: [] },
    { languages: ['en', 'en'] },
    { languages: ['not a language'] },
    { name: '\u202e' },
    { name: ' ' },
  ])
    expect((await boss.patch('/api/v1/site', body)).statusCode).toBe(422)
  const changed = await boss.patch('/api/v1/site', { name: '维基', languages: ['zh', 'en'], signUp: 'closed' })
  expect(changed.json()).toMatchObject({ name: '维基', languages: ['zh', 'en'], signUp: 'closed' })
  expect((await visitor(wiki).get('/sign-in')).body).toContain('维基')
})

test('SIGN_UP overrules what was chosen', async () => {
  const wiki = await freshWiki({ SIGN_UP: 'closed' })
  await visitor(wiki).post('/setup', filled(keyOf(wiki)))
  expect(wiki.site.signUp()).toBe('closed')
  expect((await caller(wiki, { origin: originOf(wiki) }).get('/api/v1/site')).json().signUp).toBe('closed')
})
