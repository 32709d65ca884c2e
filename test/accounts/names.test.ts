import fc from 'fast-check'
import { beforeAll, afterAll, expect, test } from 'vitest'
import { faultInEmail, faultInName } from '../../shared/accounts/fields.ts'
import { faultInHandle, handleFrom, handleKey } from '../../shared/accounts/handle.ts'
import { escape } from '../../server/html/index.ts'
import { naughtyStrings } from '../support/corpus.ts'
import { visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

let wiki: FreshWiki
beforeAll(async () => void (wiki = await freshWiki({ SIGN_UP: 'open' })))
afterAll(() => wiki.close())

test.each([
  'ada',
  'Ada.L',
  'x',
  '版权君',
  'إيمان',
  'Дарья',
  'नमस्ते',
  'a-b_c.d',
  '٣',
  'josé',
  'jose\u0301',
  'x'.repeat(40),
])('the handle %s is fine', handle => expect(faultInHandle(handle)).toBeUndefined())

test.each([
  ['', 'empty'],
  ['x'.repeat(41), 'long'],
  ['a b', 'characters'],
  ['a/b', 'characters'],
  ['a@b', 'characters'],
  ['😀', 'characters'],
  ['a\u200db', 'characters'],
  ['a\u202eb', 'characters'],
  ['a\u0000', 'characters'],
  ['ㅤㅤ', 'characters'],
  ['a\u0301\u0301\u0301\u0301\u0301', 'characters'],
  ['.', 'edges'],
  ['..', 'edges'],
  ['-a', 'edges'],
  ['a.', 'edges'],
  ['a..b', 'edges'],
  ['аdmin', 'mixed'],
  ['αdmin', 'mixed'],
])('the handle %j is refused: %s', (handle, fault) => expect(faultInHandle(handle)).toBe(`accounts/handle-${fault}`))

test.each([
  ['Ada', 'ADA'],
  ['straße', 'STRASSE'],
  ['ﬁn', 'fin'],
  ['σας', 'ΣΑΣ'],
  ['paypal', 'раураӏ'],
  ['josé', 'jose\u0301'],
  ['محمد', 'محـمد'],
])('%s and %s are one handle', (one, other) => expect(handleKey(one)).toBe(handleKey(other)))

test('a look-alike of somebody’s handle is taken', async () => {
  const fields = { name: 'Somebody', password: 'a long password' }
  const sign = (handle: string, email: string) => visitor(wiki).post('/api/v1/people', { ...fields, handle, email })
  expect((await sign('copa', 'one@example.org')).statusCode).toBe(201)
  for (const handle of ['COPA', 'сора', 'ｃｏｐａ']) {
    const refused = await sign(handle, 'two@example.org')
    expect(refused.statusCode).toBe(409)
    expect(refused.json().details.fields).toEqual({ handle: 'accounts/handle-taken' })
  }
  expect((await sign('other', 'ONE@example.org')).json().code).toBe('accounts/email-taken')
})

test.each(['Ada Lovelace', 'أمينة', '王小明', '👩‍👩‍👧‍👦', 'O’Neil <b>', 'x'.repeat(100)])('the name %s is fine', name =>
  expect(faultInName(name)).toBeUndefined(),
)

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['\u200b\u200d', 'empty'],
  ['ㅤ', 'empty'],
  ['a\nb', 'characters'],
  ['a\u202eb', 'characters'],
  ['a\ud800', 'characters'],
  [' Ada', 'edges'],
  ['x'.repeat(101), 'long'],
])('the name %j is refused: %s', (name, fault) => expect(faultInName(name)).toBe(`accounts/name-${fault}`))

test.each(['a@example.org', 'a+b.c@mail.example.co.uk', '用户@例子.公司'])('%s may be an address', email =>
  expect(faultInEmail(email)).toBeUndefined(),
)
test.each([
  '',
  'a',
  'a@b',
  '@example.org',
  'a@@example.org',
  'a b@example.org',
  'a@example..org',
  'a@.org',
  'a@exa\nmple.org',
])('%j is no address', email => expect(faultInEmail(email)).toBe('accounts/email-form'))

test('whatever somebody from elsewhere is called, the handle made from it is a good one', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...naughtyStrings()),
  )
  fc.assert(fc.property(texts, name => faultInHandle(handleFrom(name)) === undefined))
})

test('two imported people of one name get a handle each', async () => {
  const ids = await wiki.db.write(async tx => {
    const made: string[] = []
    for (let turn = 0; turn < 12; turn++) made.push(await wiki.accounts.people.addImported(tx, { name: 'Jo Doe' }))
    return made
  })
  const people = [...(await wiki.accounts.people.byIds(ids)).values()]
  expect(new Set(people.map(person => person.handle)).size).toBe(12)
  expect(people.every(person => person.name === 'Jo Doe' && person.colour >= 1 && person.colour <= 8)).toBe(true)
})

test('hostile strings are a name, a handle, an address or a password exactly as typed, or refused', async () => {
  const everyone = visitor(wiki)
  let turn = 0
  for (const text of naughtyStrings()) {
    const fields = {
      handle: `h${++turn}`,
      name: 'Somebody',
      email: `h${turn}@example.org`,
      password: 'a long password',
    }
    for (const field of ['handle', 'name', 'email'] as const) {
      // The other fields are refused here, so that only the storable ones cost a hash.
      const fault = { handle: faultInHandle, name: faultInName, email: faultInEmail }[field](text)
      if (!fault) continue
      const refused = await everyone.post('/api/v1/people', { ...fields, [field]: text })
      expect(refused.statusCode, JSON.stringify(text)).toBe(422)
      expect(refused.json().details.fields).toEqual({ [field]: fault })
      const again = await everyone.post(
        '/sign-up',
        new URLSearchParams({ ...fields, [field]: text, password: 'short' }),
      )
      expect([409, 422]).toContain(again.statusCode)
    }
    if (faultInName(text)) continue
    const id = await wiki.db.write(async tx => {
      const given = {
        handle: fields.handle,
        name: text,
        email: null,
        passwordHash: null,
        role: 'member',
        state: 'active',
      } as const
      return (await wiki.accounts.people.create(tx, given)).id
    })
    expect((await wiki.accounts.people.byIds([id])).get(id)?.name).toBe(text)
    expect((await everyone.get(`/api/v1/people/${fields.handle}`)).json().name).toBe(text)
    expect((await everyone.get(`/people/${fields.handle}`)).body).toContain(`<bdi>${escape(text)}</bdi>`)
  }
}, 120_000)

test('hostile logins and passwords are wrong, never a fault', async () => {
  const texts = naughtyStrings().filter((_, index) => index % 12 === 0)
  for (const text of texts) {
    const answer = await visitor(wiki).post('/api/v1/session', { login: text, password: text })
    expect([401, 429], JSON.stringify(text)).toContain(answer.statusCode)
  }
})
