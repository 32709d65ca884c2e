import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { as, type Member, visitor } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'
import { type RevisionReply, starts } from './writers.ts'

interface ListReply {
  revisions: (RevisionReply & { sections: string[]; revertedBy: { number: number } | null; newcomers: string[] })[]
  next: string | null
  counts: { all: number; people: number; since: number; matching: number; minor: number }
}

/** What a visitor is told of a page's history. */
async function read(wiki: FreshWiki, pageId: string, query: Record<string, string> = {}): Promise<ListReply> {
  const address = `/api/v1/pages/${pageId}/revisions?${new URLSearchParams(query).toString()}`
  return (await visitor(wiki).get(address)).json<ListReply>()
}

const numbers = ({ revisions }: ListReply) => revisions.map(({ number }) => number)

const publishes = (who: Member, pageId: string, markdown: string, note: object = {}) =>
  who.post(`/api/v1/pages/${pageId}/revisions`, { markdown, ...note })

const oak = (age: string, place = 'In woods.') => `Oaks are trees.\n\n## Age\n\n${age}\n\n## Place\n\n${place}`

/** Five revisions by two people: 1 new, 2 age, 3 place (minor), 4 lead, 5 restores 2. */
async function told() {
  const wiki = await freshWiki()
  const [ada, bo, mo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'moderator')]
  const { id } = await starts(ada, 'Oak', oak('Old.'))
  await publishes(bo, id, oak('Very old.'), { summary: 'How old' })
  await publishes(ada, id, oak('Very old.', 'In parks.'), { minor: true })
  await publishes(bo, id, oak('Very old.', 'In parks.').replace('trees', 'plants'))
  await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 2 })
  return { wiki, ada, bo, mo, id }
}

test('a history is filtered by person, section, tag, and without what is minor, each alone and together', async () => {
  const { wiki, ada, bo, mo, id } = await told()
  const by = (query: Record<string, string>) => read(wiki, id, query).then(numbers)
  expect(await by({ person: bo.person.handle })).toEqual([4, 2])
  expect(await by({ person: ada.person.handle })).toEqual([3, 1])
  expect(await by({ person: 'nobody' })).toEqual([])
  expect(await by({ section: 'Age' })).toEqual([2, 1])
  expect(await by({ section: 'Place' })).toEqual([5, 3, 1])
  expect(await by({ section: '' })).toEqual([5, 4, 1])
  expect(await by({ minor: 'hide' })).toEqual([5, 4, 2, 1])
  expect(await by({ tag: 'minor' })).toEqual([3])
  expect(await by({ tag: 'new' })).toEqual([1])
  expect(await by({ tag: 'restore' })).toEqual([5])
  expect(await by({ tag: 'reverted' })).toEqual([4, 3])
  expect(await by({ tag: 'first' })).toEqual([5, 2, 1])
  expect(await by({ section: 'Place', person: ada.person.handle, minor: 'hide' })).toEqual([1])
  expect(await by({ tag: 'first', person: mo.person.handle })).toEqual([5])
})

test('a history is filtered by days, both included', async () => {
  const { wiki, id } = await told()
  const today = new Date().toISOString().slice(0, 10)
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  expect(numbers(await read(wiki, id, { since: yesterday, until: today }))).toHaveLength(5)
  expect(numbers(await read(wiki, id, { until: yesterday }))).toEqual([])
  expect((await read(wiki, id, { since: '2001-01-01' })).counts).toMatchObject({ matching: 5, all: 5, people: 3 })
})

test('counts tell of the whole, of what fits, and of what was left out as minor', async () => {
  const { wiki, id } = await told()
  const { counts, revisions } = await read(wiki, id, { minor: 'hide', section: 'Place', limit: '1' })
  expect(counts).toMatchObject({ all: 5, people: 3, matching: 2, minor: 1 })
  expect(revisions).toHaveLength(1)
  const first = (await read(wiki, id)).revisions.at(-1)
  expect(counts.since).toBe(first?.at)
})

test('every part of a filtered history is read once, whatever its size', async () => {
  const { wiki, id } = await told()
  const seen: number[] = []
  let before: string | undefined
  do {
    const part = await read(wiki, id, { limit: '1', minor: 'hide', ...(before && { before }) })
    seen.push(...numbers(part))
    before = part.next ?? undefined
  } while (before !== undefined)
  expect(seen).toEqual([5, 4, 2, 1])
})

test('a query that means nothing is refused to programs and passed over on the screen', async () => {
  const { wiki, id } = await told()
  const queries = ['tag=nonsense', 'minor=yes', 'since=today', 'since=2026-13-45', 'before=x', 'else=1', 'limit=0']
  for (const query of queries) {
    expect((await visitor(wiki).get(`/api/v1/pages/${id}/revisions?${query}`)).statusCode, query).toBe(400)
    const screen = await visitor(wiki).get(`/wiki/Oak/history?${query}`)
    expect([screen.statusCode, screen.body.includes('Revision 5')], query).toEqual([200, true])
  }
})

test('what takes revisions back is known of each; taking that back lets them stand again', async () => {
  const { wiki, mo, id } = await told()
  const reverted = async () =>
    (await read(wiki, id)).revisions.flatMap(({ number, revertedBy }) =>
      revertedBy ? [`${number} by ${revertedBy.number}`] : [],
    )
  expect(await reverted()).toEqual(['4 by 5', '3 by 5'])
  await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 4 })
  expect(await reverted()).toEqual(['5 by 6'])
})

test('an edit by hand that brings an older text back takes back what lay between', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'Good.')
  await publishes(ada, id, 'Bad.')
  await publishes(ada, id, 'Good.')
  expect((await read(wiki, id)).revisions.map(({ revertedBy }) => revertedBy?.number)).toEqual([
    undefined,
    3,
    undefined,
  ])
})

test('the first revision of a person in the wiki is known, also when an import brings an earlier one later', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'One.')
  await publishes(ada, id, 'Two.')
  const firsts = async (pageId: string) => (await read(wiki, pageId)).revisions.map(({ newcomers }) => newcomers.length)
  expect(await firsts(id)).toEqual([0, 1])

  const { importing } = wiki.revisions
  const old = await wiki.db.write(async tx => {
    const page = await importing.startPage(tx, {
      title: 'Elm',
      slug: 'Elm',
      language: 'en',
      licence: 'CC0-1.0',
      at: 1000,
    })
    const from = { source: 'elsewhere', path: 'elm', externalId: '1' }
    await importing.add(tx, {
      ...from,
      pageId: page.id,
      authorId: ada.person.id,
      at: 1000,
      summary: '',
      title: 'Elm',
      licence: 'CC0-1.0',
      document: fromMarkdown('An elm.'),
    })
    await importing.finish(tx, page.id)
    return page.id
  })
  expect(await firsts(id)).toEqual([0, 0])
  expect(await firsts(old)).toEqual([1])
})

test('the history tells its revisions by day, with tags, bars, counts and menus', async () => {
  const { wiki, ada, mo } = await told()
  const { body } = await visitor(wiki).get('/wiki/Oak/history')
  for (const part of [
    '5 revisions by 3 people since',
    'restored 2',
    'reverted',
    'first edit',
    'minor',
    'current',
    'Oak/history.atom',
    'application/atom+xml',
    '?section=Age',
    `?person=${ada.person.handle}`,
    '?tag=reverted',
    '?minor=hide',
    'type="date"',
    '/cite?revision=2',
    '/authors?revision=2',
  ])
    expect(body, part).toContain(part)
  for (const part of ['/undo?revision=2', '/suppress?revision=2']) expect(body, part).not.toContain(part)
  const forMembers = (await ada.get('/wiki/Oak/history')).body
  expect([forMembers.includes('/undo?revision=2'), forMembers.includes('/suppress?')]).toEqual([true, false])
  expect((await mo.get('/wiki/Oak/history')).body).toContain('/suppress?revision=2')
})

test('filters in the address stay in every link and form of the screen', async () => {
  const { wiki, bo } = await told()
  const { handle } = bo.person
  const { body } = await visitor(wiki).get(`/wiki/Oak/history?person=${handle}&minor=hide`)
  expect(body).toContain(`?person=${handle}&amp;minor=hide&amp;section=Age`)
  expect(body).toContain(`?person=${handle}&amp;minor=hide&amp;tag=reverted`)
  expect(body).toContain(`<input type="hidden" name="person" value="${handle}" />`)
  expect(body).toContain('2 revisions fit.')
  const hidden = await visitor(wiki).get('/wiki/Oak/history?minor=hide')
  expect(hidden.body).toContain('1 minor edit hidden.')
})

test('recent changes and people’s pages carry the same tags', async () => {
  const { wiki, bo } = await told()
  const changes = (await visitor(wiki).get('/changes')).body
  for (const tag of ['restored 2', 'reverted', 'first edit', 'minor', '>new<']) expect(changes, tag).toContain(tag)
  const own = (await visitor(wiki).get(`/people/${bo.person.handle}`)).body
  for (const tag of ['reverted', 'first edit']) expect(own, tag).toContain(tag)
})

test('hostile words in a history stay words', async () => {
  const wiki = await freshWiki()
  const eve = await as(wiki, 'member', { name: '<img src=x onerror=alert(1)>' })
  const bad = '"><script>alert(1)</script>&\u202e'
  const { id } = await starts(eve, 'Oak', `# ${bad.replaceAll('<', '\\<')}\n\nText.`)
  await publishes(eve, id, 'Text.', { summary: bad })
  for (const path of [
    '/wiki/Oak/history',
    `/wiki/Oak/history?section=${encodeURIComponent(bad)}&person=%22%3E%3Cb%3E`,
    '/changes',
  ]) {
    const { body, statusCode } = await visitor(wiki).get(path)
    expect(statusCode).toBe(200)
    expect(body, path).not.toMatch(/<script>alert|<img src=x|"><b>/)
  }
})

test('a history that was read shows at once what was published, deleted and taken back since', async () => {
  const { wiki, ada, mo, id } = await told()
  const state = async () => {
    const { counts, revisions } = await read(wiki, id)
    return [counts.all, counts.people, revisions.filter(({ revertedBy }) => revertedBy).length]
  }
  expect(await state()).toEqual([5, 3, 2])
  await publishes(ada, id, oak('Ancient.'))
  expect(await state()).toEqual([6, 3, 2])
  await mo.delete(`/api/v1/pages/${id}`)
  expect(await state()).toEqual([7, 3, 2])
  await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 6 })
  expect(await state()).toEqual([8, 3, 3])
})

test('parts of a history asked for at once are the same as one after the other', async () => {
  const { wiki, ada, id } = await told()
  const asked = Array.from({ length: 6 }, () => read(wiki, id))
  for (const part of await Promise.all(asked)) expect([numbers(part), part.counts.all]).toEqual([[5, 4, 3, 2, 1], 5])
  await publishes(ada, id, oak('Ancient.'))
  const again = await Promise.all(Array.from({ length: 6 }, () => read(wiki, id, { tag: 'new' })))
  expect(again.map(({ counts }) => counts.all)).toEqual([6, 6, 6, 6, 6, 6])
})

test('the days that a history is filtered by are named as people write them', async () => {
  const { wiki } = await told()
  const chip = async (query: string) => {
    const { body } = await visitor(wiki).get(`/wiki/Oak/history?${query}`)
    const [, chosen = ''] = /<summary class="chip"\s+aria-current="true">([^]*?)<\/summary>/.exec(body) ?? []
    return chosen.replace(/<[^>]*>/g, '').trim()
  }
  expect(await chip('since=2026-03-01&until=2026-11-30')).toBe('1 Mar 2026 – 30 Nov 2026')
  expect(await chip('since=2026-03-01')).toBe('From 1 Mar 2026')
  expect(await chip('until=2026-02-31')).toMatch(/^Until \d+ \w+ 2026$/)
})
