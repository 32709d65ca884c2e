import { writeFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { toMarkdown } from '../../shared/document/markdown.ts'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { bringIn, historyFile, pageAt, pageLine, revision } from './support.ts'

test('every text becomes a revision with its time, summary, author and licence, also where nothing changed', async () => {
  const wiki = await freshWiki()
  const same = revision('# Oak\n\nA tree.', 2, { author: 'bo', message: 'Merge branch\n\nof the oak' })
  const report = await bringIn(
    wiki,
    historyFile([pageLine('trees/oak.md', [revision('# Oak\n\nA tree.', 1), same], { license: 'cc by-sa 3.0' })]),
  )
  expect(report).toMatchObject({ pages: 1, revisions: 2, skipped: 0, people: 2, faults: [] })
  const { page, revisions } = await pageAt(wiki, 'trees-oak')
  expect(page).toMatchObject({ title: 'Oak', language: 'en', head: { number: 2 } })
  expect(revisions).toMatchObject([
    { number: 1, kind: 'import', summary: 'Hour 1', at: Date.UTC(2020, 0, 1, 1), licence: 'CC-BY-SA-3.0' },
    { number: 2, kind: 'import', summary: 'Merge branch of the oak', authors: [{ name: 'bo' }] },
  ])
})

test('nobody can sign in as an imported person', async () => {
  const wiki = await freshWiki()
  await bringIn(wiki, historyFile([pageLine('oak.md', [revision('A tree.', 1)])]))
  const ada = await wiki.accounts.people.byHandle('ada')
  expect(ada?.state).toBe('imported')
  const tried = await visitor(wiki).post('/api/v1/session', { login: 'ada', password: '' })
  expect(tried.statusCode).toBeGreaterThanOrEqual(400)
})

test('a page whose last state is deleted answers 410 and keeps its history', async () => {
  const wiki = await freshWiki()
  await bringIn(wiki, historyFile([pageLine('old.md', [revision('Old.', 1), revision(null, 2)])]))
  const reader = visitor(wiki)
  expect((await reader.get('/wiki/old')).statusCode).toBe(410)
  const { page, revisions } = await pageAt(wiki, 'old')
  expect(revisions).toMatchObject([{ kind: 'import' }, { kind: 'deletion', at: Date.UTC(2020, 0, 1, 2) }])
  const history = await reader.get(`/api/v1/pages/${page.id}/revisions`)
  expect(history.json<{ revisions: object[] }>().revisions).toHaveLength(2)
})

test('a page that was deleted and came back is there', async () => {
  const wiki = await freshWiki()
  const lives = [revision('One.', 1), revision(null, 2), revision('Two.', 3)]
  await bringIn(wiki, historyFile([pageLine('phoenix.md', lives)]))
  expect((await visitor(wiki).get('/wiki/phoenix')).body).toContain('Two.')
})

test('the title is what the front matter says, else the first heading, else the name of the file', async () => {
  const wiki = await freshWiki()
  const file = historyFile([
    pageLine('a.md', [revision('---\ntitle: "From the front: yes"\n---\n# Heading\n', 1)]),
    pageLine('b.md', [revision('Text first.\n\nA *setext* heading\n---\n', 1)]),
    pageLine('docs/c-d.md', [revision('Only text.', 1)]),
  ])
  const { list } = await bringIn(wiki, file)
  expect(list.map(({ title }) => title)).toEqual(['From the front: yes', 'A setext heading', 'c-d'])
})

test('front matter beyond title and language is kept as a yaml block', async () => {
  const wiki = await freshWiki()
  const text = '---\ntitle: Oak\nlang: en\norder: 3\ntags:\n  - tree\n---\n\nA tree.\n'
  await bringIn(wiki, historyFile([pageLine('oak.md', [revision(text, 1)])]))
  const { revisions } = await pageAt(wiki, 'oak')
  const document = await wiki.revisions.document(revisions[0]!)
  expect(toMarkdown(document)).toBe('```yaml\norder: 3\ntags:\n  - tree\n```\n\nA tree.\n')
})

test('a second run changes nothing', async () => {
  const wiki = await freshWiki()
  const file = historyFile([
    pageLine('a.md', [revision('One.', 1), revision('Two.', 2, { moved: { from: 'z.md', to: 'a.md' } })]),
    pageLine('b.md', [revision('Gone.', 1), revision(null, 2)]),
  ])
  await bringIn(wiki, file)
  const before = await everything(wiki)
  const again = await bringIn(wiki, file)
  expect(again).toMatchObject({ pages: 0, revisions: 0, skipped: 4, people: 0, redirects: 0 })
  expect(await everything(wiki)).toEqual(before)
})

test('a longer history of a known page is taken up where the shorter one ended', async () => {
  const wiki = await freshWiki()
  const first = revision('One.', 1)
  await bringIn(wiki, historyFile([pageLine('a.md', [first])]))
  const report = await bringIn(wiki, historyFile([pageLine('a.md', [first, revision('Two.', 2)])]))
  expect(report).toMatchObject({ pages: 0, revisions: 1, skipped: 1 })
  expect((await visitor(wiki).get('/wiki/a')).body).toContain('Two.')
})

test('a damaged line is reported by its number and the others are imported', async () => {
  const wiki = await freshWiki()
  const good = (name: string) => pageLine(name, [revision(`Text of ${name}`, 1)])
  const file = historyFile([
    good('a.md'),
    '{"path":"b.md","revisions":[{"sha":',
    good('c.md'),
    '',
    'no json at all',
    { path: 'd.md', revisions: [{ sha: 'x', author: 'ada', timestamp: 'yesterday', text: 'x' }] },
    { path: 'e.md', revisions: [] },
    { path: 'f.md', revisions: [{ sha: 'y', author: 'ada', timestamp: '2020-01-01', text: 5 }] },
    { path: 'g.md', revisions: 'none' as never },
    '[1, 2]',
    good('h.md'),
  ])
  const report = await bringIn(wiki, file)
  expect(report.list.map(({ path, line }) => [path, line])).toEqual([
    ['a.md', 1],
    ['c.md', 3],
    ['h.md', 11],
  ])
  expect(report.faults.map(({ line }) => line)).toEqual([2, 5, 6, 7, 8, 9, 10])
})

test('a packed file that breaks off gives what came before the break', async () => {
  const wiki = await freshWiki()
  const noise = () => Array.from({ length: 20_000 }, () => Math.random().toString(36)).join(' ')
  const lines = ['a.md', 'b.md'].map(path => JSON.stringify(pageLine(path, [revision(noise(), 1)])))
  const file = historyFile([]).replace(/$/, '.br')
  const packed = brotliCompressSync(lines.join('\n'))
  writeFileSync(file, packed.subarray(0, packed.length - 1000))
  const report = await bringIn(wiki, file)
  expect(report).toMatchObject({ pages: 1, faults: [{ line: 2 }] })
})

test('what somebody writes in the page during an import stays in the draft', async () => {
  const wiki = await freshWiki()
  const first = revision('# Oak\n\nA tree.', 1)
  await bringIn(wiki, historyFile([pageLine('oak.md', [first])]))
  const ada = await as(wiki, 'member')
  const { page } = await pageAt(wiki, 'oak')
  const published = await ada.post(`/api/v1/pages/${page.id}/revisions`, {
    markdown: '# Oak\n\nA tree.\n\nIt grows slowly.',
    base: 1,
    summary: 'Slowly',
  })
  expect(published.statusCode).toBe(201)
  await bringIn(wiki, historyFile([pageLine('oak.md', [first, revision('# Oak\n\nA very old tree.', 2)])]))
  const draft = toMarkdown((await wiki.drafts.load(wiki.db.read, page.id)).document())
  expect(draft).toContain('A very old tree.')
})

async function everything({ db }: Awaited<ReturnType<typeof freshWiki>>) {
  const tables = ['pages', 'revisions', 'people', 'page_redirects', 'page_titles', 'draft_updates', 'contents'] as const
  return Promise.all(tables.map(table => db.read.selectFrom(table).selectAll().execute()))
}
