import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Person, roles } from '../../shared/accounts/contract.ts'
import { mayApprove, mayChangeRole, maySuspend, standing } from '../../shared/accounts/may.ts'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

const suspension = { reason: 'spam', until: null }
const token = { name: 'mine', scopes: ['read'] }

test('a suspended person reads on with the same session but writes nothing, and is told why', async () => {
  const wiki = await freshWiki()
  const [boss, ada] = [await as(wiki, 'moderator'), await as(wiki, 'member', { handle: 'ada' })]
  const answer = await boss.post('/api/v1/people/ada/suspensions', { reason: 'Spam in three pages' })
  expect(answer.statusCode).toBe(201)
  expect((await ada.get('/api/v1/session')).json().person.suspension).toEqual({
    until: null,
    reason: 'Spam in three pages',
  })
  const refused = await ada.post('/api/v1/tokens', token)
  expect(refused.statusCode).toBe(403)
  expect(refused.json()).toMatchObject({ code: 'http/suspended', details: { reason: 'Spam in three pages' } })
  expect((await ada.get('/settings')).body).toContain('Spam in three pages')
})

test('a suspension ends at its time, or when it is lifted', async () => {
  const wiki = await freshWiki()
  const [boss, ada] = [await as(wiki, 'moderator'), await as(wiki, 'member', { handle: 'ada' })]
  await boss.post('/api/v1/people/ada/suspensions', { reason: 'spam', until: Date.now() + 3600_000 })
  expect((await ada.post('/api/v1/tokens', token)).statusCode).toBe(403)
  await wiki.db.write(tx =>
    tx
      .updateTable('suspensions')
      .set({ until: Date.now() - 1 })
      .execute(),
  )
  expect((await ada.post('/api/v1/tokens', token)).statusCode).toBe(201)

  await boss.post('/api/v1/people/ada/suspensions', suspension)
  expect((await ada.post('/api/v1/tokens', token)).statusCode).toBe(403)
  expect((await boss.delete('/api/v1/people/ada/suspensions')).json().suspension).toBeNull()
  expect((await ada.post('/api/v1/tokens', token)).statusCode).toBe(201)
  const { suspensions } = (await boss.get('/api/v1/people/ada/suspensions')).json()
  expect(suspensions).toHaveLength(2)
  expect(suspensions[0].by.handle).toBe(boss.person.handle)
})

test('a second suspension replaces the first, and is no second row of the person', async () => {
  const wiki = await freshWiki()
  const [boss, ada] = [await as(wiki, 'moderator'), await as(wiki, 'member', { handle: 'ada' })]
  await boss.post('/api/v1/people/ada/suspensions', { reason: 'one', until: null })
  await boss.post('/api/v1/people/ada/suspensions', { reason: 'two', until: null })
  expect((await ada.get('/api/v1/session')).json().person.suspension.reason).toBe('two')
  const { people } = (await boss.get('/api/v1/people')).json()
  expect(people.filter((one: Person) => one.handle === 'ada')).toHaveLength(1)
})

test('open editors hear at once what somebody may no longer do', async () => {
  const wiki = await freshWiki()
  const [boss, ada] = [await as(wiki, 'administrator'), await as(wiki, 'member', { handle: 'ada' })]
  const told: unknown[] = []
  wiki.events.after('rights changed', happening => told.push(happening))
  await boss.post('/api/v1/people/ada/suspensions', suspension)
  await boss.delete('/api/v1/people/ada/suspensions')
  await boss.patch('/api/v1/people/ada', { role: 'moderator' })
  expect(told).toEqual(Array.from({ length: 3 }, () => ({ personId: ada.person.id })))
})

test('nobody suspends those beside or above them, nor themselves', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'moderator', { handle: 'boss' })
  await as(wiki, 'moderator', { handle: 'peer' })
  await as(wiki, 'administrator', { handle: 'head' })
  for (const handle of ['boss', 'peer', 'head'])
    expect((await boss.post(`/api/v1/people/${handle}/suspensions`, suspension)).json().code).toBe('accounts/not-yours')
})

test('the last administrator keeps the role, one of two may lose it', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'administrator', { handle: 'boss' })
  expect((await boss.patch('/api/v1/people/boss', { role: 'member' })).json().code).toBe('accounts/last-administrator')
  await as(wiki, 'administrator', { handle: 'other' })
  expect((await boss.patch('/api/v1/people/boss', { role: 'member' })).json().role).toBe('member')
})

test('a moderator approves but gives no roles, not even half of a request', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'moderator')
  await as(wiki, 'member', { handle: 'new', state: 'pending' })
  const both = await boss.patch('/api/v1/people/new', { state: 'active', role: 'moderator' })
  expect(both.statusCode).toBe(403)
  expect((await boss.get('/api/v1/people?state=pending')).json().people).toHaveLength(1)
  expect((await boss.patch('/api/v1/people/new', { state: 'active' })).json().state).toBe('active')
})

test('people change their own name, and nobody else’s', async () => {
  const wiki = await freshWiki()
  const [boss, ada] = [await as(wiki, 'administrator'), await as(wiki, 'member', { handle: 'ada' })]
  expect((await ada.patch('/api/v1/people/ada', { name: 'Ada L.' })).json().name).toBe('Ada L.')
  expect((await boss.patch('/api/v1/people/ada', { name: 'Changed' })).statusCode).toBe(403)
})

test('an e-mail address is shown to nobody but those who look after accounts', async () => {
  const wiki = await freshWiki()
  const [boss, ada] = [
    await as(wiki, 'moderator'),
    await as(wiki, 'member', { handle: 'ada', email: 'secret@example.org' }),
  ]
  for (const answer of [
    await visitor(wiki).get('/api/v1/people/ada'),
    await visitor(wiki).get('/people/ada'),
    await ada.get('/api/v1/session'),
  ])
    expect(answer.body).not.toContain('secret@example.org')
  expect((await boss.get('/settings/people')).body).toContain('secret@example.org')
})

test('the list of people goes on where it stopped', async () => {
  const wiki = await freshWiki()
  const boss = await as(wiki, 'moderator', { handle: 'boss' })
  for (const handle of ['ada', 'bo', 'cy']) await as(wiki, 'member', { handle })
  const first = (await boss.get('/api/v1/people?limit=3')).json()
  const second = (await boss.get(`/api/v1/people?limit=3&after=${first.next}`)).json()
  const handles = [...first.people, ...second.people].map((one: Person) => one.handle)
  expect(handles).toEqual(['ada', 'bo', 'boss', 'cy'])
  expect(second.next).toBeNull()
})

test('a person’s page has one address, whatever case it is asked in', async () => {
  const wiki = await freshWiki()
  await as(wiki, 'member', { handle: 'إيمان' })
  await as(wiki, 'member', { handle: 'Ada' })
  expect((await visitor(wiki).get('/people/aDA')).headers.location).toBe('/people/Ada')
  expect((await visitor(wiki).get(`/people/${encodeURIComponent('إيمان')}`)).statusCode).toBe(200)
  expect((await visitor(wiki).get('/people/nobody')).statusCode).toBe(404)
})

const person = fc.record({
  id: fc.constantFrom('a', 'b'),
  handle: fc.constant('x'),
  name: fc.constant('x'),
  role: fc.constantFrom(...roles),
  state: fc.constantFrom('active', 'pending', 'imported'),
  suspension: fc.constantFrom(null, { until: null, reason: 'spam' }),
}) satisfies fc.Arbitrary<Person>

test('whoever may not write may not look after others, and nobody rules over their equals', () => {
  fc.assert(
    fc.property(
      fc.option(person),
      person,
      fc.constantFrom(...roles),
      fc.nat(3),
      (asker, subject, role, administrators) => {
        if (standing(asker) === 'anyone' || standing(asker) === 'member') {
          expect(maySuspend(asker, subject) || mayApprove(asker, subject)).toBe(false)
          expect(mayChangeRole(asker, subject, role, administrators)).toBe(false)
        }
        if (asker && roles.indexOf(asker.role) <= roles.indexOf(subject.role))
          expect(maySuspend(asker, subject)).toBe(false)
        if (subject.role === 'administrator' && role !== 'administrator' && administrators <= 1)
          expect(mayChangeRole(asker, subject, role, administrators)).toBe(false)
      },
    ),
  )
})
