import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { personCommand } from '../../server/accounts/index.ts'
import { as, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

/** Runs `npm run wiki -- person …` within this process. */
async function run(wiki: FreshWiki, args: string[], { typed = '', json = false } = {}) {
  let out = ''
  let err = ''
  const io = {
    stdin: Readable.from([typed]),
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    json,
    folder: '.',
    signal: new AbortController().signal,
  }
  const code = await personCommand.run(args, io, wiki.accounts)
  return { code, out, err }
}

const signsIn = async (wiki: FreshWiki, login: string, password: string) =>
  (await visitor(wiki).post('/api/v1/session', { login, password })).statusCode === 200

test('an administrator made on the command line can sign in, and setup is done with', async () => {
  const wiki = await freshWiki()
  const { code, out } = await run(wiki, ['create', 'amina', '--role', 'administrator'], { typed: 'a long password\n' })
  expect(code).toBe(0)
  expect(out).toContain('amina')
  expect(wiki.site.isSetUp()).toBe(true)
  expect(wiki.site.setupLink('http://x')).toBeNull()
  expect(await signsIn(wiki, 'amina', 'a long password')).toBe(true)
})

test('a closed wiki still takes people from the command line', async () => {
  const wiki = await freshWiki({ SIGN_UP: 'closed' })
  const { out } = await run(wiki, ['create', 'bo', '--name', 'Bo', '--email', 'bo@example.org'], {
    typed: 'a long password',
    json: true,
  })
  expect(JSON.parse(out)).toMatchObject({ handle: 'bo', name: 'Bo', role: 'member', state: 'active' })
  expect(wiki.site.isSetUp()).toBe(false)
})

test('what the wiki refuses from people it refuses here too', async () => {
  const wiki = await freshWiki()
  await expect(run(wiki, ['create', 'amina'], { typed: 'short' })).rejects.toThrow('accounts/password-short')
  await expect(run(wiki, ['create', 'no spaces'], { typed: 'a long password' })).rejects.toThrow('accounts/handle')
  await expect(run(wiki, ['password', 'nobody'], { typed: 'a long password' })).rejects.toThrow('person-not-found')
})

test('a role given on the command line also lets somebody in', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'bo', state: 'pending' })
  expect((await run(wiki, ['role', 'bo', 'moderator'])).code).toBe(0)
  expect(await wiki.accounts.people.requireByHandle('bo')).toMatchObject({ role: 'moderator', state: 'active' })
})

test('the last administrator keeps the role here too', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'administrator', { handle: 'boss' })
  await expect(run(wiki, ['role', 'boss', 'member'])).rejects.toThrow('accounts/last-administrator')
})

test('a new password ends all sessions', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { handle: 'ada' })
  await run(wiki, ['password', 'ada'], { typed: 'a newer password\r\n' })
  expect((await ada.get('/api/v1/session')).json()).toEqual({ person: null })
  expect(await signsIn(wiki, 'ada', 'a newer password')).toBe(true)
})

test('the list shows everybody with an account, and imported people when asked for', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  await wiki.db.write(tx => wiki.accounts.people.addImported(tx, { name: 'Elsewhere' }))
  expect((await run(wiki, ['list'])).out).toMatch(/^ada\tmember\tactive\t.*\n$/)
  expect((await run(wiki, ['list', '--state', 'imported'])).out).toContain('Elsewhere')
})

test.each([
  [['dance']],
  [[]],
  [['create']],
  [['create', 'a', '--role', 'king']],
  [['role', 'a', 'king']],
  [['list', '--what']],
])('%j is not understood', async args => {
  const wiki = await freshWiki()
  expect((await run(wiki, args, { typed: 'a long password' })).code).toBe(2)
})
