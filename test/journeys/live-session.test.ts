import { expect, test } from 'vitest'
import type { Tab } from '../support/browser.ts'
import { linesOn, reads } from './live.ts'
import { fillsIn } from './signing.ts'
import { atBrowser, caretBehind, isSaved, opensEdit, starts, text, town } from './town.ts'
import { slowWire } from './wire.ts'

test('who signs out everywhere writes no further here, and finds the words again after signing in', async () => {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada')
  const bo = await atBrowser(here, 'Bo')
  await starts(member, 'Oak', 'Ada:\n\nBo:')
  const wire = await slowWire(ada)
  await opensEdit(ada, 'Oak')
  await opensEdit(bo.page, 'Oak')
  await caretBehind(ada, 'Ada:')
  await ada.keyboard.type(' kept')
  await isSaved(ada)
  wire.hold()
  await ada.keyboard.type(' and not sent')

  const other = await ada.context().newPage()
  await other.goto('/settings')
  await other.getByRole('button', { name: 'Sign out everywhere' }).click()
  await ada.getByText('You are signed out, so nothing more is accepted.').waitFor()
  expect(await text(ada).getAttribute('contenteditable')).toBe('false')
  wire.release()
  expect(await linesOn(bo.page)).toBe('Ada: kept\nBo:')
  await signsInAgain(ada, member.person.handle)
  for (const page of [ada, bo.page]) await reads(page, 'Ada: kept and not sent\nBo:')
  await isSaved(ada)
  await caretBehind(ada, 'Ada: kept and not sent')
  await ada.keyboard.type('!')
  await text(bo.page).getByText('Ada: kept and not sent!').waitFor()
}, 60_000)

test('a session that is over while the line is gone is told, and signing in brings the words', async () => {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada')
  const bo = await atBrowser(here, 'Bo')
  await starts(member, 'Oak', 'Ada:\n\nBo:')
  const wire = await slowWire(ada)
  await opensEdit(ada, 'Oak')
  await opensEdit(bo.page, 'Oak')
  await caretBehind(ada, 'Ada:')
  wire.cut()
  await ada.locator('.save-off').waitFor()
  await ada.keyboard.type(' on the train')
  await here.wiki.db.write(tx =>
    tx.updateTable('sessions').set({ expires_at: 1 }).where('person_id', '=', member.person.id).execute(),
  )
  wire.mend()
  await ada.locator('.ed-ban').waitFor()
  await expect.poll(() => ada.locator('.ed-ban').innerText()).toContain('ign in')
  expect(await linesOn(ada)).toContain('on the train')
  await signsInAgain(ada, member.person.handle)
  for (const page of [ada, bo.page]) await reads(page, 'Ada: on the train\nBo:')
  await isSaved(ada)
}, 60_000)

/** Takes the way that the banner offers, through another tab, and comes back to this one. */
async function signsInAgain(page: Tab, login: string) {
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Sign in again' }).click()
  const other = await opened
  await fillsIn(other, login)
  await other.waitForURL('**/wiki/Oak/edit')
  await page.bringToFront()
  // Where nothing is drawn, no tab is ever hidden.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}
