import { expect, test } from 'vitest'
import {
  atBrowser,
  caretBehind,
  opensEdit,
  passerBy,
  publishes,
  signedIn,
  starts,
  text,
  town,
} from '../support/town.ts'

test('a moderator restores a revision while a member is typing, and no word is lost', async () => {
  const here = await town()
  const ada = await atBrowser(here, 'Ada Lovelace')
  const mo = await atBrowser(here, 'Mo', { role: 'moderator' })
  const oak = await starts(ada.member, 'Oak', 'The oak is a tree.\n\nIt grows slowly.')
  await publishes(ada.member, oak, 'The oak is a bush.\n\nIt grows slowly.\n\nNobody climbs it.', 1)

  await opensEdit(ada.page, 'Oak')
  await caretBehind(ada.page, 'It grows slowly.')
  await ada.page.keyboard.type(' And it stands.')
  await caretBehind(ada.page, 'Nobody climbs it.')
  await ada.page.keyboard.type(' Children do')

  await mo.page.goto('/wiki/Oak')
  await mo.page.getByRole('navigation', { name: 'Page', exact: true }).getByRole('link', { name: 'History' }).click()
  await mo.page.getByRole('button', { name: 'Compare' }).click()
  await mo.page.locator('ins', { hasText: 'bush' }).waitFor()
  await mo.page.locator('del', { hasText: 'tree' }).waitFor()
  await mo.page.getByRole('link', { name: 'Revision 1' }).click()
  await mo.page.getByRole('region', { name: 'Old revision' }).getByText('You are viewing revision 1').waitFor()
  await mo.page.getByRole('link', { name: 'Restore this revision' }).click()
  await mo.page.getByLabel('Why (shown in the history)').fill('It is a tree')

  const typing = ada.page.keyboard.type(', when nobody looks.', { delay: 30 })
  await mo.page.getByRole('button', { name: 'Restore revision 1' }).click()
  await typing
  await mo.page.waitForURL('**/history')
  await mo.page.getByText('It is a tree').waitFor()

  await text(ada.page).getByText('The oak is a tree.').waitFor()
  await text(ada.page).getByText('It grows slowly. And it stands.').waitFor()
  await ada.page.locator('.ed-ban', { hasText: 'Mo restored an older revision.' }).waitFor()
  // Where a word stands depends on when the restore fell between two keys; that it stands somewhere does not.
  const everywhere = async () => (await ada.page.locator('.ProseMirror, .ed-rescued').allInnerTexts()).join('\n')
  await expect.poll(everywhere).toContain('Children do')
  await expect.poll(everywhere).toContain('nobody looks.')

  const { revisions } = (await mo.member.get(`/api/v1/pages/${oak.id}/revisions`)).json()
  expect(revisions[0]).toMatchObject({ number: 3, kind: 'restore', publisher: { name: 'Mo' }, summary: 'It is a tree' })
  const one = await mo.member.get(`/api/v1/pages/${oak.id}/content?format=markdown&revision=1`)
  const three = await mo.member.get(`/api/v1/pages/${oak.id}/content?format=markdown`)
  expect(three.body).toBe(one.body)
  await mo.page
    .locator('.revs')
    .getByText(/restored.*1/i)
    .first()
    .waitFor()
})

test('a deleted page says so, keeps its history, and comes back as it was', async () => {
  const here = await town()
  const mo = await atBrowser(here, 'Mo', { role: 'moderator', javaScriptEnabled: false })
  await starts(mo.member, 'Oak', 'The oak is a tree.')
  const reader = await passerBy(here)
  await mo.page.goto('/wiki/Oak')
  await mo.page.getByRole('link', { name: 'Delete this page' }).click()
  await mo.page.getByLabel('Why').fill('Nobody wants trees')
  await mo.page.getByRole('button', { name: 'Delete' }).click()
  await mo.page.waitForURL('**/history')

  expect((await reader.goto('/wiki/Oak'))?.status()).toBe(410)
  await reader.getByRole('link', { name: 'History' }).first().click()
  await reader.getByText('Nobody wants trees').waitFor()

  await mo.page.goto('/wiki/Oak?revision=1')
  await mo.page.getByRole('link', { name: 'Restore this revision' }).click()
  await mo.page.getByRole('button', { name: 'Restore revision 1' }).click()
  await mo.page.waitForURL('**/history')
  expect((await reader.goto('/wiki/Oak'))?.status()).toBe(200)
  await reader.getByText('The oak is a tree.').waitFor()
  const again = await signedIn(here, mo.member)
  await opensEdit(again, 'Oak')
  await text(again).getByText('The oak is a tree.').waitFor()
})
