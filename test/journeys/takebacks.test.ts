import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow } from '../support/browser.ts'
import {
  atBrowser,
  caretBehind,
  isSaved,
  notice,
  opensEdit,
  phone,
  publishes,
  signedIn,
  starts,
  town,
} from '../support/town.ts'
import { reads } from './live.ts'

test('an edit in the middle is undone, a clash chosen, while a colleague goes on typing', async () => {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada', phone)
  const bo = await atBrowser(here, 'Bo')
  const cleo = await atBrowser(here, 'Cleo')
  const text = (years: string, ...more: string[]) => [`The oak is ${years} years old.`, ...more].join('\n\n')
  const oak = await starts(member, 'Oak', text('300', 'It grows slowly.'))
  await publishes(bo.member, oak, text('40', 'It grows slowly.', 'Buy cheap seeds here.'), 1, 'Fresh numbers')
  await publishes(member, oak, text('50', 'It grows slowly.', 'Buy cheap seeds here.', 'Visit it.'), 2)

  await opensEdit(bo.page, 'Oak')
  await caretBehind(bo.page, 'It grows slowly.')
  await bo.page.keyboard.type(' For a century.')
  await isSaved(bo.page)

  await ada.goto('/wiki/Oak?revision=2')
  await ada.getByRole('link', { name: 'Undo this edit' }).click()
  await ada.getByRole('heading', { name: 'Undo revision 2?' }).waitFor()
  await expectAccessible(ada)
  await expectNoOverflow(ada)
  const place = ada.getByRole('group', { name: 'Place 1' })
  expect(await place.locator('mark').allInnerTexts()).toEqual(['50', '300'])
  await place.getByRole('radio', { name: 'Undo it here too' }).check()
  await ada.getByRole('button', { name: 'Show the result' }).click()
  await ada.locator('.cmp ins', { hasText: '300' }).waitFor()
  await bo.page.keyboard.type(' Or two.')
  await ada.getByLabel('Why').fill('Not so')
  await ada.getByRole('button', { name: 'Undo revision 2' }).click()
  await ada.waitForURL('**/history')

  const undone = 'The oak is 300 years old.\nIt grows slowly. For a century. Or two.\nVisit it.'
  await notice(bo.page, 'Ada undid an earlier edit.').waitFor()
  await reads(bo.page, undone)
  await bo.page.keyboard.press('Control+z')
  await bo.page.keyboard.type(' Still.')
  await reads(bo.page, undone.replace('Or two.', 'Or two. Still.'))
  await isSaved(bo.page)

  await cleo.page.goto('/wiki/Oak')
  const read = await cleo.page.locator('main').innerText()
  for (const line of ['The oak is 300 years old.', 'It grows slowly.', 'Visit it.']) expect(read).toContain(line)
  for (const line of ['Buy cheap seeds', 'For a century']) expect(read).not.toContain(line)
}, 90_000)

test('a moderator rolls back whoever is spoiling a page live, and they are told', async () => {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada')
  const mallory = await atBrowser(here, 'Mallory')
  const mo = await atBrowser(here, 'Mo', { role: 'moderator', colorScheme: 'dark' })
  const oak = await starts(member, 'Oak', 'The oak is old.\n\nIt grows slowly.')
  await publishes(mallory.member, oak, 'The oak is old.\n\nIt grows slowly.\n\nBuy cheap seeds here.', 1)
  await opensEdit(ada, 'Oak')
  await opensEdit(mallory.page, 'Oak')
  await caretBehind(mallory.page, 'The oak is old.')
  await mallory.page.keyboard.type(' So is my cousin.')
  await isSaved(mallory.page)
  await caretBehind(ada, 'It grows slowly.')
  await ada.keyboard.type(' For a century.')
  await isSaved(ada)

  await mo.page.goto('/wiki/Oak?revision=2')
  await mo.page.getByRole('link', { name: 'Roll back Mallory' }).click()
  await mo.page.getByText('This takes back revision 2 by Mallory').waitFor()
  await expectAccessible(mo.page)
  await mo.page.getByRole('button', { name: 'Roll back Mallory' }).click()
  await mo.page.waitForURL('**/history')

  for (const page of [ada, mallory.page]) {
    await notice(page, 'Mo rolled back somebody’s edits.').waitFor()
    await reads(page, 'The oak is old.\nIt grows slowly. For a century.')
  }
  await mallory.page.keyboard.press('Control+z')
  await mallory.page.keyboard.press('Control+Shift+z')
  await isSaved(mallory.page)
  await reads(ada, 'The oak is old.\nIt grows slowly. For a century.')
  expect(await mallory.page.locator('.ed-rescued').allInnerTexts()).toHaveLength(1)
  expect(await ada.locator('.ed-rescued').count()).toBe(0)

  const arabic = await signedIn(here, mo.member, { locale: 'ar', extraHTTPHeaders: { 'accept-language': 'ar' } })
  await arabic.goto('/wiki/Oak?revision=1')
  await expectAccessible(arabic)
  await expectNoOverflow(arabic)
}, 90_000)
