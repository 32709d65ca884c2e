import { expect, test } from 'vitest'
import { expectNoOverflow, type Tab } from '../support/browser.ts'
import { passerBy, phone, town } from '../support/town.ts'

const screens = [
  ['a desktop', { viewport: { width: 1280, height: 900 } }],
  ['a phone', phone],
] as const

async function fillsIn(page: Pick<Tab, 'getByLabel'>, given: Record<string, string>) {
  for (const [label, value] of Object.entries(given)) await page.getByLabel(label, { exact: true }).fill(value)
}

async function opensAccountMenu(page: Tab, name: string) {
  await page.locator('summary', { has: page.locator('.av') }).click()
  await page.getByText(name).first().waitFor()
}

test.each(screens)('from the setup link to a member who is let in, on %s', async (_screen, options) => {
  const here = await town()
  const admin = await passerBy(here, options)
  await admin.goto(here.wiki.site.setupLink(here.base) ?? '')
  await expectNoOverflow(admin)
  await admin
    .getByRole('region', { name: 'Name of the wiki' })
    .getByLabel('The wiki’s name')
    .fill('Open Education Community')
  await admin.getByRole('checkbox', { name: 'العربية' }).check()
  await admin.getByRole('radio', { name: /^CC BY 4\.0/ }).check()
  expect(await admin.getByRole('radio', { name: /approv/i }).isChecked()).toBe(true)
  const account = admin.getByRole('region', { name: 'Your account' })
  const amina = {
    Name: 'Amina Haddad',
    Handle: 'amina',
    'E-mail address': 'amina@example.org',
    Password: 'a long password',
  }
  await fillsIn(account, amina)
  await admin.getByRole('button', { name: 'Set up the wiki' }).click()
  await admin.getByRole('heading', { level: 1, name: 'Open Education Community' }).waitFor()

  const bo = await passerBy(here, options)
  await bo.goto('/')
  await bo.getByRole('link', { name: 'Sign in' }).click()
  await bo
    .getByRole('main')
    .getByRole('link', { name: /account/i })
    .click()
  await fillsIn(bo, { Name: 'Bo', Handle: 'bo', 'E-mail address': 'bo@example', Password: 'short' })
  await bo.getByRole('button', { name: 'Create an account' }).click()
  await bo.getByRole('alert').waitFor()
  expect(await bo.getByLabel('Name', { exact: true }).inputValue()).toBe('Bo')
  await fillsIn(bo, { 'E-mail address': 'bo@example.org', Password: 'a longer password' })
  await bo.getByRole('button', { name: 'Create an account' }).click()
  await bo.getByRole('heading', { level: 1, name: 'Open Education Community' }).waitFor()
  expect((await bo.goto('/new'))?.status()).toBe(403)

  await admin.goto('/settings')
  await admin.getByRole('link', { name: 'People' }).first().click()
  await admin.getByRole('button', { name: /Approve.*Bo/s }).click()
  await admin.getByText('bo@example.org').waitFor()
  await expectNoOverflow(admin)

  await bo.goto('/')
  await opensAccountMenu(bo, 'Bo')
  await bo.getByRole('button', { name: 'Sign out' }).click()
  await bo.getByRole('link', { name: 'Sign in' }).click()
  await fillsIn(bo, { Password: 'not my password' })
  await bo.getByLabel('Handle or e-mail address').fill('bo')
  await bo.getByRole('button', { name: 'Sign in' }).click()
  await bo.getByRole('alert').waitFor()
  await fillsIn(bo, { Password: 'a longer password' })
  await bo.getByRole('button', { name: 'Sign in' }).click()
  await bo.getByRole('link', { name: 'New page' }).click()
  await bo.getByLabel('Title').fill('Oak')
  await bo.getByRole('button', { name: /Start/ }).click()
  await bo.locator('.ProseMirror').waitFor()
  expect(bo.url()).toBe(`${here.base}/wiki/Oak/edit`)

  expect((await admin.goto('/setup?key=again'))?.status()).toBe(410)
})
