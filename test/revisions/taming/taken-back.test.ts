import { expect, test } from 'vitest'
import { edits, historyOf, textOf, types } from '../writers.ts'
import { fragmentOf } from '../../../shared/document/live.ts'
import { moveBlock } from '../../../shared/document/moving.ts'
import { deletes } from '../writers.ts'
import { changesOf, toldOf, town } from './support.ts'

test('what waits through a restore keeps its people', async () => {
  const { wiki, ada, bo, mo, page } = await town('The oak is old.\n\nThe elm is young and green.')
  await types(wiki, ada, page.id, 'old', ' and large')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, {})
  await types(wiki, ada, page.id, 'young', ' as ever')
  await deletes(wiki, bo, page.id, ' and green')
  const restored = await mo.post(`/api/v1/pages/${page.id}/restorations`, { revision: 1 })
  expect(restored.statusCode).toBe(201)
  expect(await textOf(ada, page.id)).toBe('The oak is old.\nThe elm is young and green.')
  expect(await toldOf(ada, page.id)).toEqual(['Ada: words +as ever', 'Bo: words −and green'])
})

test('whoever only moves a sentence of somebody else does not become its author', async () => {
  const { wiki, ada, bo, page } = await town('The oak is an old tree in the garden.\n\nThe elm is young.')
  await types(wiki, ada, page.id, 'The elm is young.', ' It is very green in spring.')
  await edits(wiki, bo, page.id, ydoc => moveBlock(fragmentOf(ydoc), 1, -1))
  expect(await toldOf(ada, page.id)).toEqual([
    expect.stringMatching(/^Bo: moved/),
    'Ada: words +It is very green in spring.',
  ])
  await bo.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  expect(await textOf(ada, page.id)).toBe('The elm is young.\nThe oak is an old tree in the garden.')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { changes: 'mine' })
  expect((await historyOf(ada, page.id))[0]?.authors).toMatchObject([{ name: 'Ada' }])
})

test('a column that somebody adds is one change, and the words of others in it are theirs', async () => {
  const { wiki, ada, bo, page } = await town('| Tree | Age |\n|---|---|\n| Oak | 300 |\n| Elm | 90 |')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, {
    markdown: '| Tree | Age | Height |\n|---|---|---|\n| Oak | 300 | 20 |\n| Elm | 90 | 30 |',
    base: 1,
  })
  await types(wiki, bo, page.id, 'Oak', ' tree')
  const { changes } = await changesOf(ada, page.id)
  expect(changes).toMatchObject([{ people: [{ name: 'Bo' }], after: ' tree' }])
})
