import { expect, test } from 'vitest'
import { moveBlock } from '../../../shared/document/moving.ts'
import { fragmentOf } from '../../../shared/document/live.ts'
import type { Member } from '../../support/people.ts'
import { deletes, edits, historyOf, types } from '../writers.ts'
import { town } from '../taming/support.ts'
import { writtenBy } from './support.ts'

const text = 'One two.\n\nOne two.\n\nThree.'

/** What two people write, with the past of the draft squashed in between, or not. */
async function written(squashes: boolean) {
  const { wiki, ada, bo, page } = await town(text)
  const squash = async () => {
    if (squashes) await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page.id, { cause: 'squash' }))
  }
  const moves = (who: Member, index: number) => edits(wiki, who, page.id, ydoc => moveBlock(fragmentOf(ydoc), index, 1))
  await types(wiki, ada, page.id, 'Three', ' and four')
  await moves(bo, 0)
  await moves(bo, 1)
  await squash()
  await types(wiki, bo, page.id, 'One', ' two')
  await deletes(wiki, bo, page.id, 'Three')
  await squash()
  await types(wiki, ada, page.id, 'four', ' three')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, {})
  await squash()
  await moves(bo, 0)
  await bo.post(`/api/v1/pages/${page.id}/revisions`, {})
  const signed = (await historyOf(ada, page.id)).map(({ authors }) => authors.map(({ name }) => name))
  return [await writtenBy(wiki, page.id, 2), await writtenBy(wiki, page.id, 3), signed]
}

test('whose words a page has is the same whether or not the past of its draft was squashed', async () => {
  expect(await written(true)).toEqual(await written(false))
})
