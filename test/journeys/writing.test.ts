import { expect, test } from 'vitest'
import { colourOf } from '../../shared/accounts/colour.ts'
import { atBrowser, caretBehind, isSaved, opensEdit, passerBy, starts, text, town } from '../support/town.ts'

test('two members write at the same time, one publishes, and a reader sees every word on the next load', async () => {
  const here = await town()
  const ada = await atBrowser(here, 'Ada Lovelace')
  const bo = await atBrowser(here, 'Bo Diddley')
  const oak = await starts(ada.member, 'Oak', '## Leaves\n\nThe oak is a tree.\n\nIt grows slowly.')
  const reader = await passerBy(here, { javaScriptEnabled: false })
  await reader.goto('/wiki/Oak')
  await reader.getByText('It grows slowly.').waitFor()

  await ada.page.goto('/wiki/Oak')
  await ada.page.getByRole('navigation', { name: 'Page', exact: true }).getByRole('link', { name: 'Edit' }).click()
  await text(ada.page).waitFor()
  await opensEdit(bo.page, 'Oak')
  await ada.page.getByRole('img', { name: 'Also here: Bo Diddley' }).waitFor()
  await bo.page.getByRole('img', { name: 'Also here: Ada Lovelace' }).waitFor()

  await caretBehind(ada.page, 'The oak is a tree.')
  await caretBehind(bo.page, 'It grows slowly.')
  await Promise.all([
    ada.page.keyboard.type(' Ada says it is old.', { delay: 10 }),
    bo.page.keyboard.type(' Bo says it is tall.', { delay: 10 }),
  ])
  for (const { page } of [ada, bo]) {
    await text(page).getByText('The oak is a tree. Ada says it is old.').waitFor()
    await text(page).getByText('It grows slowly. Bo says it is tall.').waitFor()
    await isSaved(page)
  }
  const caretOf = (name: string, { id }: { id: string }) => `.remote-caret[data-name=${name}].p${colourOf(id)}`
  await bo.page.locator(caretOf('Ada', ada.member.person)).waitFor({ state: 'attached' })
  await ada.page.locator(caretOf('Bo', bo.member.person)).waitFor({ state: 'attached' })

  await bo.page.keyboard.press('Enter')
  await bo.page.keyboard.type('Bark')
  await bo.page.getByLabel('Style of the line').selectOption('Heading 2')
  await text(bo.page).getByRole('heading', { name: 'Bark' }).waitFor()
  await bo.page.keyboard.press('End')
  await bo.page.keyboard.press('Enter')
  await bo.page.keyboard.type('- rough')
  await bo.page.keyboard.press('Enter')
  await bo.page.keyboard.type('grey ')
  await bo.page.getByRole('button', { name: /^Bold/ }).click()
  await bo.page.keyboard.type('and thick')
  await text(ada.page).locator('li strong', { hasText: 'and thick' }).waitFor()
  await text(ada.page).getByRole('heading', { name: 'Bark' }).waitFor()

  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('/quo')
  await ada.page.getByRole('option', { name: /Quotation/ }).waitFor()
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('Great oaks from little acorns')
  await text(bo.page).locator('blockquote', { hasText: 'Great oaks from little acorns' }).waitFor()

  // Nobody waits for the server here: the click follows the last key at once.
  await ada.page.keyboard.type(' grow.')
  await ada.page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = ada.page.getByRole('dialog', { name: 'Publish revision 2' })
  await dialog.getByText('By publishing you agree to release your text under CC BY-SA 4.0').waitFor()
  await dialog.getByLabel('What did you change, and why?').fill('Say how old and how tall')
  const before = Date.now()
  await dialog.getByRole('button', { name: 'Publish now' }).click()
  await ada.page.waitForURL('**/wiki/Oak')

  await reader.reload()
  const read = await reader.locator('article .prose').innerText()
  for (const words of ['Ada says it is old.', 'Bo says it is tall.', 'grey and thick', 'little acorns grow.'])
    expect(read).toContain(words)
  await bo.page.locator('.ed-ban', { hasText: 'Ada Lovelace published revision 2. The draft stays open.' }).waitFor()

  const { revisions } = (await ada.member.get(`/api/v1/pages/${oak.id}/revisions`)).json()
  expect(revisions[0]).toMatchObject({
    number: 2,
    summary: 'Say how old and how tall',
    publisher: { name: 'Ada Lovelace' },
    licence: 'CC-BY-SA-4.0',
  })
  expect(revisions[0].authors.map((author: { name: string }) => author.name).toSorted()).toEqual([
    'Ada Lovelace',
    'Bo Diddley',
  ])
  const consent = await here.wiki.db.read
    .selectFrom('revisions')
    .select(['publisher_id', 'licence', 'consent_at'])
    .where('id', '=', revisions[0].id)
    .executeTakeFirstOrThrow()
  expect(consent).toMatchObject({ publisher_id: ada.member.person.id, licence: 'CC-BY-SA-4.0' })
  expect(consent.consent_at).toBeGreaterThanOrEqual(before)
  expect([...ada.page.complaints, ...bo.page.complaints]).toEqual([])
})

test('an Arabic page is written from right to left in an English interface, tables and notes too', async () => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'Ada')
  const table = '| الرخصة | النسب |\n|---|---|\n| CC BY | نعم |'
  const { slug } = await starts(member, 'اختيار الرخصة', `${table}\n\n> [!NOTE]\n> اسأل قبل أن تمزج.`, 'ar')
  await opensEdit(page, slug)
  const from = async (words: string) => (await text(page).getByText(words, { exact: true }).boundingBox())?.x ?? 0
  expect(await from('الرخصة')).toBeGreaterThan(await from('النسب'))
  const sides = await text(page)
    .locator('.block-callout')
    .evaluate(note => [getComputedStyle(note).direction, document.documentElement.dir])
  expect(sides).toEqual(['rtl', 'ltr'])
})
