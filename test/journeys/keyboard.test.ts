import { expect, test } from 'vitest'
import { atBrowser, caretBehind, isSaved, opensEdit, starts, text, town } from '../support/town.ts'

test('a page is written and published without a mouse', async () => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'Ada')
  const elm = await starts(member, 'Elm trees', 'The elm.')
  const oak = await starts(member, 'Oak', '## Leaves\n\nThe oak.')
  const keys = async (...names: string[]) => {
    for (const name of names) await page.keyboard.press(name)
  }
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

  await page.goto('/wiki/Oak')
  // What tells the time in words knows the keys, too.
  await page.getByText('Last edited this minute').waitFor()
  await page.keyboard.press('e')
  await page.waitForURL('**/edit')
  await text(page).waitFor()
  await isSaved(page)
  expect(await focused()).toBe('Text of Oak')

  // The text has just taken the focus and may still be putting its own caret in place: the tools tell where it is.
  const style = page.getByLabel('Style of the line')
  await expect.poll(() => keys('Control+End').then(() => style.inputValue())).toBe('paragraph')
  await keys('Enter')
  await page.keyboard.type('Bark')
  await keys('Control+Alt+2')
  await text(page).getByRole('heading', { name: 'Bark', level: 2 }).waitFor()

  await keys('Enter')
  await page.keyboard.type('- rough')
  await keys('Enter', 'Tab')
  await page.keyboard.type('grey')
  await keys('Enter', 'Shift+Tab')
  await page.keyboard.type('thick')
  await keys('Enter', 'Enter')

  // The tools are one stop of the Tab key before the text, walked with arrows.
  await keys('Escape', 'Shift+Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('[role=toolbar]') !== null)).toBe(true)
  for (let step = 0; step < 40 && !(await focused()).startsWith('Table'); step++) await keys('ArrowRight')
  await keys('Enter')
  await text(page).getByRole('table').waitFor()
  await page.keyboard.type('Tree')
  await keys('Tab')
  await page.keyboard.type('Age')
  await keys('Control+End')

  await page.keyboard.type('Oaks grow old')
  await keys('Control+Alt+f')
  await page.keyboard.type('Up to a thousand years.')
  await keys('Enter')
  await page.keyboard.type(' unlike [[Elm')
  await page.getByRole('option', { name: /Elm trees/ }).waitFor()
  await keys('Enter')
  await isSaved(page)

  await keys('Escape', 'Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('.ProseMirror'))).toBeNull()
  await keys('Shift+Tab', 'Control+Enter')
  await page.getByRole('dialog', { name: 'Publish revision 2' }).waitFor()
  await page.keyboard.type('Without a mouse')
  await keys('Enter')
  await page.waitForURL('**/wiki/Oak')
  const { body } = await member.get(`/api/v1/pages/${oak.id}/content?format=markdown`)
  expect(body).toBe(`## Leaves

The oak.

## Bark

- rough
  - grey
- thick

| Tree | Age |  |
| --- | --- | --- |
|  |  |  |
|  |  |  |

Oaks grow old[^1] unlike [](/p/${elm.id})

[^1]: Up to a thousand years.
`)
  expect(page.complaints).toEqual([])
})

test('undo takes back one’s own words only, and leaves a colleague’s where they are', async () => {
  const here = await town()
  const ada = await atBrowser(here, 'Ada')
  const bo = await atBrowser(here, 'Bo')
  await starts(ada.member, 'Oak', 'The oak.')
  await opensEdit(ada.page, 'Oak')
  await opensEdit(bo.page, 'Oak')
  await caretBehind(ada.page, 'The oak.')
  await ada.page.keyboard.type(' Mine.')
  await caretBehind(bo.page, 'The oak. Mine.')
  await bo.page.keyboard.type(' Yours.')
  await text(ada.page).getByText('The oak. Mine. Yours.').waitFor()
  await ada.page.keyboard.press('Control+z')
  await text(bo.page)
    .getByText(/^The oak\.\s+Yours\.$/)
    .waitFor()
  await ada.page.keyboard.press('Control+z')
  await ada.page.keyboard.press('Control+Shift+z')
  await text(bo.page).getByText('The oak. Mine. Yours.').waitFor()
})
