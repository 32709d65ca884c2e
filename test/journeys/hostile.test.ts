import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tab } from '../support/browser.ts'
import { naughtyStrings } from '../support/corpus.ts'
import { as, type Member } from '../support/people.ts'
import { isSaved, signedIn, starts, text, type Town, town } from '../support/town.ts'

const strings = naughtyStrings()
const [kept, refused] = [[201], [400, 422]]
let here: Town
let admin: Member
let topic: string
const shown: string[] = []
const titled: string[] = []

beforeAll(async () => {
  here = await town()
  admin = await as(here.wiki, 'administrator', { name: '<script>alert("name")</script>' })
  const all = await starts(admin, 'All of it', 'Nothing yet.')
  topic = (
    await admin.post(`/api/v1/pages/${all.id}/topics`, { title: '"><svg onload=alert(1)>', body: 'All.' })
  ).json().id

  for (const naughty of strings) {
    const page = await admin.post('/api/v1/pages', { title: naughty, markdown: naughty, summary: naughty })
    expect([...kept, ...refused], `${JSON.stringify(naughty)}: ${page.body}`).toContain(page.statusCode)
    if (page.statusCode === 201) titled.push(page.json().slug)
    const person = await as(here.wiki, 'member', { name: naughty.trim() || 'x' })
    const post = await person.post(`/api/v1/topics/${topic}/posts`, { body: naughty })
    expect([...kept, ...refused], `${JSON.stringify(naughty)}: ${post.body}`).toContain(post.statusCode)
    if (post.statusCode === 201) shown.push(naughty)
    const search = await admin.get(`/search?q=${encodeURIComponent(naughty.toWellFormed())}`)
    expect(search.statusCode).toBe(200)
  }
  const paragraph = (words: string) => ({ type: 'line', content: words ? [{ type: 'text', text: words }] : [] })
  const publish = async (body: object) => {
    const reply = await admin.post(`/api/v1/pages/${all.id}/revisions`, body)
    expect(reply.statusCode, reply.body).toBe(201)
  }
  await publish({ markdown: shown.join('\n\n'), base: 1, summary: '<img src=x onerror=alert(1)>' })
  await publish({ document: { type: 'doc', content: shown.map(paragraph) }, base: 2, summary: "javascript:alert('x')" })
}, 120_000)
afterAll(() => here.wiki.close())

/** A tab where whatever runs, asks another host or meets the content security policy is remembered. */
async function trapped(options: { bypassCSP?: boolean }) {
  const page = await signedIn(here, admin, options)
  const sprung: string[] = []
  await page.exposeFunction('sprung', (what: string) => sprung.push(what))
  await page.addInitScript(() => {
    const tell = (what: string) => (window as unknown as { sprung: (what: string) => void }).sprung(what)
    for (const name of ['alert', 'prompt', 'confirm', 'print'] as const)
      window[name] = () => (tell(name), null as never)
    document.addEventListener('securitypolicyviolation', violation =>
      tell(`${violation.violatedDirective} ${violation.sample}`),
    )
  })
  page.on('request', request => {
    const { host, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && host !== new URL(here.base).host) sprung.push(request.url())
  })
  return { page, sprung }
}

/** Everything in the documents that could run or leave, clicked or not; without any, in the one that is open. */
const dangers = (page: Tab, documents?: string[]) =>
  page.evaluate(given => {
    const parser = new DOMParser()
    const parsed = given?.map(markup => parser.parseFromString(markup, 'text/html')) ?? [document]
    const found: string[] = []
    for (const one of parsed) {
      for (const element of one.querySelectorAll('*'))
        for (const { name, value } of element.attributes) {
          const leads = /^(?:href|src|action|formaction|data)$/i.test(name)
          if (/^on/i.test(name) || (leads && /^\W*(?:javascript|vbscript|data):/i.test(value)))
            found.push(element.outerHTML)
        }
      const foreign =
        '[src^="http"], [srcset], iframe, object, embed, base, meta[http-equiv], script:not([src^="/assets/"])'
      for (const element of one.querySelectorAll(foreign)) found.push(element.outerHTML)
    }
    return found
  }, documents)

test.each([
  ['under the content security policy', {}],
  ['even without the content security policy', { bypassCSP: true }],
])('nothing that people write runs or calls another host, %s', async (_how, options) => {
  const { page, sprung } = await trapped(options)
  const addresses = [
    '/wiki/All-of-it',
    '/wiki/All-of-it?revision=2',
    '/wiki/All-of-it/history',
    '/wiki/All-of-it/compare?from=2&to=3',
    '/wiki/All-of-it/compare?from=2&to=3&view=source',
    '/wiki/All-of-it/discuss',
    `/topics/${topic}`,
    '/forum',
    '/',
    '/pages',
    '/changes',
    `/people/${admin.person.handle}`,
    '/settings/people',
    '/settings',
    `/search?q=${encodeURIComponent('<script>alert(1)</script>')}`,
    `/search?q=${encodeURIComponent('javascript alert')}`,
    `/new?title=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`,
    `/sign-in?next=${encodeURIComponent('javascript:alert(1)')}`,
    `/wiki/${encodeURIComponent('<script>alert(1)</script>')}`,
  ]
  for (const address of addresses) {
    await page.goto(address)
    expect(await dangers(page), address).toEqual([])
  }
  // The trap itself holds.
  await page.evaluate(() => alert('caught'))
  expect(sprung).toEqual(['alert'])
  expect(page.complaints.filter(complaint => !/status of 404/.test(complaint))).toEqual([])
})

test('what people write stays what it is in the editor, its source and its dialogs', async () => {
  const { page, sprung } = await trapped({})
  await page.goto('/wiki/All-of-it/edit')
  await text(page).waitFor()
  await isSaved(page)
  expect(await dangers(page)).toEqual([])
  await page.getByRole('button', { name: /^Source/ }).click()
  await page.getByRole('button', { name: 'Close without applying' }).click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('dialog', { name: /^Publish/ }).waitFor()
  expect(await dangers(page)).toEqual([])
  expect(sprung).toEqual([])
  expect(page.complaints).toEqual([])
})

test('a page with any title, text and summary at all is read and looked back at', async () => {
  const { page } = await trapped({})
  await page.goto('/')
  expect(titled.length).toBeGreaterThan(400)
  for (const face of ['', '/history']) {
    const documents: string[] = []
    for (const slug of titled) {
      const { statusCode, body } = await admin.get(`/wiki/${encodeURIComponent(slug)}${face}`)
      expect(statusCode, slug + face).toBe(200)
      documents.push(body)
    }
    expect(await dangers(page, documents), face).toEqual([])
  }
})
