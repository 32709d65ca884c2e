import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { comparedSource } from '../../server/history/compare/source.ts'
import { comparedBlocks } from '../../server/history/compare/visual.ts'
import { translator } from '../../server/html/index.ts'
import { apply, changesFrom } from '../../shared/document/diff.ts'
import { documentFromJson } from '../../shared/document/from-json.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { ComparisonJson, comparisonShapes } from '../../shared/revisions/compare.ts'
import { corpusHistory } from '../support/corpus.ts'
import { as, type Caller, visitor } from '../support/people.ts'
import { told, rewrite } from '../reading/told.ts'

const compare = (who: Caller, page: { id: string }, query: string) =>
  who.get(`/api/v1/pages/${page.id}/compare?${query}`)
const suppress = (who: Caller, page: { id: string }, number: number, hidden: string[]) =>
  who.put(`/api/v1/pages/${page.id}/revisions/${number}/suppression`, { hidden, reason: 'Someone’s address' })

test('anyone may compare, and what they get makes the newer text of the older one', async () => {
  const story = await told()
  const { wiki, ada, mo, page } = story
  const history = corpusHistory('opensource-guide-en').find(one => one.revisions.filter(({ text }) => text).length > 3)
  const texts = history?.revisions.flatMap(({ text }) => text ?? []).slice(-3) ?? []
  for (const text of texts) await rewrite(story, ada, text)
  const suspended = await as(wiki, 'member')
  await wiki.accounts.suspensions.suspend(mo.person, suspended.person.handle, { reason: 'Spam', until: null })
  for (const who of [visitor(wiki), ada, mo, suspended, await ada.token(['read'])])
    for (const [from, to] of [
      [1, 2],
      [2, 4],
      [4, 1],
    ] as const) {
      const reply = await compare(who, page, `from=${from}&to=${to}`)
      expect(reply.statusCode).toBe(200)
      const { changes } = reply.json<{ changes: Parameters<typeof changesFrom>[0] }>()
      const document = async (number: number) =>
        documentFromJson((await who.get(`/api/v1/pages/${page.id}/content?format=document&revision=${number}`)).json())
      expect(apply(changesFrom(changes), await document(from)).eq(await document(to))).toBe(true)
    }
})

test('a comparison has the shape that is promised', async () => {
  const story = await told()
  const { ada, page, wiki } = story
  await rewrite(
    story,
    ada,
    '# An oak\n\nAn *oak* is a [tree](https://oak.example).[^1]\n\n[^1]: Really.\n\n> [!NOTE]\n> Mind.\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  )
  await rewrite(
    story,
    ada,
    '# The oak\n\nAn oak is a [tree](https://tree.example).[^1]\n\n[^1]: Truly.\n\n> [!TIP]\n> Mind it.\n\n| a | b |\n|---|---|\n| 1 | 3 |\n| 4 | 5 |\n\n```js\nlet oak\n```',
  )
  const name = (json: unknown): unknown => JSON.parse(JSON.stringify(json).replaceAll('#/components/schemas/', ''))
  const check = Compile(name(comparisonShapes) as never, name(ComparisonJson) as never)
  for (const query of ['from=1&to=2', 'from=2&to=3', 'from=3&to=1', 'from=2&to=2']) {
    const reply = (await compare(ada, page, query)).json<object>()
    expect(check.Errors(reply), query).toEqual([])
  }
  const { hunks, between } = (await compare(ada, page, 'from=2&to=3')).json<ComparisonJson>()
  expect(hunks.map(({ id, status, what }) => [id, status, what])).toEqual([
    ['c1', 'changed', 'heading'],
    ['c2', 'changed', 'paragraph'],
    ['c3', 'changed', 'note'],
    ['c4', 'changed', 'table'],
    ['c5', 'inserted', 'code'],
  ])
  expect(hunks[0]?.blocks[0]?.words.map(({ status, text }) => [status, text])).toEqual([
    ['removed', 'An'],
    ['inserted', 'The'],
    ['kept', ' oak'],
  ])
  expect(hunks[3]?.blocks[0]?.children.at(-1)).toMatchObject({ status: 'inserted', to: [3, 2] })
  expect(between).toEqual({ revisions: 0, authors: [], others: 0 })
  const described = (await visitor(wiki).get('/api/openapi.json')).json<{ components: { schemas: object } }>()
  expect(Object.keys(described.components.schemas)).toEqual(expect.arrayContaining(Object.keys(comparisonShapes)))
})

test('a comparison that has not changed is not sent again', async () => {
  const story = await told()
  const { ada, mo, page } = story
  await rewrite(story, ada, 'Else.')
  for (const path of [`/api/v1/pages/${page.id}/compare?from=1&to=2`, '/wiki/Oak/compare?from=1&to=2']) {
    const { headers } = await ada.get(path)
    const tag = String(headers['etag'])
    expect((await ada.get(path, { 'if-none-match': tag })).statusCode).toBe(304)
    await suppress(mo, page, 1, ['summary'])
    expect((await ada.get(path, { 'if-none-match': tag })).statusCode).toBe(200)
    await suppress(mo, page, 1, [])
  }
})

test('two that are the same have no changes, and the screen says so', async () => {
  const { wiki, page } = await told()
  const reply = await compare(visitor(wiki), page, 'from=1&to=1')
  expect(reply.json()).toMatchObject({ changes: [], hunks: [], summary: { blocks: 0, wordsAdded: 0, wordsRemoved: 0 } })
  const screen = await visitor(wiki).get('/wiki/Oak/compare?from=1&to=1')
  expect(screen.statusCode).toBe(200)
  expect(screen.body).toContain('Nothing to compare')
})

test('a revision that the page does not have is not found', async () => {
  const story = await told()
  const { wiki, ada, page } = story
  const other = await wiki.revisions.startPage(ada.person, { title: 'Elm', document: fromMarkdown('One.') })
  await wiki.revisions.publishContent(ada.person, other.id, fromMarkdown('Two.'), {})
  expect((await compare(ada, page, 'from=1&to=2')).statusCode).toBe(404)
  expect((await compare(ada, { id: 'nowhere' }, 'from=1&to=2')).statusCode).toBe(404)
  expect((await ada.get('/wiki/Oak/compare?from=1&to=2')).statusCode).toBe(404)
  expect((await ada.get('/wiki/Nowhere/compare?from=1&to=2')).statusCode).toBe(404)
  for (const query of ['from=0&to=1', 'from=1', 'from=a&to=b', 'from=1&to=1.5', 'from=-1&to=1'])
    expect((await compare(ada, page, query)).statusCode, query).toBe(400)
})

test('a deletion is compared as a text without words', async () => {
  const { wiki, mo, page } = await told()
  await wiki.pages.remove(mo.person, page.id)
  const reader = visitor(wiki)
  expect((await compare(reader, page, 'from=1&to=2')).json()).toMatchObject({
    hunks: [{ status: 'removed' }, { status: 'removed' }, { status: 'removed' }],
  })
  expect((await compare(reader, page, 'from=2&to=1')).json()).toMatchObject({ changes: [{ kind: 'insert' }] })
  for (const view of ['', '&view=source']) {
    const { statusCode, body } = await reader.get(`/wiki/Oak/compare?from=1&to=2${view}`)
    expect(statusCode).toBe(200)
    expect(body).toContain('deleted the page')
    expect(body).toContain('An oak is a tree.')
  }
})

test('a suppressed text is compared with nothing, and the way around it is shown', async () => {
  const story = await told()
  const { wiki, ada, mo, page } = story
  await rewrite(story, ada, 'The secret of the oak.', 'A secret summary')
  await rewrite(story, ada, 'An oak again.')
  await suppress(mo, page, 2, ['text', 'summary'])
  for (const who of [visitor(wiki), ada, mo]) {
    for (const query of ['from=1&to=2', 'from=2&to=3', 'from=2&to=2']) {
      expect((await compare(who, page, query)).statusCode, query).toBe(410)
      for (const view of ['', '&view=source']) {
        const { statusCode, body } = await who.get(`/wiki/Oak/compare?${query}${view}`)
        expect(statusCode).toBe(410)
        expect(body).not.toContain('secret')
      }
    }
    expect((await who.get('/wiki/Oak/compare?from=1&to=2')).body).toContain('compare?from=1&amp;to=3')
    const { statusCode, body } = await who.get('/wiki/Oak/compare?from=1&to=3')
    expect([statusCode, body.includes('secret')]).toEqual([200, false])
  }
})

test('who wrote what lies between is named, except where it was suppressed', async () => {
  const story = await told()
  const { wiki, ada, mo, page } = story
  const eve = await as(wiki, 'member', { name: 'Eve Hidden' })
  const bo = await as(wiki, 'member', { name: 'Bo' })
  await rewrite(story, bo, 'Two.')
  await rewrite(story, eve, 'Three.')
  await rewrite(story, ada, 'Four.')
  const path = '/wiki/Oak/compare?from=1&to=4'
  expect((await ada.get(path)).body).toContain('Eve Hidden')
  await suppress(mo, page, 3, ['author'])
  const { body } = await visitor(wiki).get(path)
  expect(body).toContain('Includes 2 revisions by')
  expect(body).toContain('Bo')
  expect(body).not.toContain('Eve Hidden')
  const reply = await compare(visitor(wiki), page, 'from=1&to=4')
  expect(reply.body).not.toContain('Eve Hidden')
  expect(reply.json()).toMatchObject({ between: { revisions: 2, authors: [{ name: 'Bo' }] } })
})

test('only who may edit is offered to undo, and only between neighbours', async () => {
  const story = await told()
  const { wiki, ada, mo } = story
  await rewrite(story, ada, 'Two.')
  await rewrite(story, ada, 'Three.')
  const offers = async (who: Caller, query: string) =>
    (await who.get(`/wiki/Oak/compare?${query}`)).body.includes('/undo?revision=')
  expect(await offers(visitor(wiki), 'from=1&to=2')).toBe(false)
  expect(await offers(ada, 'from=1&to=2')).toBe(true)
  expect(await offers(mo, 'from=2&to=3')).toBe(true)
  expect(await offers(ada, 'from=1&to=3')).toBe(false)
})

const long = (seed: number) =>
  Array.from({ length: 2000 }, (_, p) =>
    Array.from({ length: 50 }, (_, w) => `w${(p * 7919 + w * 104_729 + seed * (w + 3) * (p + 11)) % 3001}`).join(' '),
  )

test('texts of 100,000 words with little in common are compared by blocks, in no time', () => {
  const [before, after] = [fromMarkdown(long(1).join('\n\n')), fromMarkdown(long(2).join('\n\n'))]
  const context = { page: () => undefined, titled: () => undefined, message: (name: string) => name }
  const t = translator('en')
  const within = <Value>(make: () => Value): Value => {
    const start = performance.now()
    const made = make()
    expect(performance.now() - start).toBeLessThan(2000 * patience)
    return made
  }
  expect(within(() => comparedBlocks(t, before, after, context)).isCoarse).toBe(true)
  expect(within(() => comparedSource(t, before, after)).hunks.length).toBeGreaterThan(10)
  const book = (lines: string[]) => fromMarkdown(lines.join(' '))
  expect(within(() => comparedBlocks(t, book(long(1)), book(long(2)), context)).hunks).toHaveLength(2)
  expect(within(() => comparedSource(t, book(long(1)), book(long(2)))).hunks).toHaveLength(1)
})

/** Other tests run on the same cores; the benchmark measures alone. */
const patience = 4

test('where little is in common the screen says so and offers the source', async () => {
  const { wiki, ada, mo } = await told()
  const page = await wiki.revisions.startPage(ada.person, {
    title: 'Long',
    document: fromMarkdown(long(1).join('\n\n')),
  })
  await wiki.pages.remove(mo.person, page.id)
  const { body } = await ada.get('/wiki/Long/compare?from=1&to=2')
  expect(body).toContain('so little in common')
  expect(body).toContain('href="/wiki/Long/compare?from=1&amp;to=2&amp;view=source"')
  expect((await ada.get('/wiki/Long/compare?from=1&to=2&view=source')).statusCode).toBe(200)
  const reply = await compare(ada, page, 'from=1&to=2')
  expect(reply.json()).toMatchObject({
    coarse: true,
    changes: [{ kind: 'remove', count: 2000 }],
    summary: { wordsRemoved: 100_000 },
  })
}, 60_000)
