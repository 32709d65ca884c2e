import type { AddressInfo } from 'node:net'
import type { BrowserContextOptions } from 'playwright-core'
import { expect } from 'vitest'
import type { Role } from '../../shared/accounts/contract.ts'
import { tab, type Tab } from './browser.ts'
import { as, type Member } from './people.ts'
import { freshWiki, type FreshWiki } from './wiki.ts'
import { slowWire, type Wire } from './wire.ts'

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
  page.setDefaultTimeout(20_000)
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

/** A notice above the text that says this; what is read out to those who cannot see it stands elsewhere on the page. */
export const notice = (page: Tab, words: string | RegExp) => page.locator('.ed-ban', { hasText: words })

/** Waits until the line about the state of one's words says that the server has them. */
export const isSaved = (page: Tab) =>
  page.getByRole('button', { name: /^Saved on the server/ }).waitFor({ state: 'attached' })

/** Waits until that line says that there are words on this device only, which the device has then stored. */
export const isKept = (page: Tab) =>
  page.getByRole('button', { name: /^\d+ changes? only on this device$/ }).waitFor({ state: 'attached' })

/** Takes the line away and types on, until the device has stored the words. */
export async function typesOnATrain(page: Tab, wire: Wire, words: string) {
  await wire.cut()
  await page.keyboard.type(words)
  await isKept(page)
}

/** Presses a button of a notice that copies words. Promises what can be pasted then. */
export async function copies(page: Tab, button: string): Promise<string> {
  await page.getByRole('button', { name: button }).first().click()
  await page.locator('.ed-ban').getByText('Copied.').first().waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Puts the caret behind the words of a line. */
export async function caretBehind(page: Tab, words: string) {
  await text(page).getByText(words, { exact: true }).click()
  // The key End stops at the end of a row, and on a phone a line has several.
  await page.evaluate(() => getSelection()?.modify('move', 'forward', 'paragraphboundary'))
}

/** Somebody with Edit open on a page that they have started. */
export interface Writer {
  here: Town
  member: Member
  oak: Started
  ada: Tab
  /** Ada's line to the wiki. */
  wire: Wire
}

/** Ada with Edit open on the page Oak, which she has started with this text. */
export async function adaAtOak(markdown: string, options: BrowserContextOptions = {}): Promise<Writer> {
  const here = await town()
  const { member, page: ada } = await atBrowser(here, 'Ada', options)
  const oak = await starts(member, 'Oak', markdown)
  const wire = await slowWire(ada)
  await opensEdit(ada, 'Oak')
  return { here, member, oak, ada, wire }
}

/** The same with Bo, who has it open too. */
export async function adaAndBo(markdown: string, options: BrowserContextOptions = {}): Promise<Writer & { bo: Tab }> {
  const writer = await adaAtOak(markdown, options)
  const { page: bo } = await atBrowser(writer.here, 'Bo')
  await opensEdit(bo, 'Oak')
  return { ...writer, bo }
}
