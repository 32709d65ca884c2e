import { expect, test } from 'vitest'
import { as, caller, originOf, password, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const ada = { handle: 'ada', name: 'Ada Lovelace', email: 'ada@example.org', password: 'a long password' }
const secretIn = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

test('the form signs in and leads to where the person wanted to go', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  const shown = await visitor(wiki).get('/sign-in?next=/wiki/Oak/edit')
  expect(shown.body).toContain('name="next" value="/wiki/Oak/edit"')
  const answer = await visitor(wiki).post('/sign-in', form({ login: 'ada', password, next: '/wiki/Oak/edit' }))
  expect(answer.statusCode).toBe(303)
  expect(answer.headers.location).toBe('/wiki/Oak/edit')
  const session = await caller(wiki, { cookie: secretIn(answer) }).get('/api/v1/session')
  expect(session.json().person.handle).toBe('ada')
})

test.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'javascript:alert(1)',
  '/\t/x.example',
])('signing in never leads to another site (%s)', async next => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  const answer = await visitor(wiki).post('/sign-in', form({ login: 'ada', password, next }))
  expect(String(answer.headers.location)).toMatch(/^\/(?![/\\])/)
  expect(String(answer.headers.location)).not.toContain('elsewhere')
})

test('a refused sign-in shows the form again with what was typed, but never the password', async () => {
  const wiki = await freshWiki()
  const answer = await visitor(wiki).post(
    '/sign-in',
    form({ login: 'a"d<a', password: 'my secret words', next: '/changes' }),
  )
  expect(answer.statusCode).toBe(401)
  expect(answer.body).toContain('value="a&quot;d&lt;a"')
  expect(answer.body).toContain('role="alert" tabindex="-1" autofocus')
  expect(answer.body).toContain('value="/changes"')
  expect(answer.body).not.toContain('my secret words')
})

test('a refused sign-up names every wrong field and keeps what was typed', async () => {
  const wiki = await freshWiki({ SIGN_UP: 'open' })
  const typed = { handle: 'no spaces', name: 'Ada', email: 'amina@example', password: 'short' }
  const answer = await visitor(wiki).post('/sign-up', form(typed))
  expect(answer.statusCode).toBe(422)
  for (const id of ['handle', 'email', 'password']) expect(answer.body).toContain(`id="${id}-err"`)
  expect(answer.body).not.toContain('id="name-err"')
  expect(answer.body).toContain('Enter a full address, like name@example.org')
  expect(answer.body).toContain('value="no spaces"')
  expect(answer.body).not.toContain('value="short"')
})

test('the form signs up, signs in, and trims what was pasted', async () => {
  const wiki = await freshWiki({ SIGN_UP: 'open' })
  const answer = await visitor(wiki).post('/sign-up', form({ ...ada, handle: ' ada ', next: '/pages' }))
  expect(answer.headers.location).toBe('/pages')
  const session = await caller(wiki, { cookie: secretIn(answer) }).get('/api/v1/session')
  expect(session.json().person).toMatchObject({ handle: 'ada', state: 'active' })
})

test('on approval, a newcomer reads and signs in at once but writes only when let in', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'moderator')
  const answer = await visitor(wiki).post('/sign-up', form(ada))
  const newcomer = caller(wiki, { cookie: secretIn(answer), origin: originOf(wiki) })
  expect((await newcomer.get('/settings')).body).toContain('waiting for approval')
  const token = { name: 'mine', scopes: ['read'] }
  expect((await newcomer.post('/api/v1/tokens', token)).json().code).toBe('http/pending')

  expect((await boss.get('/settings/people')).body).toContain('Ada Lovelace')
  await boss.post('/settings/people/approve', form({ handle: 'ada' }))
  expect((await newcomer.post('/api/v1/tokens', token)).statusCode).toBe(201)
})

test('a newcomer who is turned away is gone, sessions and all', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'moderator')
  const answer = await visitor(wiki).post('/sign-up', form(ada))
  await boss.delete('/api/v1/people/ada')
  expect((await caller(wiki, { cookie: secretIn(answer) }).get('/api/v1/session')).json()).toEqual({ person: null })
  expect((await boss.get('/api/v1/people/ada')).statusCode).toBe(404)
})

test('a closed wiki takes nobody, a wiki by invitation only those with a link', async () => {
  const closed = await freshWiki({ SIGN_UP: 'closed' })
  expect((await visitor(closed).post('/api/v1/people', ada)).json().code).toBe('accounts/sign-up-closed')
  expect((await visitor(closed).get('/sign-up')).body).not.toContain('name="password"')
  const invited = await freshWiki({ SIGN_UP: 'invitation' })
  expect((await visitor(invited).post('/api/v1/people', ada)).json().code).toBe('accounts/invitation-needed')
})

test('an invitation lets one person in with its role, once', async () => {
  const wiki = await freshWiki({ SIGN_UP: 'invitation' })
  const boss = await as(wiki, 'administrator')
  const { path, secret } = (await boss.post('/api/v1/invitations', { role: 'moderator' })).json()
  expect((await visitor(wiki).get(path)).body).toContain(`name="invitation" value="${secret}"`)
  const made = await visitor(wiki).post('/api/v1/people', { ...ada, invitation: secret })
  expect(made.json()).toMatchObject({ role: 'moderator', state: 'active' })
  const again = { ...ada, handle: 'bo', email: 'bo@example.org', invitation: secret }
  expect((await visitor(wiki).post('/api/v1/people', again)).json().code).toBe('accounts/invitation-void')
})

test('a moderator invites members only', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'moderator')
  expect((await boss.post('/api/v1/invitations', {})).json().role).toBe('member')
  expect((await boss.post('/api/v1/invitations', { role: 'moderator' })).statusCode).toBe(403)
})

test('settings are for people: a visitor is led to sign in and back', async () => {
  const wiki = await freshWiki()
  expect((await visitor(wiki).get('/settings')).headers.location).toBe('/sign-in?next=/settings')
})

test('screens speak the language of the cookie, then the person’s, then the browser’s, then the wiki’s', async () => {
  const wiki = await freshWiki()
  const person = await as(wiki, 'member')
  const languageOf = async (headers: Record<string, string>) =>
    /<html lang="(\w+)"/.exec((await person.get('/settings', headers)).body)?.[1]
  expect(await languageOf({})).toBe('en')
  expect(await languageOf({ 'accept-language': 'fr-CH, en;q=0.5' })).toBe('fr')
  await person.post('/settings/profile', form({ name: 'Amina', language: 'ar' }))
  expect(await languageOf({ 'accept-language': 'fr' })).toBe('ar')
  expect(await languageOf({ cookie: `${person.cookie}; language=fr` })).toBe('fr')
})

test('a token made in the settings is shown once and works', async () => {
  const wiki = await freshWiki()
  const person = await as(wiki, 'member')
  const made = await person.post('/settings/tokens', form({ 'token-name': 'backup', scopes: 'read' }))
  const token = /cl_[\w-]+/.exec(made.body)?.[0] ?? ''
  expect((await person.get('/settings')).body).not.toContain(token)
  const program = caller(wiki, { authorization: `Bearer ${token}` })
  expect((await program.get('/api/v1/session')).json().person.id).toBe(person.person.id)
})
