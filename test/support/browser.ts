import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { findChromium } from '../../server/start/chromium.mjs'

let running: Promise<Browser> | undefined

/** The one browser that the test files of a worker share; it closes with the worker's process. */
export function browser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('the browser tests need Chromium: npm test installs it or says how to')
  return (running ??= chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] }))
}

export interface Tab extends Page {
  /** What the page complained of: uncaught errors, console errors, refused by the content security policy. */
  complaints: string[]
}

/**
 * A tab in a context of its own (cookies, storage), closed when the test ends. `base` is the address that relative ones
 * start from.
 */
export async function tab(base: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await (await browser()).newContext({ baseURL: base, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  return Object.assign(page, { complaints })
}

/** Fails with a readable list where axe finds something wrong on the page; `where` names the screen. */
export async function expectAccessible(page: Page, where?: string) {
  // Without frames of other origins axe need not open a tab of its own for its report, which takes as long as the rest.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(
    violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(node => node.html).join('\n  ')}`),
    where,
  ).toEqual([])
}

/** Fails where the page is wider than its window. */
export async function expectNoOverflow(page: Page, where?: string) {
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  expect(content, where).toBeLessThanOrEqual(view ?? 0)
}
