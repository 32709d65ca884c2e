import { expect, test } from 'vitest'
import { linesOn } from './live.ts'
import { signsIn } from './signing.ts'
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
  await signsIn(other, member.person.handle)
  ada.once('dialog', dialog => void dialog.accept())
  await ada.reload()
  await text(bo.page).getByText('Ada: kept and not sent').waitFor()
  await isSaved(ada)
  expect(await linesOn(ada)).toBe('Ada: kept and not sent\nBo:')
  await caretBehind(ada, 'Ada: kept and not sent')
  await ada.keyboard.type('!')
  await text(bo.page).getByText('Ada: kept and not sent!').waitFor()
})

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
  const other = await ada.context().newPage()
  await signsIn(other, member.person.handle)
  ada.once('dialog', dialog => void dialog.accept())
  await ada.reload()
  await text(bo.page).getByText('Ada: on the train').waitFor()
})
