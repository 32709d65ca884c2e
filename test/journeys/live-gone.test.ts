import { expect, test } from 'vitest'
import { linesOn, reads } from './live.ts'
import {
  adaAtOak,
  atBrowser,
  caretBehind,
  copies,
  isSaved,
  notice,
  opensEdit,
  starts,
  text,
  town,
} from '../support/town.ts'
import { slowWire } from '../support/wire.ts'

declare global {
  interface Window {
    isOld: boolean
  }
}

test('an editor older than the wiki is told to reload, and loses nothing by it', async () => {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada')
  const bo = await atBrowser(here, 'Bo')
  await starts(member, 'Oak', 'The oak.')
  const wire = await slowWire(ada)
  await ada.addInitScript(() => {
    const Socket = window.WebSocket
    window.WebSocket = class extends Socket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(String(address).replace('schema=1', window.isOld ? 'schema=0' : 'schema=1'), protocols)
      }
    }
  })
  await opensEdit(ada, 'Oak')
  await opensEdit(bo.page, 'Oak')
  await caretBehind(ada, 'The oak.')
  await wire.cut()
  await ada.keyboard.type(' Is old.')
  await ada.evaluate(() => (window.isOld = true))
  await wire.mend()
  await notice(ada, 'The wiki has been updated.').waitFor()
  expect(await linesOn(ada)).toBe('The oak. Is old.')
  expect(await linesOn(bo.page)).toBe('The oak.')
  ada.once('dialog', dialog => void dialog.accept())
  await ada.getByRole('button', { name: 'Reload the page' }).click()
  await reads(bo.page, 'The oak. Is old.')
  await isSaved(ada)
  await caretBehind(ada, 'The oak. Is old.')
  await ada.keyboard.type(' Very.')
  await reads(bo.page, 'The oak. Is old. Very.')
}, 60_000)

test('a page deleted under somebody who writes can be copied, and has all its words when it comes back', async () => {
  const { here, ada, wire } = await adaAtOak('The oak.', { permissions: ['clipboard-read', 'clipboard-write'] })
  const mo = await atBrowser(here, 'Mo', { role: 'moderator' })
  await caretBehind(ada, 'The oak.')
  await ada.keyboard.type(' Sent.')
  await isSaved(ada)
  wire.hold()
  await ada.keyboard.type(' Not sent.')
  await mo.page.goto('/wiki/Oak')
  await mo.page.getByRole('link', { name: 'Delete this page' }).click()
  await mo.page.getByLabel('Why').fill('Nobody wants trees')
  await mo.page.getByRole('button', { name: 'Delete' }).click()
  await notice(ada, 'This page was deleted.').waitFor()
  expect(await text(ada).getAttribute('contenteditable')).toBe('false')
  expect(await copies(ada, 'Copy your text')).toContain('The oak. Sent. Not sent.')

  await mo.page.goto('/wiki/Oak?revision=1')
  await mo.page.getByRole('link', { name: 'Restore this revision' }).click()
  await mo.page.getByRole('button', { name: 'Restore revision 1' }).click()
  await mo.page.waitForURL('**/history')
  wire.release()
  ada.once('dialog', dialog => void dialog.accept())
  await ada.reload()
  await isSaved(ada)
  await reads(ada, 'The oak. Sent. Not sent.')
}, 60_000)
