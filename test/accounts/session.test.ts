import { expect, test } from 'vitest'
import { as, caller, originOf, password, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

const cookieOf = (answer: { headers: Record<string, unknown> }) => String(answer.headers['set-cookie'])
const secretIn = (answer: { headers: Record<string, unknown> }) => cookieOf(answer).split(';')[0] ?? ''

test('somebody signs up, signs in, is known, and signs out', async () => {
  const wiki = await freshWiki({ SIGN_UP: 'open' })
  const fields = { handle: 'ada', name: 'Ada Lovelace', email: 'ada@example.org', password: 'a long password' }
  const made = await visitor(wiki).post('/api/v1/people', fields)
  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({ handle: 'ada', name: 'Ada Lovelace', role: 'member', state: 'active' })

  const signedIn = await visitor(wiki).post('/api/v1/session', {
    login: 'Ada@Example.org',
    password: 'a long password',
  })
  expect(signedIn.statusCode).toBe(200)
  const ada = caller(wiki, { cookie: secretIn(signedIn), origin: originOf(wiki) })
  expect((await ada.get('/api/v1/session')).json()).toMatchObject({ person: { handle: 'ada' } })

  expect((await ada.delete('/api/v1/session')).statusCode).toBe(204)
  expect((await ada.get('/api/v1/session')).json()).toEqual({ person: null })
})

test('a session cookie is out of reach for scripts and other sites, and stays on its host', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  const cookie = cookieOf(await visitor(wiki).post('/api/v1/session', { login: 'ada', password }))
  expect(cookie).toMatch(/^session=/)
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(cookie).not.toMatch(/Domain|Secure/)
})

test('behind https the cookie is Secure and cannot be set by a neighbouring host', async () => {
  const wiki = await freshWiki({ PUBLIC_URL: 'https://wiki.example' })
  await as(wiki, 'member', { handle: 'ada' })
  const cookie = cookieOf(await visitor(wiki).post('/api/v1/session', { login: 'ada', password }))
  expect(cookie).toMatch(/^__Host-session=.*Path=\/.*Secure/)
})

test('the database keeps no secret of a session or a token', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { secret } = await ada.token(['read'])
  const rows = JSON.stringify([
    await wiki.db.read.selectFrom('sessions').selectAll().execute(),
    await wiki.db.read.selectFrom('tokens').selectAll().execute(),
  ])
  expect(rows).not.toContain(secret)
  expect(rows).not.toContain(ada.cookie.split('=')[1])
})

test('signing in again gives a new secret and ends the session it replaces', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { handle: 'ada' })
  const again = await ada.post('/api/v1/session', { login: 'ada', password })
  expect(secretIn(again)).not.toBe(ada.cookie)
  expect((await ada.get('/api/v1/session')).json()).toEqual({ person: null })
})

test('a wrong password and an unknown login are refused in the same words', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  const wrong = await visitor(wiki).post('/api/v1/session', { login: 'ada', password: 'not this one' })
  const unknown = await visitor(wiki).post('/api/v1/session', { login: 'nobody', password: 'not this one' })
  expect(wrong.statusCode).toBe(401)
  expect(unknown.json()).toEqual(wrong.json())
  expect(wrong.json().code).toBe('accounts/wrong-login')
})

test('a changed password ends every other session, and the old one opens nothing', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { handle: 'ada' })
  const phone = await visitor(wiki).post('/api/v1/session', { login: 'ada', password })
  const changed = await ada.put('/api/v1/password', { current: password, password: 'another long one' })
  expect(changed.statusCode).toBe(204)

  const here = caller(wiki, { cookie: secretIn(changed) })
  expect((await here.get('/api/v1/session')).json().person.handle).toBe('ada')
  const there = caller(wiki, { cookie: secretIn(phone) })
  expect((await there.get('/api/v1/session')).json()).toEqual({ person: null })
  expect((await visitor(wiki).post('/api/v1/session', { login: 'ada', password })).statusCode).toBe(401)
})

test('nobody changes a password without knowing the present one', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const refused = await ada.put('/api/v1/password', { current: 'a guess', password: 'another long one' })
  expect(refused.statusCode).toBe(422)
  expect(refused.json().details.fields).toEqual({ current: 'accounts/wrong-password' })
})

test('signing out everywhere ends all sessions and tells open editors', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { handle: 'ada' })
  const told: unknown[] = []
  wiki.events.after('rights changed', happening => told.push(happening))
  const phone = await visitor(wiki).post('/api/v1/session', { login: 'ada', password })
  await ada.delete('/api/v1/session?everywhere=true')
  const there = caller(wiki, { cookie: secretIn(phone) })
  expect((await there.get('/api/v1/session')).json()).toEqual({ person: null })
  expect(told).toEqual([{ personId: ada.person.id }])
})

test('a session ends after thirty days without a visit', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const month = 31 * 24 * 3600_000
  await wiki.db.write(async tx => {
    await tx
      .updateTable('sessions')
      .set({ expires_at: Date.now() - 1, seen_at: Date.now() - month })
      .execute()
  })
  expect((await ada.get('/api/v1/session')).json()).toEqual({ person: null })
})

test('imported people cannot sign in, whatever the password', async () => {
  const wiki = await freshWiki()
  await wiki.db.write(tx => wiki.accounts.people.addImported(tx, { name: 'Ada' }))
  const refused = await visitor(wiki).post('/api/v1/session', { login: 'Ada', password: '' })
  expect(refused.json().code).toBe('accounts/wrong-login')
})
