import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { withHash } from '../../server/db/index.ts'
import { write } from '../support/live-frames.ts'
import { takeAway } from '../exchange/taking.ts'
import { dials, headersOf, type LiveWiki, liveWiki } from '../realtime/support.ts'
import { draftOf, historyOf, type PageReply, starts, types } from '../revisions/writers.ts'
import { as, type Caller, type Member, visitor } from '../support/people.ts'

const parts = ['text', 'author', 'summary'] as const
type Part = (typeof parts)[number]

interface Story {
  wiki: LiveWiki
  ada: Member
  bo: Member
  mo: Member
  /** Bo's revision is the second of Oak, and the first of Elm; Ash was deleted by Bo, who was a moderator then. */
  pages: Record<'Oak' | 'Elm' | 'Ash', PageReply>
  tells: Record<Part, string[]>
}

const secret = 'Zebedee lives at 7 Quince Lane'

async function story(): Promise<Story> {
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member', { handle: 'ada' })
  const bo = await as(wiki, 'moderator', { handle: 'bo-unwanted', name: 'Bo Unwanted' })
  const mo = await as(wiki, 'moderator', { handle: 'mo' })
  const told = { summary: 'Doxxing at length' }
  const adds = (who: Member, page: PageReply, markdown: string, more = {}) =>
    who.post(`/api/v1/pages/${page.id}/revisions`, { markdown, ...more })
  const oak = await starts(ada, 'Oak', 'A tree.\n\nIt is green.')
  await adds(bo, oak, `A tree.\n\nIt is green.\n\n## Quince Lane\n\n${secret}`, told)
  await adds(ada, oak, 'A tree.\n\nIt is old.', { summary: 'Take it out' })
  await adds(ada, oak, 'A tree.\n\nIt is old.\n\nIt stands.')
  const elm = (await bo.post('/api/v1/pages', { title: 'Elm', markdown: secret, ...told })).json<PageReply>()
  await adds(ada, elm, 'Another tree.')
  const ash = await starts(bo, 'Ash', secret)
  await adds(ada, ash, 'A third tree.')
  await bo.delete(`/api/v1/pages/${ash.id}`, told)
  const hashes = await wiki.db.read.selectFrom('revisions').select('content_hash').execute()
  const kept = new Set<string>()
  for (const page of [oak, elm, ash])
    for (const { number, hash } of await historyOf(ada, page.id))
      if (hash && number > (page === oak ? 2 : 1)) kept.add(hash)
  const [first] = (await historyOf(ada, oak.id)).toReversed()
  const hidden = hashes
    .map(withHash)
    .flatMap(({ content_hash: hash }) => (hash && !kept.has(hash) && hash !== first?.hash ? [hash] : []))
  return {
    wiki,
    ada,
    bo,
    mo,
    pages: { Oak: oak, Elm: elm, Ash: ash },
    tells: {
      text: ['Quince', ...hidden],
      author: ['bo-unwanted', 'Bo Unwanted', bo.person.id],
      summary: ['Doxxing'],
    },
  }
}

async function hide({ mo, pages }: Story, part: Part) {
  const hides: [keyof Story['pages'], number][] = [
    ['Oak', 2],
    ['Elm', 1],
    ['Ash', 1],
    ...(part === 'text' ? [] : [['Ash', 3] as ['Ash', number]]),
  ]
  for (const [title, number] of hides) {
    const reply = await mo.put(`/api/v1/pages/${pages[title].id}/revisions/${number}/suppression`, {
      hidden: [part],
      reason: 'An address',
    })
    expect(reply.statusCode, reply.body).toBe(200)
  }
}

const numbers = [1, 2, 3, 4]

/** Ways to ask that some route knows: each is tried at every route. */
const queries = [
  '',
  ...numbers.map(number => `revision=${number}`),
  'from=1&to=2',
  'from=2&to=3',
  'from=1&to=4',
  'from=3&to=2',
  'from=1&to=2&view=source',
  'from=1&to=3&view=source',
  ...['markdown', 'html', 'bibtex', 'csl-json', 'ris', 'text'].map(format => `format=${format}&revision=3`),
  'format=text&revision=2',
  'tag=suppressed',
  'tag=first',
  'limit=1&before=3',
  'section=Quince+Lane',
  'person=bo-unwanted',
  'q=Quince',
  'q=Doxxing',
  'q=Unwanted',
  'by=~hidden',
]

/** Whatever can be asked for, of each page. What is about a person by their own name tells of that person. */
async function addressesOf({ wiki, pages, ada }: Story): Promise<string[]> {
  const urls = wiki.http.gated.filter(({ method }) => method === 'GET').map(({ url }) => url)
  const found = new Set<string>()
  for (const { id, slug } of Object.values(pages)) {
    const revisions = await historyOf(ada, id)
    for (const url of urls) {
      if (/\/people|\/assets|\/metrics|\*|\/openapi|\/topics|^\/api$/.test(url)) continue
      const paths = url.startsWith('/r/')
        ? revisions.map(one => `/r/${one.id}`)
        : numbers.map(number => url.replace(':slug', slug).replace(':id', id).replace(':number', String(number)))
      for (const path of new Set(paths)) for (const query of queries) found.add(query ? `${path}?${query}` : path)
    }
  }
  return [...found]
}

/** What an answer tells that it must not. Words and people that were asked for by name may be repeated. */
function leaksIn({ tells }: Story, part: Part, path: string, body: string): string[] {
  const asked = decodeURIComponent(path.replaceAll('+', ' '))
  const isNamed = asked.includes('bo-unwanted')
  return tells[part].filter(
    words => !asked.includes(words) && !(isNamed && words === 'Bo Unwanted') && body.includes(words),
  )
}

test.each(parts)(
  'a suppressed %s is in no answer of any route, nor is any said to be the same',
  { timeout: 300_000 },
  async part => {
    const told = await story()
    const paths = await addressesOf(told)
    const readers: [string, Caller][] = [
      ['a visitor', visitor(told.wiki)],
      ['a moderator', told.mo],
    ]
    // Whatever keeps answers has them in it from now on.
    const tags = new Map<string, string>()
    let tellers = 0
    for (const [who, reader] of readers)
      for (const path of paths) {
        const { headers, body } = await reader.get(path)
        if (leaksIn(told, part, path, body).length === 0) continue
        tellers++
        if (typeof headers['etag'] === 'string') tags.set(`${who} ${path}`, headers['etag'])
      }
    expect(tellers).toBeGreaterThan(50)
    expect(tags.size).toBeGreaterThan(5)

    await hide(told, part)
    for (const [who, reader] of readers)
      for (const path of paths) {
        const tag = tags.get(`${who} ${path}`)
        const { statusCode, body } = await reader.get(path, tag ? { 'if-none-match': tag } : undefined)
        expect([304, 500], `${who} ${path}`).not.toContain(statusCode)
        expect(leaksIn(told, part, path, body), `${who} ${path}`).toEqual([])
      }
  },
)

test.each(parts)('no refusal and no answer to an act tells a suppressed %s', async part => {
  const told = await story()
  const { wiki, ada, mo, pages, tells } = told
  await hide(told, part)
  const answers: string[] = []
  for (const { id, slug } of Object.values(pages))
    for (const who of [ada, mo]) {
      for (const number of numbers) {
        for (const act of ['undos', 'restorations'])
          answers.push((await who.post(`/api/v1/pages/${id}/${act}`, { revision: number })).body)
        for (const act of ['undo', 'restore'])
          answers.push((await who.post(`/wiki/${slug}/${act}`, new URLSearchParams({ revision: String(number) }))).body)
        const change = { markdown: `Words ${number}.\n\nIt is nothing.`, base: number }
        answers.push((await who.post(`/api/v1/pages/${id}/revisions`, change)).body)
      }
      for (const person of ['ada', 'mo'])
        answers.push((await who.post(`/api/v1/pages/${id}/rollbacks`, { person })).body)
      for (const face of ['/draft/changes', '/rescued', '/revisions', '/history.atom', '/authors'])
        answers.push((await who.get(`/api/v1/pages/${id}${face}`)).body)
    }
  for (const path of ['/api/v1/drafts', '/drafts', '/api/v1/changes']) answers.push((await mo.get(path)).body)
  for (const words of tells[part]) for (const answer of answers) expect(answer).not.toContain(words)
  expect((await visitor(wiki).get('/')).statusCode).toBe(200)
})

test('bringing back a deleted page shows nothing of the text that readers saw last and that is suppressed', async () => {
  const { wiki, ada, bo, mo } = await story()
  const { id, slug } = await starts(ada, 'Fir', 'A tree.')
  const path = `/api/v1/pages/${id}`
  await bo.post(`${path}/revisions`, { markdown: `A tree.\n\n${secret}` })
  await types(wiki, ada, id, 'A tree', ' of the north')
  await mo.delete(path)
  const shown = await mo.get(`/wiki/${slug}/restore?revision=1`)
  expect(shown.body).toContain('Quince')
  expect((await mo.put(`${path}/revisions/2/suppression`, { hidden: ['text'], reason: 'An address' })).statusCode).toBe(
    200,
  )
  for (const query of ['', '&unpublished=discard']) {
    const preview = await mo.get(`/wiki/${slug}/restore?revision=1${query}`)
    expect(preview.statusCode).toBe(200)
    expect(preview.body).not.toContain('Quince')
    expect((await mo.get(`${path}/restorations?revision=1${query}`)).json()).toMatchObject({
      summary: { wordsAdded: 2, wordsRemoved: 0 },
    })
  }
  const restored = await mo.post(`/wiki/${slug}/restore`, new URLSearchParams({ revision: '1' }))
  expect(restored.statusCode).toBe(303)
  expect(await draftOf(wiki, id)).toEqual(['A tree of the north.'])
})

test.each(parts)('an export has nothing of a suppressed %s in it', async part => {
  const told = await story()
  await hide(told, part)
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'all.jsonl')
  await takeAway(told.wiki, file)
  const text = readFileSync(file, 'utf8')
  for (const words of told.tells[part]) expect(text.includes(words), words).toBe(false)
})

test('the live channel sends nothing of a suppressed text', async () => {
  const told = await story()
  await hide(told, 'text')
  for (const { id } of Object.values(told.pages).slice(0, 2)) {
    const line = await dials(told.wiki, id, headersOf(told.wiki, told.ada))
    line.send(write.step1(Y.encodeStateVector(new Y.Doc())))
    line.send(write.barrier(1))
    await line.hears(frame => frame[0] === 121)
    expect(Buffer.concat(line.frames).toString('latin1')).not.toContain('Quince')
    expect(Buffer.concat(line.frames).toString('latin1')).toContain('tree')
  }
})
