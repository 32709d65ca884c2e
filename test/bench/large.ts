import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Node } from 'prosemirror-model'
import { chromium, type Page } from 'playwright-core'
import { wordCount } from '../../shared/document/text.ts'
import type { OpenWiki } from '../../server/open.ts'
import type { findChromium as FindChromium } from '../../server/start/chromium.mjs'
import { root } from '../../server/root.ts'
import { type Bench, type Figure, quantile, withWiki } from './bench.ts'
import { openBare } from './large/bare.ts'
import { colleague } from './large/crowd.ts'
import { longDocument } from './large/page.ts'
import { costOnServer } from './large/server.ts'
import { type Taken, watchFrames } from './large/watch.ts'

const letters = 200
const others = 49

/** Somebody writes in a page of 50,000 words, and in one with 49 others: how long until a key is on the screen. */
const bench: Bench = print =>
  withWiki(async wiki => {
    await wiki.http.listen({ port: 0, host: '127.0.0.1' })
    const base = `http://127.0.0.1:${(wiki.http.server.address() as AddressInfo).port}`
    // Without the wait for the screen's own beat, which says nothing about the wiki.
    const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-frame-rate-limit', '--disable-gpu-vsync']
    // The start scripts are not built with the rest.
    const { findChromium }: { findChromium: typeof FindChromium } = await import(
      pathToFileURL(join(root, 'server/start/chromium.mjs')).href
    )
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args })
    try {
      const writer = async () => {
        const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 900 } })
        await context.addCookies([{ name: 'session', value: await member(wiki), url: base }])
        const page = await context.newPage()
        await page.addInitScript(watchFrames)
        return page
      }
      return [
        ...(await largePage(wiki, base, { page: await writer(), bare: await writer() }, print)),
        ...(await manyPeople(wiki, base, await writer(), print)),
        ...(await costOnServer(print)),
      ]
    } finally {
      await browser.close()
    }
  })
export default bench

async function largePage(
  wiki: OpenWiki,
  base: string,
  { page, bare }: { page: Page; bare: Page },
  print: (line: string) => void,
): Promise<Figure[]> {
  const document = longDocument(50_000)
  const { id, slug } = await start(wiki, 'A large page', document)
  const begun = performance.now()
  await page.goto(`/wiki/${slug}/edit`)
  await page.locator('.ProseMirror p').first().click()
  await page.keyboard.press('x')
  await page.waitForFunction(() => getSelection()?.focusNode?.textContent?.includes('x'))
  const opened = performance.now() - begun
  const { long: opening } = await take(page)
  await wait(2_000)
  await take(page)
  const own = await typed(page)
  const other = await colleague(base, id, `session=${await member(wiki)}`)
  for (let letter = 0; letter < letters; letter++) {
    other.types(letter * 7)
    await wait(40)
  }
  const heard = await take(page)
  other.leaves()
  await page.close()
  await openBare(bare, document)
  await wait(2_000)
  await take(bare)
  const { keys: browsers } = await typed(bare)
  print(`${wordCount(document)} words in ${document.childCount} blocks`)
  print(`to the first key: ${opened.toFixed(0)} ms, longest task of it ${Math.max(0, ...opening).toFixed(0)} ms`)
  print(`a key: ${told(own.keys)}; ${own.long.length} long tasks: ${own.long.map(Math.round).join(' ')}`)
  print(`a key in an editable element of the browser, without the wiki: ${told(browsers)}`)
  print(`a letter of somebody else: ${told(heard.remote)}`)
  return [
    { what: 'open to the first key, ms', is: opened, most: 5_000 },
    { what: 'key to screen, p95 ms', is: quantile(own.keys, 0.95), most: 16 },
    { what: 'key to screen, p50, browser alone = 1', is: quantile(own.keys, 0.5) / quantile(browsers, 0.5), most: 1.5 },
    { what: 'letter of somebody else to screen, p50 ms', is: quantile(heard.remote, 0.5), most: 10 },
  ]
}

async function manyPeople(wiki: OpenWiki, base: string, page: Page, print: (line: string) => void): Promise<Figure[]> {
  const { id, slug } = await start(wiki, 'A page of many', longDocument(4_000))
  const crowd: Awaited<ReturnType<typeof colleague>>[] = []
  for (let one = 0; one < others; one++) crowd.push(await colleague(base, id, `session=${await member(wiki)}`))
  await page.goto(`/wiki/${slug}/edit`)
  await page.locator('.ProseMirror p').first().click()
  let beat = 0
  const moving = setInterval(() => {
    beat++
    for (const [index, one] of crowd.entries()) {
      one.moves(index + Math.floor(beat / 10))
      if ((beat + index) % 10 === 0) one.types(index)
    }
  }, 100)
  await wait(2_000)
  await take(page)
  const { keys, long } = await typed(page)
  clearInterval(moving)
  const carets = await page.locator('.remote-caret').count()
  for (const one of crowd) one.leaves()
  print(`with ${others} others, ${carets} carets to be seen: ${told(keys)}; ${long.length} long tasks`)
  return [
    { what: 'key to screen among 49 others, p95 ms', is: quantile(keys, 0.95), most: 16 },
    { what: 'carets of others', is: carets, least: others },
    { what: 'longest task among 49 others, ms', is: Math.max(0, ...long), most: 100 },
  ]
}

/** Types as somebody quick does, and tells how long each key took. */
async function typed(page: Page): Promise<Taken> {
  for (let letter = 0; letter < letters; letter++) {
    await page.keyboard.press(letter % 6 === 5 ? 'Space' : 'e')
    await wait(40)
  }
  return take(page)
}

const take = (page: Page) => page.evaluate(() => (globalThis as unknown as { take(): Taken }).take())

const told = (waits: number[]) =>
  `p50 ${quantile(waits, 0.5).toFixed(1)} ms, p95 ${quantile(waits, 0.95).toFixed(1)}, p99 ${quantile(waits, 0.99).toFixed(1)} of ${waits.length}`

let people = 0

/** Signs a new person in, and promises their session. */
const member = ({ db, accounts }: OpenWiki): Promise<string> =>
  db.write(async tx => {
    const handle = `person-${++people}`
    const name = `Person ${people}`
    const given = { handle, name, email: null, passwordHash: null, role: 'member' as const, state: 'active' as const }
    const account = await accounts.people.create(tx, given)
    return accounts.sessions.begin(tx, account.id, 'bench')
  })

async function start({ db, pages }: OpenWiki, title: string, document: Node) {
  return db.write(tx => pages.create(tx, { title, language: 'en', licence: 'CC-BY-SA-4.0', by: null, document }))
}
