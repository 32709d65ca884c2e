import type { AddressInfo } from 'node:net'
import type { BrowserContextOptions } from 'playwright-core'
import { expect } from 'vitest'
import type { Role } from '../../shared/accounts/contract.ts'
import { tab, type Tab } from '../support/browser.ts'
import { as, type Member } from '../support/people.ts'
import { freshWiki, type FreshWiki } from '../support/wiki.ts'

export interface Town {
  wiki: FreshWiki
  base: string
}

/** A wiki that really listens. */
export async function town(): Promise<Town> {
  const wiki = await freshWiki()
  await wiki.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = wiki.http.server.address() as AddressInfo
  return { wiki, base: `http://127.0.0.1:${port}` }
}

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** A browser of somebody's own, where nobody is signed in. */
export async function passerBy({ base }: Pick<Town, 'base'>, options: BrowserContextOptions = {}): Promise<Tab> {
  const page = await tab(base, options)
  page.setDefaultTimeout(10_000)
  return page
}

/** Somebody with an account, at a browser where they are signed in. */
export async function atBrowser(
  here: Town,
  name: string,
  { role = 'member', ...options }: BrowserContextOptions & { role?: Role } = {},
): Promise<{ member: Member; page: Tab }> {
  const member = await as(here.wiki, role, { name })
  return { member, page: await signedIn(here, member, options) }
}

/** Another browser of the same person. */
export async function signedIn(
  here: Pick<Town, 'base'>,
  member: Member,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const page = await passerBy(here, options)
  const [name = '', value = ''] = member.cookie.split('=')
  await page.context().addCookies([{ name, value, url: here.base }])
  return page
}

export interface Started {
  id: string
  slug: string
}

export async function starts(by: Member, title: string, markdown: string, language = 'en'): Promise<Started> {
  const reply = await by.post('/api/v1/pages', { title, markdown, language, summary: 'Begin' })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json<Started>()
}

/** Publishes a page's text as a program would; `base` is the revision it was made from. */
export async function publishes(by: Member, page: Started, markdown: string, base: number, summary = 'Go on') {
  const reply = await by.post(`/api/v1/pages/${page.id}/revisions`, { markdown, base, summary })
  expect(reply.statusCode, reply.body).toBe(201)
}

/** Opens Edit from the page itself, and waits until the text is there. */
export async function opensEdit(page: Tab, slug: string) {
  await page.goto(`/wiki/${encodeURIComponent(slug)}/edit`)
  await text(page).waitFor()
  await isSaved(page)
}

export const text = (page: Tab) => page.locator('.ProseMirror')

/** Waits until the line about the state of one's words says that the server has them. */
export const isSaved = (page: Tab) =>
  page.getByRole('button', { name: /^Saved on the server/ }).waitFor({ state: 'attached' })

/** Puts the caret behind the words of a line. */
export async function caretBehind(page: Tab, words: string) {
  await text(page).getByText(words, { exact: true }).click()
  await page.keyboard.press('End')
}
