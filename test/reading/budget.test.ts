import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { assetsFolder } from '../../server/html/index.ts'
import { corpus } from '../support/corpus.ts'
import { visitor } from '../support/people.ts'
import { tab } from '../support/browser.ts'
import { told } from './told.ts'

/** Bytes that a first view may cost, compressed, fonts included. */
const ceiling = 60_000

test.each(['en', 'ar', 'fr', 'ru', 'zh-hans'])(
  'the first view of a %s article costs at most 60 KB in all',
  async language => {
    const { wiki, ada } = await told()
    const article = readFileSync(join(corpus, `translations/opensource-guide/${language}/best-practices.md`), 'utf8')
    const page = await wiki.revisions.startPage(ada.person, {
      title: 'Best practices',
      slug: `best-${language}`,
      language,
      document: fromMarkdown(article),
    })
    await wiki.http.listen({ port: 0, host: '127.0.0.1' })
    const address = wiki.http.server.address()
    const reader = await tab(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    const session = await reader.context().newCDPSession(reader)
    await session.send('Network.enable')
    // A saving reader gets what is needed to read and nothing after it; what comes later is attached when idle.
    let bytes = 0
    const late: string[] = []
    const addresses = new Map<string, string>()
    session.on('Network.responseReceived', ({ requestId, response }) => void addresses.set(requestId, response.url))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const url = addresses.get(requestId) ?? ''
      if (isLate(url)) late.push(url)
      else bytes += encodedDataLength
    })
    await reader.goto(`/wiki/${page.slug}`, { waitUntil: 'networkidle' })
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThanOrEqual(ceiling)
  },
)

/** The faces of the interface: attached once the browser is idle, not at all where data is saved. */
const isLate = (url: string) => /\/fonts-ui-|source-sans|source-code|italic|-600-|noto-|latin-ext/.test(url)

test('the page that a first view gets names no late face, the next one does', async () => {
  const { wiki } = await told()
  const manifest = JSON.parse(readFileSync(join(assetsFolder, 'manifest.json'), 'utf8')) as Record<
    string,
    { file: string }
  >
  const sheet = `<link rel="stylesheet" href="/assets/${manifest['client/style/fonts-ui.css']?.file}"`
  expect((await visitor(wiki).get('/wiki/Oak')).body).not.toContain(sheet)
  expect((await visitor(wiki).get('/wiki/Oak', { cookie: 'fonts=1' })).body).toContain(sheet)
})

test('the browser’s files are compressed beforehand and kept for good', async () => {
  const { wiki } = await told()
  const manifest = JSON.parse(readFileSync(join(assetsFolder, 'manifest.json'), 'utf8')) as Record<
    string,
    { file: string }
  >
  for (const source of ['client/main.ts', 'client/style/base.css', 'client/style/icons.svg']) {
    const { statusCode, headers } = await visitor(wiki).get(`/assets/${manifest[source]?.file}`, {
      'accept-encoding': 'br',
    })
    expect(statusCode).toBe(200)
    expect(headers['content-encoding']).toBe('br')
    expect(headers['cache-control']).toContain('immutable')
  }
  expect((await visitor(wiki).get('/assets/../package.json')).statusCode).toBeGreaterThanOrEqual(400)
})
