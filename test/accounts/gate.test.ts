import { expect, test } from 'vitest'
import { as, caller, host } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

test('a cookie counts only when the request comes from our own pages', async () => {
  const wiki = await freshWiki()
  const { cookie } = await as(wiki, 'member')
  const from = (headers: Record<string, string>) =>
    caller(wiki, { cookie, ...headers }).post('/api/v1/tokens', { name: 'mine', scopes: ['read'] })
  for (const headers of [
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: `http://${host}.elsewhere.example` },
    { origin: `http://${host}:8080` },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
  ]) {
    const refused = await from(headers)
    expect(refused.statusCode).toBe(403)
    expect(refused.json().code).toBe('http/foreign-origin')
  }
  expect((await from({ origin: `http://${host}` })).statusCode).toBe(201)
})

test('without an Origin a cookie counts only for what another site cannot send unasked', async () => {
  const wiki = await freshWiki()
  const { cookie } = await as(wiki, 'member')
  const program = caller(wiki, { cookie })
  expect((await program.post('/api/v1/tokens', { name: 'mine', scopes: ['read'] })).statusCode).toBe(201)
  expect((await program.post('/sign-out', new URLSearchParams())).statusCode).toBe(403)
  expect((await program.post('/sign-out')).statusCode).toBe(403)
})

test('with a public address, only that one is our own', async () => {
  const wiki = await freshWiki({ PUBLIC_URL: 'https://wiki.example' })
  const { cookie } = await as(wiki, 'member')
  const from = (origin: string) =>
    caller(wiki, { cookie, origin }).post('/api/v1/tokens', { name: 'mine', scopes: ['read'] })
  expect((await from(`http://${host}`)).statusCode).toBe(403)
  expect((await from('https://wiki.example')).statusCode).toBe(201)
})

test('another site cannot sign a visitor in', async () => {
  const wiki = await freshWiki()
  const refused = await caller(wiki, { origin: 'https://elsewhere.example' }).post('/api/v1/session', {
    login: 'ada',
    password: 'whatever it is',
  })
  expect(refused.json().code).toBe('http/foreign-origin')
})

test('a token needs no Origin, and works for its scopes only', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const reading = await ada.token(['read'])
  expect((await reading.get('/api/v1/session')).json().person.id).toBe(ada.person.id)
  const refused = await reading.post('/api/v1/tokens', { name: 'more', scopes: ['admin'] })
  expect(refused.statusCode).toBe(403)
  expect(refused.json().code).toBe('http/scope')
  const ruling = await ada.token(['admin'])
  expect((await ruling.post('/api/v1/tokens', { name: 'more', scopes: ['read'] })).statusCode).toBe(201)
})

test('a revoked or invented token is refused, also where nobody need be signed in', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const token = await ada.token(['read'])
  const [made] = (await ada.get('/api/v1/tokens')).json().tokens
  expect((await ada.delete(`/api/v1/tokens/${made.id}`)).statusCode).toBe(204)
  expect((await token.get('/api/v1/session')).json().code).toBe('accounts/bad-token')
  const invented = await caller(wiki, { authorization: 'Bearer cl_invented' }).get('/health')
  expect(invented.statusCode).toBe(401)
})

test('nobody revokes the token of somebody else', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const bo = await as(wiki, 'administrator')
  await ada.token(['read'])
  const [made] = (await ada.get('/api/v1/tokens')).json().tokens
  expect((await bo.delete(`/api/v1/tokens/${made.id}`)).statusCode).toBe(404)
})

test('an address that leads nowhere says so, to programs and people', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  expect((await ada.get('/api/v1/nothing')).json().code).toBe('http/not-found')
  expect((await ada.post('/api/v1/nothing', {})).statusCode).toBe(404)
})
