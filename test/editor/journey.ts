import type { AddressInfo } from 'node:net'
import type { Role } from '../../shared/accounts/contract.ts'
import { tab, type Tab } from '../support/browser.ts'
import { as, type Member } from '../support/people.ts'
import { freshWiki, type FreshWiki } from '../support/wiki.ts'

export interface Listening {
  wiki: FreshWiki
  base: string
}

/** A wiki that really listens, for browsers. */
export async function listening(): Promise<Listening> {
  const wiki = await freshWiki()
  await wiki.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = wiki.http.server.address() as AddressInfo
  return { wiki, base: `http://127.0.0.1:${port}` }
}

export interface StartedPage {
  id: string
  slug: string
}

export async function startPage(by: Member, title: string, markdown: string, language = 'en'): Promise<StartedPage> {
  const reply = await by.post('/api/v1/pages', { title, markdown, language })
  return reply.json<StartedPage>()
}

/** Somebody at their own browser, signed in. */
export async function atBrowser(
  { wiki, base }: Listening,
  name: string,
  options: Parameters<typeof tab>[1] = {},
  role: Role = 'member',
) {
  const member = await as(wiki, role, { name })
  const page = await tab(base, options)
  page.setDefaultTimeout(20_000)
  const [cookie = '', value = ''] = member.cookie.split('=')
  await page.context().addCookies([{ name: cookie, value, url: base }])
  return { member, page }
}

/** Opens the editor and waits until the text is there and saved. */
export async function opensEditor(page: Tab, slug: string) {
  await page.goto(`/wiki/${slug}/edit`)
  await page.locator('.ProseMirror').waitFor()
  await page.locator('cl-save-state button', { hasText: 'Saved' }).waitFor({ state: 'attached' })
}

export const text = (page: Tab) => page.locator('.ProseMirror')
