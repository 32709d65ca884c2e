import { expect, test } from 'vitest'
import { networkOf } from '../../server/http/address.ts'
import { as, host, password } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

const guess = (wiki: FreshWiki, login: string, remoteAddress: string, typed = 'a wrong password') =>
  wiki.http.inject({
    method: 'POST',
    url: '/api/v1/session',
    remoteAddress,
    headers: { host },
    payload: { login, password: typed },
  })

/** Wrong guesses as if somebody had made them just now: hashing a hundred passwords would take seconds. */
async function wrote(wiki: FreshWiki, login: string, address: string, times: number) {
  for (let turn = 0; turn < times; turn++) await wiki.accounts.guesses.begin(login, address, true)
}

test('after ten wrong passwords from one address the next is refused unseen, and says when to try again', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  await wrote(wiki, 'ada', '192.0.2.1', 9)
  expect((await guess(wiki, 'ada', '192.0.2.1')).statusCode).toBe(401)
  const refused = await guess(wiki, 'ada', '192.0.2.1', password)
  expect(refused.statusCode).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(900)
})

test('the same handle in another spelling is the same login', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  await wrote(wiki, 'ada', '192.0.2.1', 10)
  expect((await guess(wiki, ' ADA ', '192.0.2.1')).statusCode).toBe(429)
})

test('many guesses at once cannot slip through together', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  const answers = await Promise.all(Array.from({ length: 14 }, () => guess(wiki, 'ada', '192.0.2.1')))
  expect(answers.filter(answer => answer.statusCode === 401)).toHaveLength(10)
  expect(answers.filter(answer => answer.statusCode === 429)).toHaveLength(4)
})

test('somebody whose login is attacked from everywhere still signs in from an address of their own', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  for (let attacker = 1; attacker <= 34; attacker++) await wrote(wiki, 'ada', `198.51.100.${attacker}`, 3)
  expect((await guess(wiki, 'ada', '198.51.100.1', password)).statusCode).toBe(429)
  expect((await guess(wiki, 'ada', '192.0.2.1', password)).statusCode).toBe(200)
})

test('one address cannot try one password at everybody', async () => {
  const wiki = await freshWiki()
  for (let turn = 0; turn < 100; turn++) await wiki.accounts.guesses.begin(`person-${turn}`, '192.0.2.1', true)
  expect((await guess(wiki, 'ada', '192.0.2.1')).statusCode).toBe(429)
})

test('the right password forgives the wrong ones before it', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  await wrote(wiki, 'ada', '192.0.2.1', 9)
  expect((await guess(wiki, 'ada', '192.0.2.1', password)).statusCode).toBe(200)
  expect((await guess(wiki, 'ada', '192.0.2.1')).statusCode).toBe(401)
})

test('wrong guesses are forgotten after a quarter of an hour', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'ada' })
  await wrote(wiki, 'ada', '192.0.2.1', 10)
  const earlier = Date.now() - 15 * 60_000
  await wiki.db.write(tx => tx.updateTable('guesses').set({ at: earlier }).execute())
  expect((await guess(wiki, 'ada', '192.0.2.1', password)).statusCode).toBe(200)
})

test('the present password cannot be guessed through its change either', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  await wrote(wiki, ada.person.id, '127.0.0.1', 10)
  const refused = await ada.put('/api/v1/password', { current: password, password: 'another long one' })
  expect(refused.statusCode).toBe(429)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
