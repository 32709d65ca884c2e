import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { fragmentOf } from '../../../shared/document/live.ts'
import { as, visitor } from '../../support/people.ts'
import { textsIn } from '../../support/drafts.ts'
import { deletes, edits, types } from '../writers.ts'
import { addsLine, changesOf, suspend, takesLine, toldOf, town } from './support.ts'

const text = '# Oak\n\nThe oak is an old tree in the garden.\n\n## Elm\n\nThe elm is young and green.'

test('a draft tells what it changes, in which section and by whom', async () => {
  const { wiki, ada, bo, page } = await town(text)
  expect(await changesOf(ada, page.id)).toMatchObject({ head: 1, changes: [] })
  const before = Date.now()
  await types(wiki, bo, page.id, 'old tree', ' of great size')
  await deletes(wiki, ada, page.id, ' and green')
  await addsLine(wiki, bo, page.id, 3, 'It has leaves.')
  const { changes } = await changesOf(ada, page.id)
  expect(changes).toMatchObject([
    {
      kind: 'words',
      section: 'Oak',
      people: [{ name: 'Bo' }],
      after: ' of great size',
      words: { added: 3, removed: 0 },
    },
    { kind: 'words', section: 'Elm', people: [{ name: 'Ada' }], before: ' and green', mine: true },
    { kind: 'inserted', section: 'Elm', people: [{ name: 'Bo' }], after: 'It has leaves.', mine: false },
  ])
  for (const { since } of changes) expect(since).toBeGreaterThanOrEqual(before)
})

test('two people in one sentence are told apart to the letter', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, ada, page.id, 'an old', 'er')
  await types(wiki, bo, page.id, 'older', ' and wiser')
  await deletes(wiki, bo, page.id, ' in the garden')
  expect(await toldOf(ada, page.id)).toEqual(['Ada: words +er', 'Bo: words −in the garden +and wiser'])
})

test('whoever took a block away is known, and who only moved or styled one', async () => {
  const { wiki, ada, bo, page } = await town(
    'Alpha is the first of them.\n\nBeta is the second one.\n\nGamma is the third one here.',
  )
  await takesLine(wiki, bo, page.id, 1)
  await edits(wiki, ada, page.id, ydoc => {
    const first = fragmentOf(ydoc).get(0)
    if (first instanceof Y.XmlElement) first.setAttribute('kind', 'heading')
    textsIn(fragmentOf(ydoc))[1]?.format(0, 5, { strong: {} })
  })
  expect(await toldOf(bo, page.id)).toEqual([
    'Ada: restyled −Alpha is the first of them. +Alpha is the first of them.',
    'Bo: removed −Beta is the second one.',
    'Ada: restyled −Gamma +Gamma',
  ])
})

test('whoever takes a mark or an attribute away is known', async () => {
  const { wiki, ada, bo, page } = await town('## Alpha beta\n\nGamma **delta** epsilon.')
  await edits(wiki, bo, page.id, ydoc => {
    const [first, second] = fragmentOf(ydoc).toArray()
    if (first instanceof Y.XmlElement) first.removeAttribute('kind')
    const inside = second instanceof Y.XmlElement ? second.get(0) : undefined
    if (inside instanceof Y.XmlText) inside.format(6, 5, { strong: null })
  })
  await types(wiki, ada, page.id, 'epsilon', ' zeta')
  expect(await toldOf(ada, page.id)).toEqual([
    'Bo: restyled −Alpha beta +Alpha beta',
    'Bo: restyled −delta +delta',
    'Ada: words +zeta',
  ])
})

test('of a word said twice the new one is its writer’s', async () => {
  const { wiki, ada, bo, page } = await town('tree tree tree')
  await edits(wiki, bo, page.id, ydoc => textsIn(fragmentOf(ydoc))[0]?.insert(0, 'tree '))
  expect(await toldOf(ada, page.id)).toEqual([expect.stringMatching(/^Bo: words \+.*tree/)])
  await edits(wiki, ada, page.id, ydoc => textsIn(fragmentOf(ydoc))[0]?.delete(10, 10))
  expect(await toldOf(ada, page.id)).toEqual(['Bo: words +tree', 'Ada: words −tree tree'])
})

test('a letter that stands beside its like does not make two hands of one sentence', async () => {
  const { wiki, ada, page } = await town('With it, we write.')
  // A browser that finds a w typed in front of a w may take the old one for the new, and goes on behind it.
  await types(wiki, ada, page.id, 'With it, ', 'and ')
  await types(wiki, ada, page.id, 'and w', 'hen she types w')
  expect(await toldOf(ada, page.id)).toEqual(['Ada: words +and when she types w'])
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  expect(await toldOf(ada, page.id)).toEqual([])
})

test('what was published is no change any more, and the hands of what came since are known', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, bo, page.id, 'old', ' Bo')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, {})
  expect(await toldOf(ada, page.id)).toEqual([])
  await deletes(wiki, ada, page.id, ' Bo')
  expect(await toldOf(ada, page.id)).toEqual(['Ada: words −Bo'])
})

test('an epoch that begins anew forgets nobody', async () => {
  const { wiki, ada, bo, page } = await town(text)
  await types(wiki, bo, page.id, 'old', ' Bo')
  await deletes(wiki, ada, page.id, ' and green')
  const told = await toldOf(ada, page.id)
  await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page.id, { cause: 'squash' }))
  expect(await toldOf(ada, page.id)).toEqual(told)
  await deletes(wiki, bo, page.id, 'young')
  expect(await toldOf(ada, page.id)).toEqual([told[0], 'Bo: words −young', told[1]])
})

test('a page that nobody has published yet is new as a whole', async () => {
  const { wiki, ada, bo } = await town('x')
  const made = (await ada.post('/api/v1/pages', { title: 'Ash' })).json<{ id: string }>()
  expect(await toldOf(ada, made.id)).toEqual([])
  await addsLine(wiki, bo, made.id, 0, 'The ash.')
  expect(await toldOf(ada, made.id)).toContain('Bo: inserted +The ash.')
})

test('what a draft changes is for those who may write, and tells hostile text as text', async () => {
  const { wiki, ada, mo, page } = await town(text)
  await types(wiki, ada, page.id, 'old', ' <script>alert(1)</script>\u202e')
  const path = `/api/v1/pages/${page.id}/draft/changes`
  expect((await visitor(wiki).get(path)).statusCode).toBe(401)
  const cy = await as(wiki, 'member')
  expect((await changesOf(cy, page.id)).changes[0]?.after.trim()).toBe('<script>alert(1)</script>\u202e')
  await suspend(mo, cy)
  expect((await cy.get(path)).statusCode).toBe(403)
  expect((await ada.get('/api/v1/pages/nowhere/draft/changes')).statusCode).toBe(404)
})
