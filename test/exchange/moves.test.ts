import { expect, test } from 'vitest'
import { visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { bringIn, historyFile, pageAt, pageLine, revision } from './support.ts'

const moved = (from: string, to: string) => ({ moved: { from, to } })

test('every address that a page had leads to where it lives now', async () => {
  const wiki = await freshWiki()
  const lives = [
    revision('One.', 1),
    revision('Two.', 2, moved('a.md', 'b.md')),
    revision('Three.', 3, moved('b.md', 'c.md')),
  ]
  expect(await bringIn(wiki, historyFile([pageLine('c.md', lives)]))).toMatchObject({ redirects: 2, lost: [] })
  for (const old of ['a', 'b']) {
    const reply = await visitor(wiki).get(`/wiki/${old}`)
    expect([reply.statusCode, reply.headers.location]).toEqual([301, '/wiki/c'])
  }
})

test('a title that comes from the name of the file moves with it, and search finds the old one', async () => {
  const wiki = await freshWiki()
  const lives = [revision('Text.', 1), revision('Text.', 2, moved('oaktree.md', 'beech.md'))]
  await bringIn(wiki, historyFile([pageLine('beech.md', lives)]))
  const { page, revisions } = await pageAt(wiki, 'beech')
  expect([page.title, ...revisions.map(({ title }) => title)]).toEqual(['beech', 'oaktree', 'beech'])
  const found = await visitor(wiki).get('/api/v1/search?q=oaktree')
  expect(found.body).toContain('beech')
})

test('two pages that swapped their names keep them, and both lost redirects are told', async () => {
  const wiki = await freshWiki()
  const report = await bringIn(
    wiki,
    historyFile([
      pageLine('b.md', [revision('First.', 1), revision('First.', 3, moved('a.md', 'b.md'))]),
      pageLine('a.md', [revision('Second.', 1), revision('Second.', 3, moved('b.md', 'a.md'))]),
    ]),
  )
  expect(report.lost.map(({ path, address }) => [path, address])).toEqual([
    ['b.md', '/wiki/a'],
    ['a.md', '/wiki/b'],
  ])
  expect((await visitor(wiki).get('/wiki/a')).body).toContain('Second.')
  expect((await visitor(wiki).get('/wiki/b')).body).toContain('First.')
})

test('of two pages that left an address, the one that left later has it, whatever their order', async () => {
  const early = pageLine('x.md', [revision('Early.', 1), revision('Early.', 2, moved('shared.md', 'x.md'))])
  const late = pageLine('y.md', [revision('Late.', 3), revision('Late.', 4, moved('shared.md', 'y.md'))])
  for (const lines of [
    [early, late],
    [late, early],
  ]) {
    const wiki = await freshWiki()
    const report = await bringIn(wiki, historyFile(lines))
    expect(report.lost).toMatchObject([{ path: 'x.md', address: '/wiki/shared' }])
    expect((await visitor(wiki).get('/wiki/shared')).headers.location).toBe('/wiki/y')
  }
})

test('a page that went away and came back needs no redirect', async () => {
  const wiki = await freshWiki()
  const lives = [
    revision('One.', 1),
    revision('One.', 2, moved('a.md', 'b.md')),
    revision('One.', 3, moved('b.md', 'a.md')),
  ]
  expect(await bringIn(wiki, historyFile([pageLine('a.md', lives)]))).toMatchObject({ redirects: 1, lost: [] })
  expect((await visitor(wiki).get('/wiki/b')).headers.location).toBe('/wiki/a')
})

test('moves are also read from the page’s own list', async () => {
  const wiki = await freshWiki()
  const [one, two] = [revision('One.', 1), revision('Two.', 2)]
  const moves = [{ sha: two.sha, from: 'a.md', to: 'b.md' }]
  await bringIn(wiki, historyFile([pageLine('b.md', [one, two], { moves })]))
  expect((await visitor(wiki).get('/wiki/a')).headers.location).toBe('/wiki/b')
})

test('moves within a repository are understood where paths begin with its name', async () => {
  const wiki = await freshWiki()
  const lives = [revision('One.', 1), revision('One.', 2, moved('a.md', 'docs/a.md'))]
  await bringIn(wiki, historyFile([pageLine('guides/docs/a.md', lives)]))
  expect((await visitor(wiki).get('/wiki/guides-a')).headers.location).toBe('/wiki/guides-docs-a')
})

test('a page that is in the wiki already keeps its address', async () => {
  const wiki = await freshWiki()
  await bringIn(wiki, historyFile([pageLine('a.md', [revision('Mine.', 1)], { source: 'https://example.org/one' })]))
  const other = pageLine('a.md', [revision('Other.', 1)], { source: 'https://example.org/two' })
  const { list } = await bringIn(wiki, historyFile([other]))
  expect(list).toMatchObject([{ slug: 'a-2' }])
  expect((await visitor(wiki).get('/wiki/a')).body).toContain('Mine.')
})

test('a page takes its address from one that only had it before', async () => {
  const wiki = await freshWiki()
  const lives = [revision('Old.', 1), revision('Old.', 2, moved('a.md', 'b.md'))]
  await bringIn(wiki, historyFile([pageLine('b.md', lives)]))
  await bringIn(wiki, historyFile([pageLine('a.md', [revision('New.', 5)])]))
  expect((await visitor(wiki).get('/wiki/a')).body).toContain('New.')
})
