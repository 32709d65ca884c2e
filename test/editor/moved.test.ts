import { expect, test } from 'vitest'
import type { Tab } from '../support/browser.ts'
import { adaAndBo, atBrowser, caretBehind, opensEdit, starts, text, type Town, town } from '../support/town.ts'

const begins = ({ wiki }: Town, page: string) =>
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
  const { here, oak, ada, bo } = await adaAndBo('The oak.\n\nIt is old.')
  await caretBehind(ada, 'It is old.')
  await ada.keyboard.type(' Very')
  await begins(here, oak.id)
  await ada.waitForFunction(() => document.querySelector('.ProseMirror')?.getAttribute('contenteditable') === 'true')
  await expect
    .poll(async () => (await here.wiki.drafts.load(here.wiki.db.read, oak.id)).document().textContent)
    .toBe('The oak.It is old. Very')
  await ada.locator('cl-save-state button', { hasText: 'Saved' }).waitFor()
  expect(await ada.locator('.ed-ban').count()).toBe(0)

  // The caret is where it was, and what is typed goes to the new room.
  await expect
    .poll(async () => {
      await ada.keyboard.type('!')
      return text(bo).innerText()
    })
    .toMatch(/It is old\. Very!+$/)
  await ada.locator('cl-save-state button', { hasText: 'Saved' }).waitFor()
  const draft = await here.wiki.drafts.load(here.wiki.db.read, oak.id)
  expect(draft.epoch).toBe(2)
  expect(ada.complaints).toEqual([])
})

test('a screen reader hears who comes, and nothing of what they type', async () => {
  const here = await town()
  const ada = await atBrowser(here, 'Ada Lovelace')
  const bo = await atBrowser(here, 'Bo Diddley')
  const started = await starts(ada.member, 'Oak', 'The oak.')
  await opensEdit(ada.page, started.slug)
  const heard = await hears(ada.page)
  await opensEdit(bo.page, started.slug)
  await text(bo.page).getByText('The oak.').click()
  await bo.page.keyboard.press('End')
  await bo.page.keyboard.type(' It is old.')
  await text(ada.page).getByText('The oak. It is old.').waitFor()
  await expect.poll(heard).toContainEqual(expect.stringContaining('Bo Diddley is here too.'))
  // Leaving at once and coming back is no news within the minute.
  await bo.page.reload()
  await text(bo.page).waitFor()
  const all = (await heard()).join(' ')
  expect(all.match(/Bo Diddley/g)).toHaveLength(1)
  expect(all).not.toContain('old')
})
