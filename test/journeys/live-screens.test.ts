import type { BrowserContextOptions } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { as } from '../support/people.ts'
import { seenBy, watches } from './timeline.ts'
import { adaAtOak, atBrowser, caretBehind, isSaved, phone, publishes, starts, text, town } from '../support/town.ts'
import { slowWire } from '../support/wire.ts'

const looks: [string, BrowserContextOptions, 'en' | 'ar'][] = [
  ['a desktop', { viewport: { width: 1280, height: 900 } }, 'en'],
  ['a phone', phone, 'en'],
  ['a phone in Arabic', { ...phone, colorScheme: 'dark' }, 'ar'],
]

const words = {
  en: { first: 'The oak is a tree.', second: 'It grows slowly.', typed: ' Very slowly.' },
  ar: { first: 'البلوط شجرة.', second: 'تنمو ببطء.', typed: ' ببطء شديد.' },
}

test.each(looks)(
  'what troubles a writer is told accessibly and fits %s',
  async (look, options, language) => {
    const here = await town()
    const { first, second, typed } = words[language]
    const { member, page } = await atBrowser(here, 'Ada', options)
    await page.context().addCookies([{ name: 'language', value: language, url: here.base }])
    const bo = await atBrowser(here, 'Bo')
    const oak = await starts(member, 'Oak', first, language)
    await publishes(member, oak, `${first}\n\n${second}`, 1)
    const mo = await as(here.wiki, 'moderator', { name: 'Mo' })
    const wire = await slowWire(page)
    await bo.page.goto('/wiki/Oak/edit')
    await isSaved(bo.page)
    await page.goto('/wiki/Oak/edit')
    await caretAfter(page, second)

    await page.keyboard.insertText(typed)
    await saved(page)
    await wire.cut()
    await page.keyboard.insertText(typed)
    await page.keyboard.press('Enter')
    await page.keyboard.insertText(first)
    await page.locator('.ed-ban').waitFor()
    await faultless(page, `${look}: offline`)
    await page.locator('cl-save-state button').click()
    await page.getByRole('dialog').waitFor()
    await faultless(page, `${look}: where the words are`)
    await page.keyboard.press('Escape')
    await wire.mend()
    await page.locator('.ed-ban').waitFor({ state: 'detached' })
    await saved(page)

    await mo.post(`/api/v1/pages/${oak.id}/restorations`, { revision: 1 })
    await page.locator('.ed-rescued').first().waitFor()
    await faultless(page, `${look}: rescued`)

    await caretAfter(page, first)
    wire.hold()
    await page.keyboard.insertText(typed)
    await here.wiki.accounts.suspensions.suspend(mo.person, member.person.handle, {
      reason: 'Cool down',
      until: Date.now() + 86_400_000,
    })
    await expect.poll(() => text(page).getAttribute('contenteditable')).toBe('false')
    await faultless(page, `${look}: suspended`)
    await page.locator('cl-save-state button').click()
    await page.getByRole('dialog').waitFor()
    await faultless(page, `${look}: where the words of somebody suspended are`)
    expect(page.complaints).toEqual([])
  },
  60_000,
)

test.each(looks.slice(1))(
  'words that are nowhere but on the screen of %s can be copied from there',
  async (look, options, language) => {
    const here = await town()
    const { first, typed } = words[language]
    const { member, page } = await atBrowser(here, 'Ada', options)
    await page.context().addCookies([{ name: 'language', value: language, url: here.base }])
    await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
    await starts(member, 'Oak', first, language)
    const wire = await slowWire(page)
    await page.goto('/wiki/Oak/edit')
    await caretAfter(page, first)
    await wire.cut()
    await page.keyboard.insertText(typed)
    await page.locator('.save-bad').waitFor()
    await page.locator('.ed-ban.banner-bad').waitFor()
    await faultless(page, `${look}: not saved`)
  },
)

test('a writer without a connection sees no blinking', async () => {
  const { ada: page, wire } = await adaAtOak('The oak.')
  await caretBehind(page, 'The oak.')
  await wire.cut()
  await page.getByRole('button', { name: 'Not connected' }).waitFor()
  await watches(page)
  await page.keyboard.type(' is a tree, and what a tree it is')
  await page.getByRole('button', { name: '1 change only on this device' }).waitFor()
  const lines = (await seenBy(page)).map(({ line }) => line)
  expect(lines.filter((line, at) => line !== lines[at - 1])).toEqual([
    'Not connected',
    'Saving…',
    '1 change only on this device',
  ])
})

async function faultless(page: Tab, where: string) {
  await expectAccessible(page, where)
  await expectNoOverflow(page, where)
}

const saved = (page: Tab) =>
  page.getByRole('button', { name: /^(?:Saved on the server at|حُفظ على الخادم في)/ }).waitFor({ state: 'attached' })

async function caretAfter(page: Tab, words: string) {
  await text(page).getByText(words, { exact: true }).first().click()
  await page.keyboard.press('End')
}
