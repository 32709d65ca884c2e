import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow } from '../support/browser.ts'
import { atBrowser, caretBehind, isSaved, opensEdit, phone, signedIn, starts, text, town } from '../support/town.ts'

const oak = '## Leaves\n\nThe oak is a tree.\n\n## Roots\n\nIt grows slowly.'

test('Ada publishes her own while Bo is in the middle of a sentence, and he goes on', async () => {
  const here = await town()
  const ada = await atBrowser(here, 'Ada Lovelace')
  const bo = await atBrowser(here, 'Bo Diddley')
  const page = await starts(ada.member, 'Oak', oak)
  await opensEdit(ada.page, page.slug)
  await opensEdit(bo.page, page.slug)
  await caretBehind(ada.page, 'The oak is a tree.')
  await ada.page.keyboard.type(' It is tall.')
  await caretBehind(bo.page, 'It grows slowly.')
  await bo.page.keyboard.type(' Its roots reach')
  await isSaved(bo.page)
  await text(ada.page).getByText('Its roots reach').waitFor()

  await ada.page.keyboard.press('Control+Enter')
  const dialog = ada.page.getByRole('dialog', { name: 'Publish revision 2' })
  const lines = dialog.getByRole('list', { name: 'Changes in this revision' })
  await lines.getByText('Bo Diddley').waitFor()
  await expectAccessible(ada.page)
  await dialog.getByLabel('Only my change').check()
  await lines.getByText('Bo Diddley').waitFor({ state: 'detached' })
  await dialog.getByText('Credited for this revision: Ada Lovelace.').waitFor()
  await dialog.getByLabel('What did you change, and why?').fill('How tall it is')
  await dialog.getByRole('button', { name: 'Publish now' }).click()
  await ada.page.waitForURL(url => url.pathname === `/wiki/${page.slug}`)
  const read = await ada.page.locator('.prose').innerText()
  expect(read).toContain('The oak is a tree. It is tall.')
  expect(read).not.toContain('roots reach')

  await bo.page.keyboard.type(' deep into the ground.')
  await isSaved(bo.page)
  await bo.page.goto(`/wiki/${page.slug}/draft`)
  expect(await bo.page.getByRole('main').innerText()).toContain('Its roots reach deep into the ground.')
  expect([...ada.page.complaints, ...bo.page.complaints]).toEqual([])
})

test('one section is published from the editor, that of the caret first', async () => {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada')
  const page = await starts(member, 'Oak', oak)
  await opensEdit(ada, page.slug)
  await caretBehind(ada, 'The oak is a tree.')
  await ada.keyboard.type(' It is tall.')
  await caretBehind(ada, 'It grows slowly.')
  await ada.keyboard.type(' Its roots are deep.')
  await ada.keyboard.press('Control+Enter')
  const dialog = ada.getByRole('dialog', { name: 'Publish revision 2' })
  await dialog.getByLabel('Only the changes in one section').check()
  expect(await dialog.getByRole('combobox', { name: 'Section' }).inputValue()).toBe('Roots')
  await dialog.getByRole('button', { name: 'Publish now' }).click()
  await ada.waitForURL(url => url.pathname === `/wiki/${page.slug}`)
  const read = await ada.locator('.prose').innerText()
  expect(read).toContain('Its roots are deep.')
  expect(read).not.toContain('It is tall.')
})

test('without JavaScript one’s own words are discarded and brought back, and an open editor follows', async () => {
  const here = await town()
  const ada = await atBrowser(here, 'Ada')
  const bo = await atBrowser(here, 'Bo')
  const page = await starts(ada.member, 'Oak', oak)
  await opensEdit(ada.page, page.slug)
  await opensEdit(bo.page, page.slug)
  await caretBehind(ada.page, 'The oak is a tree.')
  await ada.page.keyboard.type(' It is tall.')
  await caretBehind(bo.page, 'It grows slowly.')
  await bo.page.keyboard.type(' For years.')
  await isSaved(ada.page)
  await isSaved(bo.page)

  const plain = await signedIn(here, ada.member, { javaScriptEnabled: false })
  await plain.goto('/drafts')
  await plain.getByRole('link', { name: 'Oak' }).click()
  await plain.getByRole('button', { name: 'Discard mine' }).click()
  await plain.getByRole('button', { name: 'Bring back' }).waitFor()
  await bo.page.locator('.ed-ban', { hasText: 'Ada discarded unpublished changes.' }).waitFor()
  await text(bo.page).getByText('It is tall.').waitFor({ state: 'detached' })
  await text(bo.page).getByText('It grows slowly. For years.').waitFor()
  await ada.page.locator('.ed-ban', { hasText: 'Unpublished changes were discarded:' }).waitFor()
  await bo.page.keyboard.press('Control+z')
  await bo.page.keyboard.type(' Or more.')

  await plain.getByRole('button', { name: 'Bring back' }).click()
  await text(bo.page).getByText('The oak is a tree. It is tall.').waitFor()
  await text(bo.page).getByText('It grows slowly. For years. Or more.').waitFor()
})

test('the screens are for everyone: on a phone, in the dark, from right to left', async () => {
  const here = await town()
  const { member } = await atBrowser(here, 'Ada')
  const mo = await atBrowser(here, 'Mo', { role: 'moderator' })
  const page = await starts(member, 'البلوط', '## الأوراق\n\nالبلوط شجرة قديمة جدا.', 'ar')
  await opensEdit(mo.page, page.slug)
  await caretBehind(mo.page, 'البلوط شجرة قديمة جدا.')
  await mo.page.keyboard.type(' وهي طويلة <b>جدا</b> وجميلة.')
  await mo.page.keyboard.press('Enter')
  await mo.page.keyboard.type(
    'https://example.org/a-very-long-address-that-never-ends-and-has-no-spaces-in-it-at-all-but-goes-on',
  )
  await isSaved(mo.page)
  const address = `/wiki/${encodeURIComponent(page.slug)}/draft`
  for (const language of ['en', 'ar'] as const) {
    const small = await signedIn(here, mo.member, { ...phone, colorScheme: 'dark', locale: language })
    for (const path of [address, '/drafts']) {
      await small.goto(path)
      await expectAccessible(small, `${path} ${language}`)
      await expectNoOverflow(small, `${path} ${language}`)
    }
    expect(small.complaints).toEqual([])
  }
  await mo.page.goto(address)
  await mo.page.getByRole('checkbox').first().focus()
  await mo.page.keyboard.press('Space')
  await mo.page.getByRole('button', { name: 'Discard chosen' }).focus()
  await mo.page.keyboard.press('Enter')
  await mo.page.getByRole('button', { name: 'Bring back' }).waitFor()
  await expectAccessible(mo.page)
})
