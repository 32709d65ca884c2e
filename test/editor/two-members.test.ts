import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow } from '../support/browser.ts'
import { adaAndBo, adaAtOak, atBrowser, caretBehind, opensEdit, starts, text, town } from '../support/town.ts'

test('two members write at the same time, see each other and publish', async () => {
  const here = await town()
  const ada = await atBrowser(here, 'Ada Lovelace')
  const bo = await atBrowser(here, 'Bo Diddley')
  const page = await starts(ada.member, 'Oak', '## Leaves\n\nThe oak is a tree.\n\nIt grows slowly.')

  await opensEdit(ada.page, page.slug)
  await opensEdit(bo.page, page.slug)
  await ada.page.getByRole('img', { name: 'Also here: Bo Diddley' }).waitFor()

  await text(ada.page).getByText('The oak is a tree.').click()
  await text(bo.page).getByText('It grows slowly.').click()
  await Promise.all([ada.page.keyboard.press('End'), bo.page.keyboard.press('End')])
  await Promise.all([
    ada.page.keyboard.type(' Ada says it is old.', { delay: 15 }),
    bo.page.keyboard.type(' Bo says it is tall.', { delay: 15 }),
  ])
  for (const { page } of [ada, bo]) {
    await text(page).getByText('The oak is a tree. Ada says it is old.').waitFor()
    await text(page).getByText('It grows slowly. Bo says it is tall.').waitFor()
  }
  await ada.page.locator('.remote-caret[data-name=Bo]').waitFor({ state: 'attached' })
  await ada.page.getByText(/Bo\u2069? is in “\u2068?Leaves/).waitFor()

  // The last keys before the click are in, whether or not the server has them yet.
  await ada.page.keyboard.type(' Last words.')
  await ada.page.keyboard.press('Control+Enter')
  const dialog = ada.page.getByRole('dialog', { name: 'Publish revision 2' })
  await dialog.getByLabel('What did you change, and why?').fill('Say how it is')
  await dialog.getByText('By publishing you agree to release your text under CC BY-SA 4.0').waitFor()
  await expectAccessible(ada.page)
  await dialog.getByRole('button', { name: 'Publish now' }).click()
  await ada.page.waitForURL(url => url.pathname === `/wiki/${page.slug}`)
  const read = await ada.page.locator('.prose').innerText()
  expect(read).toContain('Ada says it is old. Last words.')
  expect(read).toContain('Bo says it is tall.')

  const revisions = (await ada.member.get(`/api/v1/pages/${page.id}/revisions`)).json<{
    revisions: { summary: string; authors: { name: string }[]; publisher: { name: string } }[]
  }>()
  expect(revisions.revisions[0]).toMatchObject({ summary: 'Say how it is', publisher: { name: 'Ada Lovelace' } })
  expect(revisions.revisions[0]?.authors.map(({ name }) => name).toSorted()).toEqual(['Ada Lovelace', 'Bo Diddley'])
  expect([...ada.page.complaints, ...bo.page.complaints]).toEqual([])
})

test('undo in the browser takes back only one’s own words', async () => {
  const { ada, bo } = await adaAndBo('The oak.')
  await caretBehind(ada, 'The oak.')
  // In one go: what is typed with pauses is taken back piece by piece.
  await ada.keyboard.insertText(' Mine.')
  await text(bo).getByText('The oak. Mine.').click()
  await bo.keyboard.press('Home')
  await bo.keyboard.type('Yours. ')
  await text(ada).getByText('Yours. The oak. Mine.').waitFor()
  await ada.keyboard.press('Control+z')
  await text(bo)
    .getByText(/^Yours\. The oak\.$/)
    .waitFor()
  await ada.keyboard.press('Control+Shift+z')
  await text(bo).getByText('Yours. The oak. Mine.').waitFor()
})

test('the slash menu is walked with the keyboard while the focus stays in the text', async () => {
  const { ada: page } = await adaAtOak('The oak.')
  await caretBehind(page, 'The oak.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/tab')
  const option = page.getByRole('option', { name: /Table/ })
  await option.waitFor()
  expect(await text(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await text(page).getByRole('table').waitFor()
  await page.keyboard.type('Country')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Licence')
  const heads = await text(page).getByRole('columnheader').allInnerTexts()
  expect(heads.map(head => head.trim())).toEqual(['Country', 'Licence', ''])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('.ProseMirror'))).toBeNull()
})

test('a page is found by its title and linked by its id', async () => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'Ada')
  const oak = await starts(member, 'Oak', 'The oak.')
  const elm = await starts(member, 'Elm trees', 'The elm.')
  await opensEdit(page, oak.slug)
  await text(page).getByText('The oak.').click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await page.keyboard.press('Control+k')
  const dialog = page.getByRole('dialog', { name: 'Link' })
  await dialog.getByRole('combobox', { name: 'Page or address' }).fill('Elm')
  await dialog.getByRole('option', { name: 'Elm trees' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await text(page).locator(`a[href="/p/${elm.id}"]`).waitFor()

  await caretBehind(page, 'The oak.')
  await page.keyboard.type(' See [[Elm')
  await page.getByRole('option', { name: /Elm trees/ }).waitFor()
  await page.keyboard.press('Enter')
  await text(page).getByText('Elm trees').waitFor()

  // Both links follow the page when it is renamed.
  await member.patch(`/api/v1/pages/${elm.id}`, { title: 'Elms' })
  await page.getByRole('button', { name: /^Saved on the server at/ }).waitFor()
  await opensEdit(page, oak.slug)
  await text(page).getByText('Elms').waitFor()
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Elms' }).waitFor()
  await expectAccessible(page)
})

test('what is pasted from another site arrives as structure, and harmless', async () => {
  const { ada: page } = await adaAtOak('The oak.')
  await caretBehind(page, 'The oak.')
  await page.keyboard.press('Enter')
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData(
      'text/html',
      '<h2>Title</h2><ul><li>one<ul><li>two</li></ul></li></ul><img src=x onerror="document.title=1"><a href="javascript:alert(1)">x</a>',
    )
    data.setData('text/plain', 'Title')
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await text(page).getByRole('heading', { name: 'Title' }).waitFor()
  expect(await text(page).locator('ul').allInnerTexts()).toEqual(['one', 'two'])
  expect(await text(page).locator('[href^="javascript"], [onerror]').count()).toBe(0)
  expect(await page.title()).not.toBe('1')
})

test('the source is edited as Markdown and merged with what a colleague types', async () => {
  const { ada, bo } = await adaAndBo('The oak.\n\nThe elm.')
  await ada.getByRole('button', { name: 'Source' }).click()
  const area = ada.getByLabel('The page as Markdown')
  await area.waitFor()
  await caretBehind(bo, 'The elm.')
  await bo.keyboard.type(' Tall.')
  await text(ada).getByText('The elm. Tall.').waitFor({ state: 'attached' })
  await area.fill((await area.inputValue()).replace('The oak.', '## The oak'))
  await expectAccessible(ada)
  await ada.getByRole('button', { name: 'Apply changes' }).click()
  await text(bo).getByRole('heading', { name: 'The oak' }).waitFor()
  await text(bo).getByText('The elm. Tall.').waitFor()
})

test.each([
  ['desktop', { viewport: { width: 1280, height: 900 } }],
  ['phone in the dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const }],
])('the editor is accessible and fits on a %s', async (_name, options) => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'Ada', options)
  const everything =
    '## Oak\n\n- one\n  1. two\n\n- [x] done\n\n> quoted\n\n| a | b |\n|---|---|\n| c | d |\n\n```js\nx\n```\n\n> [!NOTE]\n> note\n\nText[^1] and [[Missing page]].\n\n[^1]: A note.'
  const started = await starts(member, 'Oak', everything)
  await opensEdit(page, started.slug)
  await expectAccessible(page)
  await expectNoOverflow(page)
  await page.getByRole('button', { name: 'More tools' }).click()
  await page.getByRole('menuitem', { name: 'Superscript' }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  expect(page.complaints).toEqual([])
})
