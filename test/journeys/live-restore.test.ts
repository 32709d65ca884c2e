import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { reads } from './live.ts'
import {
  adaAndBo,
  atBrowser,
  caretBehind,
  isSaved,
  opensEdit,
  phone,
  publishes,
  starts,
  text,
  town,
} from '../support/town.ts'

test('a restore under two writers keeps what has a place, and hands the rest to its author alone', async () => {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada', phone)
  const bo = await atBrowser(here, 'Bo')
  const mo = await atBrowser(here, 'Mo', { role: 'moderator' })
  const oak = await starts(member, 'Oak', 'The oak is a tree.\n\nIt grows slowly.')
  await publishes(member, oak, 'The oak is a bush.\n\nIt grows slowly.\n\nBuy cheap seeds here.', 1)
  await opensEdit(ada, 'Oak')
  await opensEdit(bo.page, 'Oak')
  await caretBehind(bo.page, 'It grows slowly.')
  await bo.page.keyboard.type(' For a century.')
  await caretBehind(ada, 'Buy cheap seeds here.')
  await ada.keyboard.type(' Acorns are ripe in autumn.')
  await isSaved(ada)
  await isSaved(bo.page)

  await mo.page.goto('/wiki/Oak?revision=1')
  await mo.page.getByRole('link', { name: 'Restore this revision' }).click()
  await mo.page.getByLabel('Why (shown in the history)').fill('Spam')
  await mo.page.getByRole('button', { name: 'Restore revision 1' }).click()
  await mo.page.waitForURL('**/history')

  const restored = 'The oak is a tree.\nIt grows slowly. For a century.'
  for (const page of [ada, bo.page]) {
    await page.locator('.ed-ban', { hasText: 'Mo restored an older revision.' }).waitFor()
    await reads(page, restored)
  }
  await ada.locator('.ed-ban', { hasText: 'Words of yours lost their place.' }).waitFor()
  expect(await rescuedFor(ada)).toEqual(['Acorns are ripe in autumn.'])
  expect(await rescuedFor(bo.page)).toEqual([])
  await expectAccessible(ada)
  await expectNoOverflow(ada)

  await bo.page.keyboard.press('Control+z')
  await ada.keyboard.press('Control+z')
  await bo.page.keyboard.type(' Or two.')
  await reads(ada, `${restored} Or two.`)

  await caretBehind(ada, 'The oak is a tree.')
  await ada.getByRole('button', { name: 'Put it back here' }).click()
  await ada.locator('.ed-rescued').waitFor({ state: 'detached' })
  await text(bo.page).getByText('Acorns are ripe in autumn.').waitFor()
  await isSaved(ada)
  await opensEdit(ada, 'Oak')
  expect(await rescuedFor(ada)).toEqual([])
}, 60_000)

test('words typed in a block while a colleague deletes it are kept for who typed them', async () => {
  const { ada, bo, wire } = await adaAndBo('The oak is a tree.\n\nIt grows slowly.\n\nThe end.')
  await caretBehind(ada, 'It grows slowly.')
  wire.hold()
  await ada.keyboard.type(' For a century or two.')
  await text(bo).getByText('It grows slowly.').click({ clickCount: 3 })
  await bo.keyboard.press('Backspace')
  await bo.keyboard.press('Backspace')
  await isSaved(bo)
  wire.release()
  await ada.locator('.ed-ban', { hasText: 'Words of yours lost their place.' }).waitFor()
  expect(await rescuedFor(ada)).toEqual(['For a century or two.'])
  expect(await rescuedFor(bo)).toEqual([])
  await caretBehind(ada, 'The end.')
  await ada.getByRole('button', { name: 'Put it back here' }).click()
  await ada.locator('.ed-rescued').waitFor({ state: 'detached' })
  await reads(bo, 'The oak is a tree.\nThe end. For a century or two.')

  // Whoever deleted it thinks again: the block comes back, and the words that were saved from it do not come twice.
  await bo.keyboard.press('Control+z')
  for (const page of [ada, bo])
    await reads(page, 'The oak is a tree.\nIt grows slowly.\nThe end. For a century or two.')
}, 60_000)

/** The passages that are shown to somebody as words of theirs that lost their place. */
const rescuedFor = async (page: Tab) => (await page.locator('.ed-rescued').allInnerTexts()).map(words => words.trim())
