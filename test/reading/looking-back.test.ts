import { expect, test } from 'vitest'
import { visitor } from '../support/people.ts'
import { form, oak, rewrite, told } from './told.ts'

test('the history lists every revision with its summary, authors and what can be compared', async () => {
  const story = await told()
  await rewrite(story, story.mo, oak.replace('a tree', 'a very old tree'), 'Say how old')
  const { body } = await visitor(story.wiki).get('/wiki/Oak/history')
  for (const part of ['A start', 'Say how old', 'Ada', 'Mo']) expect(body).toContain(part)
  expect(body).toMatch(/name="from"\s+value="1"\s+checked/)
  expect(body).toMatch(/name="to"\s+value="2"\s+checked/)
  expect(body).not.toContain('/wiki/Oak/restore')
})

test('a long history is read page by page', async () => {
  const story = await told()
  for (let turn = 2; turn <= 53; turn++) await rewrite(story, story.ada, `Text ${turn}.`, `Edit ${turn}`)
  const first = await visitor(story.wiki).get('/wiki/Oak/history')
  expect(first.body).toContain('Edit 53')
  expect(first.body).not.toContain('Edit 3<')
  const older = /href="(\/wiki\/Oak\/history\?before=[^"]+)"/.exec(first.body)?.[1]
  const second = await visitor(story.wiki).get(String(older))
  expect(second.body).toContain('Edit 3<')
  expect(second.body).toContain('A start')
})

test('comparing shows the words that came and the words that went', async () => {
  const story = await told()
  await rewrite(story, story.ada, oak.replace('a tree', 'a mighty plant'))
  const { body } = await visitor(story.wiki).get('/wiki/Oak/compare?from=1&to=2')
  expect(body).toMatch(/<del>[^<]*tree[^<]*<\/del>/)
  expect(body).toMatch(/<ins>[^<]*mighty plant[^<]*<\/ins>/)
  expect(body).toContain('href="#c1"')
  const source = await visitor(story.wiki).get('/wiki/Oak/compare?from=1&to=2&view=source')
  expect(source.body).toMatch(/<ins>[^<]*mighty[^<]*<\/ins>/)
})

test('comparing with nonsense is refused or set right, never a fault', async () => {
  const story = await told()
  await rewrite(story, story.ada, 'Else.')
  const reader = visitor(story.wiki)
  for (const query of ['', '?from=2&to=1', '?from=1', '?to=2', '?from=x&to=y', '?from=1&from=2&to=2'])
    expect((await reader.get(`/wiki/Oak/compare${query}`)).statusCode, query).toBe(200)
  for (const query of ['?from=1&to=99', '?from=0&to=0', '?from=-1&to=99'])
    expect((await reader.get(`/wiki/Oak/compare${query}`)).statusCode, query).toBeLessThan(500)
  expect((await reader.get('/wiki/Oak/history?before=nonsense')).statusCode).toBeLessThan(500)
  expect((await reader.get('/changes?before=nonsense')).statusCode).toBeLessThan(500)
  expect((await reader.get('/pages?after=nonsense')).statusCode).toBeLessThan(500)
})

test('an old revision stands under a banner and has a permanent address', async () => {
  const story = await told()
  await rewrite(story, story.ada, 'All new.')
  const { revisions } = await story.wiki.revisions.list(story.page, {})
  const first = revisions.find(({ number }) => number === 1)
  for (const path of ['/wiki/Oak?revision=1', `/r/${first?.id}`]) {
    const { statusCode, body } = await visitor(story.wiki).get(path)
    expect(statusCode).toBe(200)
    expect(body).toContain('An oak is a tree.')
    expect(body).not.toContain('All new.')
    expect(body).toContain(`/r/${first?.id}`)
    for (const face of ['authors', 'cite', 'play']) expect(body).toContain(`href="/wiki/Oak/${face}?revision=1"`)
    expect(body.replace(/\s+/g, ' ')).toMatch(
      /Size<\/dt> <dd>0\.\d kB<\/dd>.*Words<\/dt> <dd> ?\d+ \(<b class="plus">\+/,
    )
    expect(body).toContain('banner-warn')
    expect(body).toContain('noindex')
  }
})

test('a moderator restores with a form; a member is not offered one and is refused', async () => {
  const story = await told()
  const { wiki, ada, mo, page } = story
  await rewrite(story, ada, 'All new.')
  const preview = '/wiki/Oak/restore?revision=1'
  expect((await ada.get('/wiki/Oak?revision=1')).body).not.toContain('/wiki/Oak/restore')
  expect((await ada.post('/wiki/Oak/restore', form({ revision: '1' }))).statusCode).toBe(403)
  for (const path of ['/wiki/Oak?revision=1', '/wiki/Oak/compare?from=1&to=2', '/wiki/Oak/history'])
    expect((await mo.get(path)).body, path).toContain(`href="${preview}"`)
  expect((await mo.get(preview)).body).toContain('action="/wiki/Oak/restore"')
  const done = await mo.post('/wiki/Oak/restore', form({ revision: '1', summary: 'Better' }))
  expect(done.statusCode).toBe(303)
  expect((await visitor(wiki).get('/wiki/Oak')).body).toContain('An oak is a tree.')
  await wiki.pages.remove(mo.person, page.id)
  expect((await mo.post('/wiki/Oak/restore', form({ revision: '2' }))).statusCode).toBe(303)
  expect((await visitor(wiki).get('/wiki/Oak')).body).toContain('All new.')
})

test('a form that another site sends does nothing', async () => {
  const story = await told()
  const { mo } = story
  await rewrite(story, mo, 'All new.')
  const forged = await mo.post('/wiki/Oak/restore', form({ revision: '1' }), { origin: 'https://evil.example' })
  expect(forged.statusCode).toBe(403)
  expect((await visitor(story.wiki).get('/wiki/Oak')).body).toContain('All new.')
})

test('recent changes and the front page tell what happened', async () => {
  const story = await told()
  await rewrite(story, story.mo, 'All new.', 'Start again')
  for (const path of ['/changes', '/']) {
    const { body } = await visitor(story.wiki).get(path)
    for (const part of ['Start again', 'A start', 'Oak', 'Mo']) expect(body, path).toContain(part)
  }
})
