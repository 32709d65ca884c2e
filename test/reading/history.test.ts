import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { expectAccessible, expectNoOverflow, tab } from '../support/browser.ts'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

const week = 7 * 86_400_000

/** A page of sixty revisions by three people, one a week. */
async function told() {
  const wiki = await freshWiki()
  const people = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'moderator')]
  const [mo] = people.slice(-1)
  if (!mo) throw new Error('nobody')
  const { importing } = wiki.revisions
  const from = { source: 'elsewhere', path: 'oak' }
  const [title, licence, began] = ['Oak', 'CC0-1.0', Date.UTC(2025, 0, 6, 12)]
  await wiki.db.write(async tx => {
    const page = await importing.startPage(tx, { title, slug: title, language: 'en', licence, at: began })
    for (let turn = 0; turn < 60; turn++)
      await importing.add(tx, {
        ...from,
        externalId: String(turn),
        pageId: page.id,
        authorId: people[turn % people.length]?.person.id ?? null,
        at: began + turn * week,
        summary: `Edit ${turn + 1}`,
        title,
        licence,
        document: fromMarkdown(`# Roots\n\nText ${turn}.`),
      })
    await importing.finish(tx, page.id)
  })
  const base = await wiki.http.listen({ port: 0, host: '127.0.0.1' })
  const open = async (path: string, options = {}) => {
    const opened = await tab(base, { extraHTTPHeaders: { cookie: mo.cookie }, ...options })
    opened.setDefaultTimeout(5000)
    await opened.goto(path)
    return opened
  }
  return { open }
}

test('what is chosen to compare is told at once and stays chosen while older revisions join the list', async () => {
  const { open } = await told()
  const page = await open('/wiki/Oak/history')
  const bar = page.locator('.cmpbar .what')
  await bar.getByText('Comparing revision 59 with revision 60').waitFor()
  await page.check('input[name=from][value="57"]')
  await bar.getByText('3 edits by 3 people').waitFor()
  await page.click('a.older')
  await page.locator('#r1').waitFor()
  expect(await page.locator('.revs > .rev').count()).toBe(60)
  expect(await page.evaluate(() => document.activeElement?.closest('.rev')?.id)).toBe('r30')
  await page.getByText('30 more revisions shown.').waitFor({ state: 'attached' })
  await page.check('input[name=from][value="2"]')
  await bar.getByText('58 edits').waitFor()
  await page.click('.cmpbar .btn')
  await page.waitForURL(/compare\?to=60&from=2$/)
  expect(page.complaints).toEqual([])
})

test('of two revisions to compare, the one chosen last stays and the other makes way', async () => {
  const { open } = await told()
  const page = await open('/wiki/Oak/history')
  await page.getByText('Comparing revision 59 with revision 60').waitFor()
  await page.check('#r40 input[name=to]')
  await page.getByText('Comparing revision 39 with revision 40').waitFor()
  await page.check('#r50 input[name=from]')
  await page.getByText('Comparing revision 50 with revision 51').waitFor()
  // Nothing is newer than the newest.
  expect(
    await page.locator('.radios input:disabled').evaluateAll(inputs => inputs.map(input => input.closest('li')?.id)),
  ).toEqual(['r60', 'r31'])
})

test('weeks of the activity are selected with the keyboard and by dragging', async () => {
  const { open } = await told()
  const page = await open('/wiki/Oak/history')
  await page.locator('cl-history [role=status]').waitFor({ state: 'attached' })
  await page.locator('.strip a').first().focus()
  for (const key of ['ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key)
  await page.getByText('13 Jan 2025 to 2 Feb 2025 selected').waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  await page.waitForURL('**/history?since=2025-01-13&until=2025-02-02')
  await page.getByText('3 revisions fit.').waitFor()
  expect(await page.locator('.strip a[aria-current]').count()).toBe(3)

  const box = await page.locator('.strip svg').boundingBox()
  if (!box) throw new Error('no strip')
  const at = (part: number) => [box.x + box.width * part, box.y + box.height / 2] as const
  await page.mouse.move(...at(0.01))
  await page.mouse.down()
  await page.mouse.move(...at(0.3), { steps: 4 })
  await page.mouse.up()
  await page.waitForURL(/since=2025-01-06&until=2025-05-/)
  expect(page.complaints).toEqual([])
})

test.each([
  ['a desktop', {}],
  ['a phone in the dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const }],
  ['a phone from right to left', { viewport: { width: 320, height: 700 }, locale: 'ar' }],
])('the history can be used by everybody on %s', async (_, options) => {
  const { open } = await told()
  for (const path of ['/wiki/Oak/history', '/wiki/Oak/history?tag=minor', '/wiki/Oak/suppress?revision=5']) {
    const page = await open(path, options)
    await expectAccessible(page, path)
    await expectNoOverflow(page, path)
  }
})

test('on a phone one tap compares with what readers see now, and a switch shows what to choose from', async () => {
  const { open } = await told()
  for (const javaScriptEnabled of [true, false]) {
    const page = await open('/wiki/Oak/history', { viewport: { width: 390, height: 844 }, javaScriptEnabled })
    expect(await page.isVisible('#r58 input[name=from]')).toBe(false)
    expect(await page.locator('#r58 .do > a:visible').getAttribute('href')).toBe('/wiki/Oak/compare?from=58&to=60')
    await page.check('.choosing')
    await page.check('#r58 input[name=from]')
    await page.click('.cmpbar .btn')
    await page.waitForURL(/compare\?to=60&from=58$/)
  }
})

test('menus of a history open without JavaScript and lead to what they say', async () => {
  const { open } = await told()
  const page = await open('/wiki/Oak/history', { javaScriptEnabled: false })
  await page.locator('.filters summary').first().click()
  await page.locator('.filters details[open] a').nth(1).click()
  await page.getByText('20 revisions fit.').waitFor()
  await page.locator('.filters summary').last().click()
  await page.fill('input[name=since]', '2025-06-01')
  await page.locator('.filters details[open] button').click()
  await page.waitForURL(/person=.*since=2025-06-01/)
})
