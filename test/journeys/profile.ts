import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { findChromium } from '../../server/start/chromium.mjs'
import type { Member } from '../support/people.ts'
import type { Tab } from '../support/browser.ts'

/** A browser program of somebody's own, with a folder in which it remembers: it can be closed and started again. */
export interface Profile {
  open(): Promise<Tab>
  /** Takes the line away from everything in this browser, or gives it back. */
  line(isThere: boolean): Promise<void>
  restart(): Promise<void>
}

export async function profile(base: string, options: BrowserContextOptions = {}, member?: Member): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-profile-'))
  const start = () =>
    chromium.launchPersistentContext(folder, {
      executablePath: findChromium() ?? '',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
      baseURL: base,
      ...options,
    })
  let running: BrowserContext = await start()
  onTestFinished(async () => {
    await running.close()
    // The browser goes on tidying up for a moment after it has closed.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })
  if (member) await running.addCookies([rememberedCookie(member, base)])
  return {
    async open() {
      const page = await running.newPage()
      page.setDefaultTimeout(20_000)
      return Object.assign(page, { complaints: [] })
    },
    line: isThere => running.setOffline(!isThere),
    async restart() {
      await running.close()
      running = await start()
    },
  }
}

/** The cookie of a session as browsers keep it when they are closed. */
function rememberedCookie({ cookie }: Member, url: string) {
  const [name = '', value = ''] = cookie.split('=')
  return { name, value, url, expires: Math.floor(Date.now() / 1000) + 86_400 }
}
