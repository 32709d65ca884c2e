import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { atBrowser, caretBehind, notice, opensEdit, starts, text, type Town, town } from '../support/town.ts'
import { slowWire } from '../support/wire.ts'

async function adaBeforeOak(here: Town, options: Parameters<typeof atBrowser>[2] = {}) {
  const { member, page } = await atBrowser(here, 'Ada', options)
  const started = await starts(member, 'Oak', 'The oak.')
  const wire = await slowWire(page)
  return { page, started, wire }
}

async function typesAtTheEnd(page: Tab, words: string) {
  await caretBehind(page, 'The oak.')
  await page.keyboard.insertText(words)
}

const copied = (page: Tab) => page.evaluate(() => navigator.clipboard.readText())

test('a browser without room for it is not said to keep anything, and the words can be copied', async () => {
  const here = await town()
  const { page, started, wire } = await adaBeforeOak(here, { permissions: ['clipboard-read', 'clipboard-write'] })
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Storage.overrideQuotaForOrigin', { origin: here.base, quotaSize: 1 })
  await opensEdit(page, started.slug)
  await wire.cut()
  await typesAtTheEnd(page, ` It is ${'very '.repeat(20)}old.`)
  await page.getByRole('button', { name: 'Not saved. Copy your text' }).waitFor()
  await page.getByRole('alert').getByText('Not saved. Copy your text').waitFor()
  await expectAccessible(page)
  await page.locator('.banner-bad').getByRole('button', { name: 'Copy your text' }).click()
  await page.locator('.banner-bad').getByText('Copied.').waitFor()
  await expect.poll(() => copied(page)).toContain('The oak. It is very very')

  await page.locator('cl-save-state button').click()
  const panel = page.getByRole('dialog', { name: 'Where your changes are' })
  await panel.getByText('Not kept on this device').waitFor()
  await panel.getByText('On the server: 0 of 1').waitFor()
  await page.keyboard.press('Escape')

  // As soon as there is room the device keeps them after all.
  await devTools.send('Storage.overrideQuotaForOrigin', { origin: here.base })
  await page.getByRole('button', { name: '1 change only on this device' }).waitFor()
})

test('a browser that stores nothing at all says so, and saves on the server all the same', async () => {
  const here = await town()
  const { page, started, wire } = await adaBeforeOak(here)
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('not here', 'SecurityError')
    }
  })
  await opensEdit(page, started.slug)
  await typesAtTheEnd(page, ' It is old.')
  await page.getByRole('button', { name: /^Saved on the server at/ }).waitFor()
  await wire.cut()
  await page.getByRole('button', { name: 'Not connected' }).waitFor()
  await page.keyboard.type('!')
  await page.getByRole('button', { name: 'Not saved. Copy your text' }).waitFor()
})

test('words that the server refuses are offered at once, and again on the next visit, until they are let go', async () => {
  const here = await town()
  const { page, started, wire } = await adaBeforeOak(here, { permissions: ['clipboard-read', 'clipboard-write'] })
  await opensEdit(page, started.slug)
  wire.garble(true)
  await typesAtTheEnd(page, ' It is old.')
  await notice(page, 'You can read this draft.').waitFor()
  await page.getByText('One change of yours is not on the server; this device keeps it.').waitFor()
  expect(await text(page).getAttribute('contenteditable')).toBe('false')
  await page.getByRole('button', { name: 'Copy what was not accepted' }).click()
  await expect.poll(() => copied(page)).toBe('It is old.')
  await page.getByRole('button', { name: 'Copy your text' }).click()
  await expect.poll(() => copied(page)).toContain('The oak. It is old.')
  await expectAccessible(page)
  wire.garble(false)
  await page.getByRole('button', { name: 'Reload the page' }).click()

  const earlier = page.locator('.banner', { hasText: 'Words of yours were not accepted.' })
  await earlier.getByText('It is old.').waitFor()
  await page.locator('cl-save-state button', { hasText: 'Saved' }).waitFor()
  expect(await text(page).innerText()).toBe('The oak.')
  await expectAccessible(page)
  await earlier.getByRole('button', { name: 'Copy what was not accepted' }).click()
  await expect.poll(() => copied(page)).toBe('It is old.')
  await earlier.getByRole('button', { name: 'Discard' }).click()
  await earlier.waitFor({ state: 'detached' })
  await opensEdit(page, started.slug)
  expect(await earlier.count()).toBe(0)
})

test('the panel says in Arabic, on a phone and by keyboard, where the words are', async () => {
  const here = await town()
  const { page, started, wire } = await adaBeforeOak(here, { viewport: { width: 320, height: 640 }, locale: 'ar' })
  await page.goto(`/wiki/${started.slug}/edit`)
  await typesAtTheEnd(page, '!')
  await page.getByRole('button', { name: /^حُفظ على الخادم/ }).waitFor()
  await wire.cut()
  await page.keyboard.type('?')
  const state = page.getByRole('button', { name: 'تغيير واحد على هذا الجهاز فقط' })
  await state.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'أين تغييراتك' })
  await panel.getByText(/على الخادم: [1١] من [2٢]/).waitFor()
  expect(await state.getAttribute('aria-expanded')).toBe('true')
  await expectAccessible(page)
  await expectNoOverflow(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => state.getAttribute('aria-expanded')).toBe('false')
  await page.waitForFunction(() => document.activeElement?.closest('cl-save-state'))
})
