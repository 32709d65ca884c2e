import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { as, type Member } from '../support/people.ts'
import { passerBy, phone, publishes, starts, type Started, type Town, town } from '../support/town.ts'

const texts = [
  'A tree.',
  'A tree with leaves.',
  'A tree with leaves.\n\n- It is old\n- It grows slowly',
  '## Oak\n\nA tree with leaves.\n\n- It is very old\n- It grows slowly\n\n| Where | When |\n|---|---|\n| Here | Now |',
  '## Oak\n\nA tree with green leaves.\n\n- It is very old\n- It grows slowly\n\n| Where | When |\n|---|---|\n| Here | Then |',
  '## Oak\n\nA tree with green leaves.\n\n- It is very old\n- It grows slowly',
]

let here: Town
let ada: Member
let oak: Started
let arabic: Started

beforeAll(async () => {
  here = await town()
  ada = await as(here.wiki, 'member', { name: 'Ada Lovelace' })
  oak = await starts(ada, 'Oak', texts[0] ?? '')
  for (const [at, text] of texts.entries()) if (at > 0) await publishes(ada, oak, text, at, `Turn ${at + 1}`)
  arabic = await starts(ada, 'شجرة البلوط', 'شجرة قديمة.', 'ar')
  await publishes(ada, arabic, 'شجرة قديمة جدًا.', 1, 'توضيح')
}, 60_000)
afterAll(() => here.wiki.close())

const slider = (page: Tab) => page.getByRole('slider')
const frame = (page: Tab) => page.locator('.frame')
const shows = (page: Tab, number: number) =>
  expect.poll(() => frame(page).getAttribute('data-number')).toBe(String(number))

test('the slider and the buttons step through the revisions, and the address follows', async () => {
  const page = await passerBy(here)
  await page.goto('/wiki/Oak/play')
  await shows(page, 1)
  await slider(page).focus()
  await page.keyboard.press('ArrowRight')
  await shows(page, 2)
  expect(await frame(page).locator('ins').allInnerTexts()).toEqual([' with leaves'])
  await page.keyboard.press('End')
  await shows(page, 6)
  await expect.poll(() => new URL(page.url()).search).toBe('?revision=6')
  await page.getByRole('button', { name: 'Older revision' }).click()
  await shows(page, 5)
  await page.keyboard.press('ArrowLeft')
  await shows(page, 4)
  expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/^Revision 4 of 6, .*, Ada Lovelace: Turn 4$/)
  await expect.poll(() => page.getByRole('status').first().innerText()).toMatch(/^Revision 4 of 6/)
  expect(page.complaints).toEqual([])
})

test('space plays to the end and pauses on the way', async () => {
  const page = await passerBy(here, { reducedMotion: 'reduce' })
  await page.goto('/wiki/Oak/play')
  await page.getByRole('combobox', { name: 'Pace' }).selectOption('Fast')
  await slider(page).focus()
  await page.keyboard.press('Space')
  await shows(page, 6)
  const play = page.locator('.play-go')
  await expect.poll(() => play.getAttribute('aria-pressed')).toBe('false')
  await page.keyboard.press('Space')
  await expect.poll(async () => Number(await frame(page).getAttribute('data-number'))).toBeLessThan(6)
  await page.keyboard.press('Space')
  expect(await play.getAttribute('aria-pressed')).toBe('false')
  expect(page.complaints).toEqual([])
})

test('a picture that does not come leaves the one before, and says so', async () => {
  const page = await passerBy(here)
  await page.goto('/wiki/Oak/play?revision=1')
  await page.route('**/play/6', route => route.abort())
  await slider(page).focus()
  await page.keyboard.press('End')
  await expect.poll(() => page.getByRole('status').first().innerText()).toContain('could not be fetched')
  await shows(page, 1)
})

test('what was suppressed after a picture was seen is gone when it is asked for again', async () => {
  const page = await passerBy(here)
  await page.goto('/wiki/Oak/play?revision=3')
  await expect.poll(() => frame(page).innerText()).toContain('Turn 3')
  const moderator = await as(here.wiki, 'moderator')
  const address = `/api/v1/pages/${oak.id}/revisions/3/suppression`
  await moderator.put(address, { hidden: ['summary'], reason: 'Private' })
  await page.reload()
  await shows(page, 3)
  expect(await frame(page).innerText()).not.toContain('Turn 3')
  await moderator.put(address, { hidden: [], reason: 'Not private' })
})

test('without scripts a number and two links do the same', async () => {
  const page = await passerBy(here, { javaScriptEnabled: false })
  await page.goto('/wiki/Oak/play')
  await page.getByRole('link', { name: 'Newer revision' }).click()
  await shows(page, 2)
  await page.getByRole('spinbutton', { name: 'Revision' }).fill('6')
  await page.getByRole('button', { name: 'Show' }).click()
  await shows(page, 6)
})

test.each([
  ['in the light, left to right', { colorScheme: 'light' as const }, 'en'],
  ['in the dark, right to left', { colorScheme: 'dark' as const }, 'ar'],
  ['on a phone, right to left', phone, 'ar'],
])('the player and the citation are for everybody, %s', async (_, look, language) => {
  const page = await passerBy(here, look)
  await page.context().addCookies([{ name: 'language', value: language, url: here.base }])
  const slug = `/wiki/${encodeURIComponent(arabic.slug)}`
  for (const address of [
    '/wiki/Oak/play?revision=4',
    `${slug}/play?revision=2`,
    '/wiki/Oak/cite',
    `${slug}/cite?revision=1`,
  ]) {
    await page.goto(address)
    if (address.includes('play')) await page.locator('.play-bar').waitFor()
    await expectAccessible(page, address)
    await expectNoOverflow(page, address)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoOverflow(page, address)
    await page.setViewportSize(look === phone ? { width: 390, height: 844 } : { width: 1280, height: 720 })
  }
  expect(page.complaints).toEqual([])
})

test('a citation is copied by its button', async () => {
  const page = await passerBy(here, { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto('/wiki/Oak/cite?revision=2')
  await page.getByRole('button', { name: 'Copy' }).first().click()
  await page.getByRole('button', { name: 'Copied' }).first().waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(new RegExp(`^${here.base}/r/[0-9a-f-]{36}$`))
})
