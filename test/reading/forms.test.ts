import { expect, test } from 'vitest'
import { visitor } from '../support/people.ts'
import { form, oak, rewrite, told } from './told.ts'

test('a page is started, written and published with forms alone', async () => {
  const { wiki, ada } = await told()
  const started = await ada.post('/new', form({ title: 'The elm', language: 'en' }))
  expect(started.statusCode).toBe(303)
  expect(started.headers['location']).toBe('/wiki/The-elm/edit')
  const sent = await ada.post(
    '/wiki/The-elm/edit',
    form({ markdown: 'An elm.\r\n\r\nTall.', base: '0', summary: 'Begin' }),
  )
  expect(sent.statusCode).toBe(303)
  const { body } = await visitor(wiki).get('/wiki/The-elm')
  expect(body).toContain('An elm.')
  expect(body).toContain('Tall.')
})

test('the plain form publishes a change and names the licence agreed to', async () => {
  const { wiki, ada } = await told()
  const { body } = await ada.get('/wiki/Oak/edit')
  expect(body).toContain('name="base" value="1"')
  expect(body).toContain('CC BY-SA 4.0')
  expect(body).toContain('<cl-editor')
  const done = await ada.post(
    '/wiki/Oak/edit',
    form({ markdown: oak.replace('woods', 'forests'), base: '1', summary: 'x' }),
  )
  expect(done.statusCode).toBe(303)
  expect((await visitor(wiki).get('/wiki/Oak')).body).toContain('forests')
})

test('changes of others since the base are kept where they do not overlap', async () => {
  const story = await told()
  const { wiki, ada, mo } = story
  await rewrite(story, mo, oak.replace('a thousand', 'two thousand'))
  await ada.post('/wiki/Oak/edit', form({ markdown: oak.replace('woods', 'forests'), base: '1', summary: '' }))
  const { body } = await visitor(wiki).get('/wiki/Oak')
  expect(body).toContain('forests')
  expect(body).toContain('two thousand')
})

test('where words overlap the form comes back with both texts, and nothing is lost', async () => {
  const story = await told()
  const { wiki, ada, mo } = story
  await rewrite(story, mo, oak.replace('a thousand', 'two thousand'))
  const mine = oak.replace('a thousand', 'nine hundred')
  const refused = await ada.post('/wiki/Oak/edit', form({ markdown: mine, base: '1', summary: 'Mine' }))
  expect(refused.statusCode).toBe(409)
  expect(refused.body).toContain('nine hundred')
  expect(refused.body).toContain('two thousand')
  expect(refused.body).toContain('value="Mine"')
  expect(refused.body).toContain('name="base" value="2"')
  expect(refused.body).not.toContain('<cl-editor')
  const agreed = oak.replace('a thousand', 'two thousand, or nine hundred,')
  expect((await ada.post('/wiki/Oak/edit', form({ markdown: agreed, base: '2' }))).statusCode).toBe(303)
  expect((await visitor(wiki).get('/wiki/Oak')).body).toContain('two thousand, or nine hundred,')
})

test('whoever was signed out while writing gets their words back', async () => {
  const { wiki } = await told()
  const { statusCode, body } = await visitor(wiki).post(
    '/wiki/Oak/edit',
    form({ markdown: 'My long work.', base: '1' }),
  )
  expect(statusCode).toBe(401)
  expect(body).toContain('My long work.')
})

test('a refused text comes back too: unchanged, too long a summary, a NUL', async () => {
  const { ada } = await told()
  const cases: [Record<string, string>, number][] = [
    [{ markdown: oak }, 409],
    [{ markdown: `${oak}\nMore.`, summary: 'x'.repeat(2000) }, 422],
    [{ markdown: `${oak}\0` }, 422],
  ]
  for (const [fields, status] of cases) {
    const { statusCode, body } = await ada.post('/wiki/Oak/edit', form({ base: '1', summary: '', ...fields }))
    expect(statusCode).toBe(status)
    expect(body).toContain('Some live for a thousand years.')
  }
})

test('a member renames, a moderator deletes, a visitor does neither', async () => {
  const { wiki, ada, mo } = await told()
  expect((await visitor(wiki).get('/wiki/Oak/move')).statusCode).toBe(401)
  expect((await ada.get('/wiki/Oak/delete')).statusCode).toBe(403)
  expect((await ada.get('/wiki/Oak/move')).body).toContain('value="Oak"')
  const moved = await ada.post('/wiki/Oak/move', form({ title: 'The oak', slug: 'The oak tree' }))
  expect(moved.statusCode).toBe(303)
  expect((await visitor(wiki).get('/wiki/Oak')).headers['location']).toBe('/wiki/The-oak-tree')
  const gone = await mo.post('/wiki/The-oak-tree/delete', form({ summary: 'Not ours' }))
  expect(gone.headers['location']).toBe('/wiki/The-oak-tree/history')
  expect((await visitor(wiki).get('/wiki/The-oak-tree/history')).body).toContain('Not ours')
})

test('a taken address is refused with the form as it was filled in', async () => {
  const { wiki, ada } = await told()
  await wiki.revisions.startPage(ada.person, { title: 'Elm', language: 'en' })
  const refused = await ada.post('/wiki/Oak/move', form({ title: 'My oak', slug: 'Elm' }))
  expect(refused.statusCode).toBe(409)
  expect(refused.body).toContain('value="My oak"')
  expect(refused.body).toContain('value="Elm"')
})
