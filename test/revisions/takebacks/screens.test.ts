import { expect, test } from 'vitest'
import { as, type Caller, visitor } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { starts, textOf, types } from '../writers.ts'

const form = (fields: Record<string, string>) => new URLSearchParams(fields)

/** The value of every field that a screen would send as it stands. */
function fieldsIn(screen: string): Record<string, string> {
  const inputs = [...screen.matchAll(/<input\b[^>]*>/g)].map(([input]) => input)
  const value = (input: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]
  return Object.fromEntries(
    inputs
      .filter(input => !input.includes('type="radio"') && !input.includes('type="search"'))
      .map(input => [value(input, 'name') ?? '', value(input, 'value') ?? '']),
  )
}

/** The choices that a screen offers, by the names of their fields. */
const choicesIn = (screen: string) => [
  ...new Set([...screen.matchAll(/name="(choice-[^"]+)"/g)].map(([, name = '']) => name)),
]

async function oak() {
  const wiki = await freshWiki()
  const [ada, bo, mo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'moderator')]
  const { id } = await starts(ada, 'Oak', 'It is 300 years old and stands behind the church.\n\nIt is hollow.')
  const publishes = (who: Caller, markdown: string) => who.post(`/api/v1/pages/${id}/revisions`, { markdown })
  await publishes(bo, 'It is 400 years old and stands behind the church.\n\nBuy <seeds>.\n\nIt is hollow.')
  await publishes(ada, 'It is 500 years old and stands behind the church.\n\nBuy <seeds>.\n\nIt is hollow.')
  return { wiki, ada, bo, mo, id, publishes }
}

test('an edit is undone by a form alone: the preview asks, the choice is sent, the rest goes', async () => {
  const { ada, id } = await oak()
  const preview = await ada.get('/wiki/Oak/undo?revision=2')
  expect(preview.statusCode).toBe(200)
  expect(preview.body).toContain('Undo revision 2?')
  expect(preview.body).toContain('Buy &lt;seeds&gt;.')
  expect(preview.body).not.toContain('<seeds>')
  const [choice = ''] = choicesIn(preview.body)
  const fields = fieldsIn(preview.body)
  expect(fields).toMatchObject({ revision: '2', head: '3' })

  const unchosen = await ada.post('/wiki/Oak/undo', form({ ...fields, summary: 'Not for sale' }))
  expect(unchosen.statusCode).toBe(409)
  expect(unchosen.body).toContain('changed again in one place')
  expect(unchosen.body).toContain('value="Not for sale"')

  const result = await ada.get(`/wiki/Oak/undo?revision=2&${choice}=undo`)
  expect(result.body).toMatch(/<ins[^>]*>300/)
  const sent = await ada.post('/wiki/Oak/undo', form({ ...fields, [choice]: 'undo', summary: 'Not for sale' }))
  expect([sent.statusCode, sent.headers.location]).toEqual([303, '/wiki/Oak/history'])
  expect(await textOf(ada, id)).toBe('It is 300 years old and stands behind the church.\nIt is hollow.')
})

test('if somebody published meanwhile, nothing is done and the preview is shown anew', async () => {
  const { ada, bo, id, publishes } = await oak()
  const preview = await ada.get('/wiki/Oak/undo?revision=2')
  const [choice = ''] = choicesIn(preview.body)
  await publishes(bo, 'It is 500 years old and stands behind the church.\n\nBuy <seeds>.\n\nIt is not hollow.')
  const sent = await ada.post('/wiki/Oak/undo', form({ ...fieldsIn(preview.body), [choice]: 'keep' }))
  expect(sent.statusCode).toBe(409)
  expect(sent.body).toContain('published again meanwhile, as revision 4')
  expect(fieldsIn(sent.body)).toMatchObject({ head: '4' })
  expect(await textOf(ada, id)).toContain('It is not hollow.')
  const again = await ada.post('/wiki/Oak/undo', form({ ...fieldsIn(sent.body), [choice]: 'keep' }))
  expect(again.statusCode).toBe(303)
  expect(await textOf(ada, id)).toBe('It is 500 years old and stands behind the church.\nIt is not hollow.')
})

test('a moderator rolls a person back, and restores a revision with or without what is not published yet', async () => {
  const { wiki, ada, bo, mo, id } = await oak()
  await types(wiki, bo, id, 'It is hollow', ', they say')
  const rollback = await mo.get(`/wiki/Oak/rollback?person=${bo.person.handle}`)
  expect(rollback.body).toContain(`This takes back revision 2 by ${bo.person.name}`)
  expect(rollback.body).toContain('in the live draft goes too')
  const [choice = ''] = choicesIn(rollback.body)
  const sent = await mo.post('/wiki/Oak/rollback', form({ ...fieldsIn(rollback.body), [choice]: 'keep' }))
  expect(sent.statusCode, sent.body).toBe(303)
  expect(await textOf(ada, id)).toBe('It is 500 years old and stands behind the church.\nIt is hollow.')

  await types(wiki, ada, id, 'It is hollow', ' indeed')
  const restore = await mo.get('/wiki/Oak/restore?revision=2&unpublished=discard')
  expect(restore.body).toContain('One unpublished word by')
  const restored = await mo.post('/wiki/Oak/restore', form({ ...fieldsIn(restore.body), unpublished: 'discard' }))
  expect(restored.statusCode, restored.body).toBe(303)
  expect(await textOf(ada, id)).toContain('It is 400 years old')
  expect((await wiki.drafts.passagesOf(wiki.db.read, id, ada.person.id)).map(({ cause }) => cause)).toEqual(['restore'])
})

test('an old revision offers what whoever reads it may do, and explains each in a line', async () => {
  const { wiki, ada, bo, mo } = await oak()
  const offered = async (who: Caller) => {
    const { body } = await who.get('/wiki/Oak?revision=2')
    return ['restore', 'compare', 'undo', 'rollback'].filter(act => body.includes(`"/wiki/Oak/${act}?`))
  }
  expect(await offered(visitor(wiki))).toEqual(['compare'])
  expect(await offered(ada)).toEqual(['compare', 'undo'])
  expect(await offered(mo)).toEqual(['restore', 'compare', 'undo', 'rollback'])
  const { body } = await mo.get('/wiki/Oak?revision=2')
  expect(body).toContain('It differs from the <a href="/wiki/Oak">current page</a> in one place.')
  expect(body).toContain('as revision 4. Nothing is deleted; revision 3 stays in the history.')
  expect(body).toContain(`Roll back ${bo.person.name}`)
  expect((await mo.get('/wiki/Oak?revision=3')).body).not.toContain('/wiki/Oak/restore?')
})

test('who may not take back is refused, and so is what is not there', async () => {
  const { wiki, ada, mo } = await oak()
  const status = async (who: Caller, path: string) => (await who.get(path)).statusCode
  const anyone = visitor(wiki)
  for (const act of ['undo?revision=2', 'restore?revision=2', 'rollback?person=x']) {
    // A visitor is sent to sign in.
    expect([302, 303, 401]).toContain(await status(anyone, `/wiki/Oak/${act}`))
    const [face = ''] = act.split('?')
    expect((await anyone.post(`/wiki/Oak/${face}`, form({ revision: '2' }))).statusCode).not.toBe(200)
  }
  for (const act of ['restore?revision=2', 'rollback?person=x']) expect(await status(ada, `/wiki/Oak/${act}`)).toBe(403)
  for (const bad of ['0', '99', 'x', '-1', '2.5', ''])
    expect(await status(mo, `/wiki/Oak/undo?revision=${bad}`), bad).toBe(404)
  expect(await status(mo, '/wiki/Oak/rollback?person=nobody')).toBe(409)
  expect(await status(mo, '/wiki/Nowhere/undo?revision=1')).toBe(404)
  expect(await status(mo, '/wiki/Oak/restore?revision=3')).toBe(409)
})

test('a long text that an edit had made of a place is folded below the choice', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'It is old.\n\nIt is hollow.')
  const long = Array.from({ length: 60 }, (_, at) => `reason${at}`).join(' ')
  for (const words of [long, 'for no reason'])
    await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: `It is ${words}.\n\nIt is hollow.` })
  const { body } = await ada.get('/wiki/Oak/undo?revision=2')
  expect(body).toMatch(/<details class="hint">\s*<summary>This edit had made it:<\/summary>[^]*reason0[^]*<\/details>/)
})
