import { expect, test } from 'vitest'
import type { Tab } from '../support/browser.ts'
import { linesOn, reads } from './live.ts'
import { fillsIn } from './signing.ts'
import { adaAndBo, caretBehind, isSaved, notice, text } from '../support/town.ts'

test('who signs out everywhere writes no further here, and finds the words again after signing in', async () => {
  const { member, ada, bo, wire } = await adaAndBo('Ada:\n\nBo:')
  await caretBehind(ada, 'Ada:')
  await ada.keyboard.type(' kept')
  await isSaved(ada)
  wire.hold()
  await ada.keyboard.type(' and not sent')

  const other = await ada.context().newPage()
  await other.goto('/settings')
  await other.getByRole('button', { name: 'Sign out everywhere' }).click()
  await notice(ada, 'You are signed out, so nothing more is accepted.').waitFor()
  expect(await text(ada).getAttribute('contenteditable')).toBe('false')
  wire.release()
  expect(await linesOn(bo)).toBe('Ada: kept\nBo:')
  await signsInAgain(ada, member.person.handle)
  for (const page of [ada, bo]) await reads(page, 'Ada: kept and not sent\nBo:')
  await isSaved(ada)
  await caretBehind(ada, 'Ada: kept and not sent')
  await ada.keyboard.type('!')
  await text(bo).getByText('Ada: kept and not sent!').waitFor()
}, 60_000)

test('a session that is over while the line is gone is told, and signing in brings the words', async () => {
  const { here, member, ada, bo, wire } = await adaAndBo('Ada:\n\nBo:')
  await caretBehind(ada, 'Ada:')
  await wire.cut()
  await ada.keyboard.type(' on the train')
  await here.wiki.db.write(tx =>
    tx.updateTable('sessions').set({ expires_at: 1 }).where('person_id', '=', member.person.id).execute(),
  )
  await wire.mend()
  await ada.getByRole('link', { name: 'Sign in again' }).waitFor()
  expect(await linesOn(ada)).toContain('on the train')
  await signsInAgain(ada, member.person.handle)
  for (const page of [ada, bo]) await reads(page, 'Ada: on the train\nBo:')
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
