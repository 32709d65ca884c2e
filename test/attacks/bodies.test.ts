import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, type Member } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'
import { draftOf, historyOf, type PageReply, starts, types } from '../revisions/writers.ts'

let wiki: FreshWiki
let mo: Member
let pages: PageReply[]

beforeAll(async () => {
  wiki = await freshWiki()
  mo = await as(wiki, 'moderator', { handle: 'mo' })
  const ada = await as(wiki, 'member', { handle: 'ada' })
  const oak = await starts(ada, 'Oak', 'A tree.')
  await ada.post(`/api/v1/pages/${oak.id}/revisions`, { markdown: 'A tree.\n\nOld.' })
  await types(wiki, ada, oak.id, 'Old', ' and unpublished')
  const gone = await starts(ada, 'Gone', 'Nothing.')
  await wiki.pages.remove(mo.person, gone.id, 'Spam')
  const bare = await ada.post('/api/v1/pages', { title: 'Bare' })
  pages = [oak, gone, bare.json<PageReply>()]
})
afterAll(() => wiki.close())

const junk: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e9,
  2 ** 31,
  2 ** 53,
  1e308,
  '',
  '1',
  '\0',
  '\ud800',
  'mine ',
  'x'.repeat(3000),
  [],
  [[]],
  ['nothing'],
  [null],
  {},
  { section: '\0' },
  { section: 'nowhere', more: 1 },
  { conflict: 'x', take: 'keep' },
  [{ conflict: 'x', take: 'keep' }],
  [{ conflict: '__proto__', take: 'undo' }],
  { type: 'doc' },
  { type: 'doc', content: [{ type: 'line', attrs: { indent: -1 }, content: [{ type: 'text', text: '' }] }] },
]

/** For every act: what it takes, and a body that would be taken. */
const acts: [method: 'post' | 'put', path: string, sound: Record<string, unknown>, names: string[]][] = [
  ['post', 'undos', { revision: 1, head: 77 }, ['revision', 'choices', 'head', 'summary', '__proto__', 'more']],
  ['post', 'restorations', { revision: 1, head: 77 }, ['revision', 'unpublished', 'head', 'summary', 'more']],
  ['post', 'rollbacks', { person: 'ada', head: 77 }, ['person', 'choices', 'head', 'summary', 'more']],
  ['post', 'discards', { of: ['nothing'] }, ['of', 'summary', 'more']],
  ['post', 'revisions', { markdown: 'x', base: 77 }, ['markdown', 'document', 'base', 'changes', 'summary', 'minor']],
  ['put', 'revisions/1/suppression', { hidden: ['author'], reason: '' }, ['hidden', 'reason', 'more']],
  ['put', 'revisions/9/suppression', { hidden: ['text'], reason: 'x' }, ['hidden', 'reason', 'more']],
]

/** Everything that an act could change of a page. */
const stateOf = async (id: string) => JSON.stringify([await historyOf(mo, id), await draftOf(wiki, id)])

test(
  'no body of an act that makes no sense is more than a refusal that changes nothing',
  { timeout: 120_000 },
  async () => {
    for (const { id, slug } of pages) {
      let before = await stateOf(id)
      for (const [method, path, sound, names] of acts)
        for (const body of [
          ...junk.flatMap(value => names.map(name => ({ ...sound, [name]: value }))),
          ...names.map(name => ({ ...sound, [name]: undefined })),
          ...junk.filter(value => typeof value === 'object' && value !== null),
        ]) {
          const answer = await mo[method](`/api/v1/pages/${id}/${path}`, body)
          const told = `${slug} ${path} ${JSON.stringify(body).slice(0, 200)}: ${answer.statusCode} ${answer.body.slice(0, 300)}`
          expect(answer.statusCode, told).toBeLessThan(500)
          if (answer.statusCode < 400) before = await stateOf(id)
          else {
            const { code, message } = answer.json<{ code: string; message: string }>()
            expect(message, told).not.toContain(code)
            expect(await stateOf(id), told).toBe(before)
          }
        }
    }
  },
)

test('no form that makes no sense is more than a refusal that changes nothing', { timeout: 120_000 }, async () => {
  const values = ['', '0', '-1', '1.5', '99', '1e9', 'NaN', '\0', 'x'.repeat(3000), '<script>', '%', '__proto__']
  const forms: [face: string, sound: Record<string, string>, names: string[]][] = [
    ['undo', { revision: '1', head: '77' }, ['revision', 'head', 'summary', 'choice-x', 'choice-', '__proto__']],
    ['restore', { revision: '1', head: '77' }, ['revision', 'head', 'summary', 'unpublished']],
    ['rollback', { person: 'ada', head: '77' }, ['person', 'head', 'summary', 'choice-x']],
    ['suppress', { revision: '1', text: 'hide', reason: '' }, ['revision', 'text', 'author', 'reason']],
    ['draft', { act: 'publish' }, ['act', 'seen', 'discard', 'change:', 'change:x', 'change:__proto__']],
    ['edit', { markdown: 'x', base: '77' }, ['markdown', 'base', 'summary', 'minor']],
  ]
  for (const { id, slug } of pages) {
    let before = await stateOf(id)
    for (const [face, sound, names] of forms)
      for (const name of names)
        for (const value of values) {
          const fields = new URLSearchParams({ ...sound })
          fields.append(name, value)
          const answer = await mo.post(`/wiki/${slug}/${face}`, fields)
          const told = `${slug} ${face} ${fields.toString().slice(0, 200)}: ${answer.statusCode}`
          expect(answer.statusCode, told).toBeLessThan(500)
          if (answer.statusCode < 400) before = await stateOf(id)
          else expect(await stateOf(id), told).toBe(before)
        }
  }
})
