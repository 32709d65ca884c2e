import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, tab } from '../support/browser.ts'
import { as, password } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

/** A wiki that listens, so that a browser can go there. */
async function listening(environment: Record<string, string> = {}): Promise<FreshWiki & { address: string }> {
  const wiki = await freshWiki(environment)
  return { ...wiki, address: await wiki.http.listen({ port: 0, host: 'localhost' }) }
}

const looks = [
  { name: 'light', options: { colorScheme: 'light', locale: 'en', viewport: { width: 1280, height: 900 } } },
  {
    name: 'dark, right to left, on a phone',
    options: { colorScheme: 'dark', locale: 'ar', viewport: { width: 320, height: 640 } },
  },
] as const

test.each(looks)('every screen of accounts is accessible and fits ($name)', async ({ options }) => {
  const wiki = await listening({ SIGN_UP: 'approval' })
  const setup = wiki.site.setupLink(wiki.address) ?? ''
  const page = await tab(wiki.address, options)
  const look = async (path: string) => {
    await page.goto(path)
    await expectAccessible(page)
    await expectNoOverflow(page)
  }
  for (const path of ['/sign-in', '/sign-up', setup]) await look(path)

  const boss = await as(wiki, 'administrator', { handle: 'amina', name: 'Amina Diallo' })
  await as(wiki, 'member', { handle: 'newcomer', name: 'Bo Newcomer', state: 'pending' })
  await as(wiki, 'member', { handle: 'ada', name: 'Ada Lovelace' })
  await wiki.accounts.suspensions.suspend(boss.person, 'ada', { reason: 'Spam in three pages', until: null })
  await wiki.accounts.tokens.make(boss.person.id, 'backup', ['read'])
  await wiki.accounts.invitations.make(boss.person, {})
  const [cookie = '', value = ''] = boss.cookie.split('=')
  await page.context().addCookies([{ name: cookie, value, url: wiki.address }])
  for (const path of ['/settings', '/settings/people', '/settings/wiki', '/people/ada']) await look(path)
  expect(page.complaints).toEqual([])
})

test('without JavaScript somebody sets the wiki up, signs out, errs, and signs in again', async () => {
  const wiki = await listening()
  const page = await tab(wiki.address, { javaScriptEnabled: false })
  await page.goto(wiki.site.setupLink(wiki.address) ?? '')
  await page.getByLabel('The wiki’s name').fill('Oak Community')
  await page.getByLabel('Français').check()
  await page.getByLabel('Anyone', { exact: false }).first().check()
  await page.locator('#name').fill('Amina')
  await page.locator('#handle').fill('no spaces please')
  await page.locator('#email').fill('amina@example.org')
  await page.locator('#password').fill(password)
  await page.getByRole('button', { name: 'Set up the wiki' }).click()

  // Refused: the summary has the focus, and what was typed is there still.
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').evaluate(alert => alert === document.activeElement)).toBe(true)
  expect(await page.locator('#site-name').inputValue()).toBe('Oak Community')
  await page.locator('#handle').fill('amina')
  await page.locator('#password').fill(password)
  await page.getByRole('button', { name: 'Set up the wiki' }).click()
  expect(new URL(page.url()).pathname).toBe('/')
  expect(wiki.site.isSetUp()).toBe(true)

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByLabel('Handle or e-mail address').fill('amina@example.org')
  await page.getByLabel('Password').fill('not this one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('There is no account')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.goto('/settings')
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Amina')
})

test('a name that is markup stays text on every screen that shows it', async () => {
  const wiki = await listening()
  const name = '<img src=x onerror=document.title=`hacked`>"><script>document.title="hacked"</script>'
  const boss = await as(wiki, 'administrator', { handle: 'boss', name })
  await as(wiki, 'member', { handle: 'mallory', name, state: 'pending' })
  const page = await tab(wiki.address)
  const [cookie = '', value = ''] = boss.cookie.split('=')
  await page.context().addCookies([{ name: cookie, value, url: wiki.address }])
  for (const path of ['/people/mallory', '/settings/people', '/settings']) {
    await page.goto(path)
    expect(await page.title()).not.toBe('hacked')
    expect(await page.locator('img, main script').count()).toBe(0)
  }
  expect(page.complaints).toEqual([])
})
