import { expect, test } from 'vitest'
import type { Tab } from '../support/browser.ts'
import { atBrowser, type Listening, listening, opensEditor, startPage, text } from './journey.ts'

const begins = ({ wiki }: Listening, page: string) =>
  wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause: 'squash', knowsOwners: true }))

/** Everything that a screen reader was told from here on. */
async function hears(page: Tab) {
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const listen = (region: Element) =>
      new MutationObserver(() => region.textContent && heard.push(region.textContent)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      })
    document.querySelectorAll('cl-announcer > [role]').forEach(listen)
  })
  return () => page.evaluate(() => Reflect.get(window, 'heard') as string[])
}

test('a draft that goes on in another room takes its writers along without a word', async () => {
  const here = await listening()
  const ada = await atBrowser(here, 'Ada')
  const bo = await atBrowser(here, 'Bo')
  const started = await startPage(ada.member, 'Oak', 'The oak.\n\nIt is old.')
  await opensEditor(ada.page, started.slug)
  await opensEditor(bo.page, started.slug)
  await text(ada.page).getByText('It is old.').click()
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.type(' Very')
  await begins(here, started.id)
  await ada.page.waitForFunction(
    () => document.querySelector('.ProseMirror')?.getAttribute('contenteditable') === 'true',
  )
  await expect
    .poll(async () => (await here.wiki.drafts.load(here.wiki.db.read, started.id)).document().textContent)
    .toBe('The oak.It is old. Very')
  await ada.page.locator('cl-save-state button', { hasText: 'Saved' }).waitFor()
  expect(await ada.page.locator('.ed-ban').count()).toBe(0)

  // The caret is where it was, and what is typed goes to the new room.
  await expect
    .poll(async () => {
      await ada.page.keyboard.type('!')
      return text(bo.page).innerText()
    })
    .toMatch(/It is old\. Very!+$/)
  await ada.page.locator('cl-save-state button', { hasText: 'Saved' }).waitFor()
  const draft = await here.wiki.drafts.load(here.wiki.db.read, started.id)
  expect(draft.epoch).toBe(2)
  expect(ada.page.complaints).toEqual([])
})

test('a screen reader hears who comes, and nothing of what they type', async () => {
  const here = await listening()
  const ada = await atBrowser(here, 'Ada Lovelace')
  const bo = await atBrowser(here, 'Bo Diddley')
  const started = await startPage(ada.member, 'Oak', 'The oak.')
  await opensEditor(ada.page, started.slug)
  const heard = await hears(ada.page)
  await opensEditor(bo.page, started.slug)
  await text(bo.page).getByText('The oak.').click()
  await bo.page.keyboard.press('End')
  await bo.page.keyboard.type(' It is old.')
  await text(ada.page).getByText('The oak. It is old.').waitFor()
  await expect.poll(heard, { timeout: 15_000 }).toContainEqual(expect.stringContaining('Bo Diddley is here too.'))
  // Leaving at once and coming back is no news within the minute.
  await bo.page.reload()
  await text(bo.page).waitFor()
  const all = (await heard()).join(' ')
  expect(all.match(/Bo Diddley/g)).toHaveLength(1)
  expect(all).not.toContain('old')
})
