import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { schema } from '../../shared/document/schema.ts'
import { deletes, starts, types } from '../revisions/writers.ts'
import { corpus, naughtyStrings } from '../support/corpus.ts'
import { anyBlock } from '../support/documents.ts'
import { as, type Member, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'
import { bringIn } from './support.ts'
import { pastOf, takeAway } from './taking.ts'

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'commonleaf-export-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

test(
  'both corpora, exported and brought into an empty wiki, are there again: every page, revision, person and hash',
  { timeout: 300_000 },
  async () => {
    const wiki = await freshWiki()
    for (const name of ['oer-small', 'opensource-guide-en'])
      await bringIn(wiki, join(corpus, `history/${name}.jsonl.br`))
    const file = join(folder(), 'all.jsonl.br')
    expect(await takeAway(wiki, file)).toMatchObject({ pages: 20, revisions: 1113, unpublished: 0 })
    const other = await freshWiki()
    expect(await bringIn(other, file)).toMatchObject({ pages: 20, revisions: 1113, altered: 0, faults: [], lost: [] })
    expect(await pastOf(other)).toEqual(await pastOf(wiki))
    const again = join(folder(), 'again.jsonl.br')
    await takeAway(other, again)
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true)
    expect(await bringIn(other, file)).toMatchObject({ pages: 0, revisions: 0, skipped: 1113, people: 0, redirects: 0 })
    expect(await bringIn(wiki, file)).toMatchObject({ pages: 0, revisions: 0, skipped: 1113, people: 0, redirects: 0 })
  },
)

/** Publishes the draft. */
async function publishes(who: Member, pageId: string, summary: string, more: object = {}) {
  const reply = await who.post(`/api/v1/pages/${pageId}/revisions`, { summary, ...more })
  expect(reply.statusCode, reply.body).toBe(201)
}

async function does(who: Member, verb: 'post' | 'put' | 'patch' | 'delete', path: string, body: object = {}) {
  const reply = await who[verb](`/api/v1/pages/${path}`, body)
  expect(reply.statusCode, `${path} ${reply.body}`).toBeLessThan(300)
}

/** A wiki in which people have done to pages whatever can be done to them. */
async function lived() {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { handle: 'ada', name: 'Ada Lovelace' })
  const bo = await as(wiki, 'member', { handle: 'بو', name: 'بو العربي' })
  const mo = await as(wiki, 'moderator', { handle: 'mo', name: 'Mo' })
  const oak = await starts(ada, 'Oak', 'A tree with leaves stands here.\n\nIt is old.')
  await types(wiki, bo, oak.id, 'old.', ' It grows slowly and gets very tall.')
  await types(wiki, ada, oak.id, 'stands here', ' since long ago')
  await publishes(bo, oak.id, 'Two people at once', { minor: true })
  await types(wiki, ada, oak.id, 'tall.', ' Its acorns feed many animals.')
  await publishes(ada, oak.id, 'Acorns')
  await deletes(wiki, bo, oak.id, ' with leaves')
  await publishes(bo, oak.id, 'No leaves')
  await does(ada, 'post', `${oak.id}/undos`, { revision: 4 })
  await does(mo, 'post', `${oak.id}/restorations`, { revision: 1, summary: 'Begin again' })
  await does(mo, 'post', `${oak.id}/restorations`, { revision: 3, summary: 'No, it was fine' })
  await does(mo, 'patch', oak.id, { title: 'Old oak', slug: 'Old-oak' })
  await does(mo, 'patch', oak.id, { title: 'The oak' })
  await types(wiki, bo, oak.id, 'old.', ' Yes, really old.')
  await publishes(bo, oak.id, 'After the new name')
  return { wiki, ada, bo, mo, oak }
}

/** That the wiki, brought into an empty one, is there again, and that doing it twice changes nothing. */
async function survives(wiki: FreshWiki) {
  const [file, again] = [join(folder(), 'one.jsonl'), join(folder(), 'two.jsonl')]
  const taken = await takeAway(wiki, file)
  const other = await freshWiki()
  const { pages, revisions } = taken
  expect(await bringIn(other, file)).toMatchObject({ pages, revisions, altered: 0, skipped: 0, faults: [], lost: [] })
  const past = await pastOf(wiki)
  expect(await pastOf(other)).toEqual(past)
  expect(await takeAway(other, again)).toMatchObject({ pages, revisions, suppressed: taken.suppressed })
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'))
  for (const one of [other, wiki]) {
    const report = await bringIn(one, file)
    expect(report).toMatchObject({ pages: 0, revisions: 0, skipped: revisions, people: 0, redirects: 0 })
    expect(await pastOf(one)).toEqual(past)
  }
  return { other, taken, text: readFileSync(file, 'utf8') }
}

test(
  'pages written here are there again, with everybody’s words, what was taken back, names and addresses',
  { timeout: 120_000 },
  async () => {
    const { wiki, ada, mo, oak } = await lived()
    const gone = await starts(ada, 'Gone', 'Soon gone.')
    await does(mo, 'delete', gone.id)
    const back = await starts(ada, 'Phoenix', 'First life.')
    await does(mo, 'delete', back.id)
    await does(mo, 'post', `${back.id}/restorations`, { revision: 1 })
    expect((await ada.post('/api/v1/pages', { title: 'Only a draft' })).statusCode).toBe(201)
    const { other, taken } = await survives(wiki)
    expect(taken).toMatchObject({ pages: 3, unpublished: 1 })
    const read = await visitor(other).get('/wiki/Oak')
    expect([read.statusCode, read.headers.location]).toEqual([301, '/wiki/Old-oak'])
    expect((await visitor(other).get('/wiki/Gone')).statusCode).toBe(410)
    const history = await visitor(other).get(`/api/v1/pages/${oak.id}/revisions`)
    expect(history.json<{ revisions: { kind: string }[] }>().revisions.map(({ kind }) => kind)).toEqual([
      'edit',
      'restore',
      'restore',
      'undo',
      'edit',
      'edit',
      'edit',
      'edit',
    ])
  },
)

test(
  'a page with every kind of block is the same by its hash, whatever Markdown can say',
  { timeout: 120_000 },
  async () => {
    const wiki = await freshWiki()
    const ada = await as(wiki, 'member', { name: 'Ada' })
    const documents = fc.sample(fc.array(anyBlock(), { minLength: 1, maxLength: 6 }), { seed: 4, numRuns: 30 })
    for (const [turn, blocks] of documents.entries()) {
      const document = schema.node('doc', null, blocks).toJSON() as object
      const reply = await ada.post('/api/v1/pages', { title: `Page ${turn}`, document })
      expect([201, 409, 422]).toContain(reply.statusCode)
    }
    const { taken } = await survives(wiki)
    expect(taken.pages).toBeGreaterThan(20)
  },
)

test(
  'what is suppressed is nowhere in the file, is counted, and stays hidden where it is brought in',
  { timeout: 120_000 },
  async () => {
    const { wiki, mo, oak } = await lived()
    const suppress = (number: number, hidden: string[]) =>
      does(mo, 'put', `${oak.id}/revisions/${number}/suppression`, { hidden, reason: 'Private matter' })
    await suppress(4, ['text', 'summary'])
    await suppress(2, ['author'])
    const file = join(folder(), 'hidden.jsonl')
    expect((await takeAway(wiki, file)).suppressed).toEqual({ text: 1, author: 1, summary: 1 })
    const text = readFileSync(file, 'utf8')
    for (const secret of ['No leaves', 'Private matter']) expect(text).not.toContain(secret)
    const second = (JSON.parse(text) as { revisions: { author: string; wiki: object }[] }).revisions[1]
    expect(second).toMatchObject({ author: 'unknown', wiki: { authors: [], publisher: null, hidden: ['author'] } })
    expect(JSON.stringify(second)).not.toMatch(/ada|بو/)
    const other = await freshWiki()
    await bringIn(other, file)
    const shown = (page: Awaited<ReturnType<typeof pastOf>>['past'][number] | undefined) =>
      page?.revisions.map(({ whose: _whose, newcomers: _newcomers, ...said }) => said)
    expect(shown((await pastOf(other)).past[0])).toEqual(shown((await pastOf(wiki)).past[0]))
    expect((await visitor(other).get('/wiki/Old-oak?revision=4')).body).not.toContain('animals')
    expect((await visitor(other).get(`/api/v1/pages/${oak.id}/authors`)).statusCode).toBe(200)
  },
)

test(
  'hostile strings in titles, names, summaries and texts come through as they are',
  { timeout: 120_000 },
  async () => {
    const wiki = await freshWiki()
    const ada = await as(wiki, 'member', { name: 'Ada "\\</script>' })
    let made = 0
    for (const words of naughtyStrings().filter((_, at) => at % 5 === 0)) {
      const markdown = `${words}\n\n---\n\ntitle: ${words}`
      const reply = await ada.post('/api/v1/pages', { title: words, markdown, summary: words })
      if (reply.statusCode === 201) made++
    }
    expect(made).toBeGreaterThan(40)
    expect((await survives(wiki)).taken.pages).toBe(made)
  },
)

test('a file that is there is replaced only when that is asked for, and a stopped export leaves nothing', async () => {
  const { wiki } = await lived()
  const where = folder()
  const file = join(where, 'all.jsonl')
  writeFileSync(file, 'precious')
  await expect(takeAway(wiki, file)).rejects.toThrow('--force')
  expect(readFileSync(file, 'utf8')).toBe('precious')
  const stopped = AbortSignal.abort()
  await expect(takeAway(wiki, file, { force: true, signal: stopped })).rejects.toThrow()
  expect(readFileSync(file, 'utf8')).toBe('precious')
  await takeAway(wiki, file, { force: true })
  expect(readFileSync(file, 'utf8')).toContain('acorns')
  await expect(takeAway(wiki, join(where, 'none', 'all.jsonl'))).rejects.toThrow('no folder')
  expect(readdirSync(where)).toEqual(['all.jsonl'])
  expect(existsSync(join(where, 'none'))).toBe(false)
})

test('nobody with an account is credited with what a file says of their id', async () => {
  const { wiki, ada } = await lived()
  const file = join(folder(), 'all.jsonl')
  await takeAway(wiki, file)
  type Forged = {
    wiki: { id: string; people: Record<string, { id: string }> }
    revisions: { sha: string; wiki: { id: string } }[]
  }
  const line = JSON.parse(readFileSync(file, 'utf8')) as Forged
  line.wiki.id = randomUUID()
  for (const revision of line.revisions) revision.sha = revision.wiki.id = randomUUID()
  for (const person of Object.values(line.wiki.people)) person.id = ada.person.id
  writeFileSync(file, JSON.stringify(line))
  expect(await bringIn(wiki, file)).toMatchObject({ pages: 1, faults: [] })
  const { body } = await visitor(wiki).get(`/api/v1/changes?limit=500`)
  const changes = (JSON.parse(body) as { changes: { page: { slug: string }; authors: { id: string }[] }[] }).changes
  const credited = changes.filter(({ page }) => page.slug !== 'Old-oak').flatMap(({ authors }) => authors)
  expect(credited.length).toBeGreaterThan(0)
  expect(credited.filter(({ id }) => id === ada.person.id)).toEqual([])
})

test('a line that contradicts itself is left out and told of', async () => {
  const { wiki } = await lived()
  const file = join(folder(), 'all.jsonl')
  await takeAway(wiki, file)
  const good = readFileSync(file, 'utf8').trim()
  type Line = { revisions: Record<string, unknown>[]; wiki: Record<string, unknown> }
  const spoilt = (spoil: (line: Line) => void) => {
    const line = JSON.parse(good) as Line
    spoil(line)
    return JSON.stringify(line)
  }
  const extra = (line: Line, more: object) => Object.assign(line.revisions[0]?.['wiki'] as object, more)
  const lines = [
    spoilt(line => extra(line, { kind: 'deletion' })),
    spoilt(line => extra(line, { kind: 'other' })),
    spoilt(line => extra(line, { document: { type: 'doc', content: [{ type: 'script' }] } })),
    spoilt(line => extra(line, { hash: 'x' })),
    spoilt(line => (line.wiki['id'] = '../../etc')),
    spoilt(line => (line.wiki['people'] = { '@ada': { id: 1 } })),
    spoilt(line => extra(line, { told: [{ size: -1, by: null }] })),
    spoilt(line => {
      const last = line.revisions.at(-1)
      delete last?.['text']
      Object.assign(last ?? {}, { suppressed: true })
      Object.assign(last?.['wiki'] as object, { hidden: ['text'] })
    }),
  ]
  writeFileSync(file, [...lines, good].join('\n'))
  const other = await freshWiki()
  const report = await bringIn(other, file)
  expect(report.faults.map(({ line }) => line)).toEqual(lines.map((_, at) => at + 1))
  expect(report).toMatchObject({ pages: 1, revisions: 8 })
})

test('facts about words that cannot be true are not believed', async () => {
  const { wiki, oak } = await lived()
  const file = join(folder(), 'all.jsonl')
  await takeAway(wiki, file)
  const line = JSON.parse(readFileSync(file, 'utf8')) as { revisions: { wiki: Record<string, unknown> }[] }
  for (const revision of line.revisions) revision.wiki['told'] = [{ size: 5, from: 9_000_000 }]
  writeFileSync(file, JSON.stringify(line))
  const other = await freshWiki()
  expect(await bringIn(other, file)).toMatchObject({ revisions: 8 })
  expect((await visitor(other).get(`/api/v1/pages/${oak.id}/authors`)).statusCode).toBe(200)
})
