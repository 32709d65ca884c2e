import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, type Caller, type Member, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'
import { historyOf, type PageReply, starts } from '../revisions/writers.ts'

let wiki: FreshWiki
let mo: Member
let askers: Record<string, Caller>
let pages: Record<'oak' | 'bare' | 'gone', PageReply>

beforeAll(async () => {
  wiki = await freshWiki()
  mo = await as(wiki, 'moderator', { handle: 'mo' })
  const ada = await as(wiki, 'member', { handle: 'ada' })
  askers = { visitor: visitor(wiki), ada, mo }
  const bare = await ada.post('/api/v1/pages', { title: 'Bare' })
  pages = {
    oak: await starts(ada, 'Oak', 'A tree.'),
    gone: await starts(ada, 'Gone', 'Nothing.'),
    bare: bare.json<PageReply>(),
  }
  for (const text of ['A tree.\n\nOld.', 'A tree.\n\nOld and green.'])
    await ada.post(`/api/v1/pages/${pages.oak.id}/revisions`, { markdown: text })
  await wiki.pages.remove(mo.person, pages.gone.id, 'Spam')
})
afterAll(() => wiki.close())

/** What stands where a number of a revision belongs. */
const numbers = [
  '0',
  '-1',
  '4',
  '1000000000',
  '2147483648',
  '9007199254740993',
  '1e9',
  '1.5',
  'NaN',
  'Infinity',
  '٣',
  '',
  ' 1',
  '+1',
  '0x1',
  'null',
  '1;drop table revisions',
  '\0',
  '\ud800',
  '9'.repeat(500),
]

/** Every way to write a query that names revisions, and some that no server should choke on. */
function queries(name: string): string[] {
  const plain = numbers.map(number => `${name}=${encodeURIComponent(number.toWellFormed())}`)
  return [
    '',
    ...plain,
    `${name}=%ED%A0%80`,
    `${name}=%`,
    `${name}=1&${name}=2`,
    `${name}[]=1`,
    `${name}[a]=1`,
    `__proto__=1&${name}=1`,
    `constructor=1&toString=1&${name}=2`,
    `${name}=1&before=x&tag=nothing&since=2026-99-99&until=-1&person=%00&section=%00`,
  ]
}

const named = (name: string, ...others: string[]) => [
  ...queries(name),
  ...others.flatMap(other => numbers.map(number => `${name}=1&${other}=${encodeURIComponent(number.toWellFormed())}`)),
]

const screens: [face: string, queries: string[]][] = [
  ['', queries('revision')],
  ['/history', [...queries('before'), 'since=0000-01-01', 'until=9999-12-31', 'section=&person=', 'tag=__proto__']],
  ['/history.atom', [...queries('before'), ...queries('limit')]],
  ['/compare', [...named('from', 'to'), ...named('to', 'from'), 'from=3&to=1&view=source', 'view=__proto__']],
  ['/authors', [...queries('revision'), 'by=~hidden&age=constructor', 'by=&age=']],
  ['/cite', queries('revision')],
  ['/play', queries('revision')],
  ['/undo', named('revision', 'head')],
  ['/restore', named('revision', 'head', 'unpublished')],
  ['/rollback', [...queries('person'), 'person=ada', 'person=mo&head=x']],
  ['/suppress', queries('revision')],
  ['/draft', ['', 'x=1']],
]

const operations: [path: string, queries: string[]][] = [
  ['/content', [...queries('revision'), 'format=__proto__']],
  [
    '/revisions',
    [...queries('before'), ...queries('limit'), ...queries('person'), 'since=2026-02-31', 'since=0000-00-00'],
  ],
  ['/history.atom', [...queries('before'), ...queries('limit')]],
  ['/compare', [...named('from', 'to'), ...named('to', 'from'), 'from=2&to=2', 'from=3&to=1']],
  ['/authors', queries('revision')],
  ['/citation', [...queries('revision'), 'format=x']],
  ['/undos', queries('revision')],
  ['/restorations', [...queries('revision'), 'revision=1&unpublished=x']],
  ['/rollbacks', [...queries('person'), 'person=ada']],
  ['/draft/changes', ['', 'x=1']],
  ...numbers.map((number): [string, string[]] => [
    `/revisions/${encodeURIComponent(number.toWellFormed())}/suppression`,
    [''],
  ]),
]

/** Ids that lead nowhere. */
const strangers = ['nowhere', '%00', '..%2f..', '%F0%9F%A6%89', 'x'.repeat(900), "'%20or%201=1--"]

async function expectAnswered(asker: Caller, name: string, path: string) {
  const began = performance.now()
  const answer = await asker.get(path, { accept: 'application/json' })
  const told = `${name} ${path.slice(0, 200)}: ${answer.statusCode} ${answer.body.slice(0, 300)}`
  expect(answer.statusCode, told).toBeLessThan(500)
  expect(performance.now() - began, told).toBeLessThan(2000)
  if (answer.statusCode < 400 || !String(answer.headers['content-type']).startsWith('application/json')) return
  const { code, message } = answer.json<{ code: string; message: string }>()
  expect(code, told).toMatch(/^[a-z]+\/[a-z-]+$/)
  expect(message, told).not.toContain(code)
}

test('no number, query or id that makes no sense is more than a clear refusal', { timeout: 240_000 }, async () => {
  for (const [name, asker] of Object.entries(askers)) {
    for (const { slug, id } of [...Object.values(pages), ...strangers.map(one => ({ slug: one, id: one }))]) {
      const isStranger = strangers.includes(id)
      for (const [face, asked] of screens)
        for (const query of isStranger ? asked.slice(0, 1) : asked)
          await expectAnswered(asker, name, `/wiki/${slug}${face}?${query}`)
      for (const [path, asked] of operations)
        for (const query of isStranger ? asked.slice(0, 1) : asked)
          await expectAnswered(asker, name, `/api/v1/pages/${id}${path}?${query}`)
    }
    for (const query of [...queries('before'), ...queries('limit')]) {
      await expectAnswered(asker, name, `/changes?${query}`)
      await expectAnswered(asker, name, `/api/v1/changes?${query}`)
    }
    for (const query of [...queries('after'), ...queries('limit')]) {
      await expectAnswered(asker, name, `/drafts?${query}`)
      await expectAnswered(asker, name, `/api/v1/drafts?${query}`)
    }
    for (const id of strangers) await expectAnswered(asker, name, `/r/${id}`)
    for (const number of numbers)
      await expectAnswered(asker, name, `/wiki/Oak/play/${encodeURIComponent(number.toWellFormed())}`)
  }
  expect(await historyOf(mo, pages.oak.id)).toHaveLength(3)
})
