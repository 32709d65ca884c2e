import { expect, test } from 'vitest'
import { adaAtOak, caretBehind, typesOnATrain } from '../support/town.ts'

test('a tab that is closed while the line is cut keeps its words on the device', async () => {
  const { here, member, oak, ada: page, wire } = await adaAtOak('The oak.')
  await caretBehind(page, 'The oak.')
  await typesOnATrain(page, wire, ' It is old.')
  await page.close()

  const later = await page.context().newPage()
  await later.goto(`${here.base}/wiki/${oak.slug}/edit`)
  await later.locator('.ProseMirror').getByText('The oak. It is old.').waitFor()
  await later.getByRole('button', { name: /^Saved on the server/ }).waitFor()
  const draft = await here.wiki.drafts.load(here.wiki.db.read, oak.id)
  expect(draft.document().textContent).toBe('The oak. It is old.')
  const [, ...owners] = [...draft.clients.values()]
  expect(owners.map(owner => owner.personId)).toEqual([member.person.id])
})
