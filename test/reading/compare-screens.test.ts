import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { atBrowser, passerBy, phone, type Town, town } from '../support/town.ts'

const before = `Top of it all.

## What governments agreed

It sets no deadline, creates no fund and obliges nobody.

${Array.from({ length: 12 }, (_, at) => `Paragraph number ${at} stays where it is, and nothing in it was changed by anybody.`).join('\n\n')}

## The first year

1. begin small
2. choose a licence
3. say why

| Step | Months |
|---|---|
| Amend the contract | 3 |
| Explain it | 1 |

The end of the page, which is removed.
`
const after = before
  .replace('obliges nobody', '*obliges nobody*')
  .replace('choose a licence', 'choose one open licence')
  .replace('| 3 |', '| 2–4 |')
  .replace('\nThe end of the page, which is removed.\n', '\n```js\nlet licence = open\n```\n')

/** A page with four revisions, of which the first and the last differ in five places. */
async function compared(): Promise<Town & { path: string }> {
  const here = await town()
  const { member } = await atBrowser(here, 'Ada')
  const { revisions } = here.wiki
  const page = await revisions.startPage(member.person, {
    title: 'Oak',
    document: fromMarkdown(before),
    summary: 'A start',
  })
  for (const turn of [2, 3])
    await revisions.publishContent(member.person, page.id, fromMarkdown(`${before}\nTurn ${turn}.`), {
      summary: `Turn ${turn}`,
    })
  await revisions.publishContent(member.person, page.id, fromMarkdown(after), { summary: 'Now' })
  return { ...here, path: '/wiki/Oak/compare?from=1&to=4' }
}

const ready = (page: Tab) => page.locator('.nav-c:not([hidden])').waitFor()
const said = (page: Tab) => page.locator('.cmp-tools [role=status]').textContent()
const focused = (page: Tab) => page.evaluate(() => document.activeElement?.id)

test('the changes are stepped through with keys, and each is announced', async () => {
  const here = await compared()
  const page = await passerBy(here)
  await page.goto(here.path)
  await ready(page)
  const count = await page.locator('.chg-l a').count()
  expect(count).toBeGreaterThan(3)
  await page.keyboard.press('n')
  expect(await focused(page)).toBe('c1')
  expect(await said(page)).toMatch(new RegExp(`^Change 1 of ${count}, .*What governments agreed.*emphasis added`))
  await page.keyboard.press('n')
  expect(await focused(page)).toBe('c2')
  await page.keyboard.press('p')
  expect(await focused(page)).toBe('c1')
  await page.keyboard.press('p')
  expect(await focused(page)).toBe(`c${count}`)
  expect(await page.locator('.chg-l a[aria-current]').getAttribute('href')).toBe(`#c${count}`)
  // What is stepped to is not hidden behind the bar.
  const [top, bar] = await page.evaluate(() => [
    document.activeElement?.getBoundingClientRect().top ?? 0,
    document.querySelector('.cmp-tools')?.getBoundingClientRect().bottom ?? 0,
  ])
  expect(top).toBeGreaterThanOrEqual(bar ?? 0)
  await page.locator('.chg-l a').nth(1).click()
  expect(await said(page)).toContain('Change 2 of')
  expect(page.complaints).toEqual([])
})

test('keys lead to the source and to the edits before and after, and the list of keys has them', async () => {
  const here = await compared()
  const page = await passerBy(here)
  await page.goto('/wiki/Oak/compare?from=2&to=3')
  await ready(page)
  await page.keyboard.press('[')
  await page.waitForURL('**/compare?from=1&to=2')
  await ready(page)
  await page.keyboard.press(']')
  await page.waitForURL('**/compare?from=2&to=3')
  await ready(page)
  await page.keyboard.press('v')
  await page.waitForURL('**view=source')
  await ready(page)
  await page.keyboard.press('n')
  expect(await said(page)).toMatch(/^Change 1 of \d+, .*line/)
  await page.keyboard.press('?')
  const help = page.locator('dialog.keys-help')
  await help.waitFor()
  for (const words of ['Next change', 'Visual or source', 'Previous edit', 'Next edit'])
    expect(await help.textContent()).toContain(words)
})

test('everything is there without JavaScript', async () => {
  const here = await compared()
  const page = await passerBy(here, { javaScriptEnabled: false })
  await page.goto(here.path)
  expect(await page.locator('.nav-c').isVisible()).toBe(false)
  await page.locator('.chg-l a').first().click()
  expect(page.url()).toContain('#c1')
  await page.locator('.fold > summary').first().click()
  await page.getByText('Paragraph number 3 stays').waitFor()
  await page.getByRole('link', { name: 'Source' }).click()
  await page.locator('.src .a', { hasText: 'one open' }).waitFor()
})

test.each([
  ['a wide screen', { viewport: { width: 1280, height: 900 } }],
  ['a dark phone', { ...phone, colorScheme: 'dark' }],
  ['Arabic', { viewport: { width: 1280, height: 900 }, locale: 'ar' }],
  ['an Arabic phone', { ...phone, locale: 'ar' }],
] as const)('both views fit and can be read by everyone: %s', async (where, options) => {
  const here = await compared()
  const page = await passerBy(here, options)
  for (const view of ['', '&view=source']) {
    await page.goto(here.path + view)
    await ready(page)
    await expectAccessible(page, where + view)
    await expectNoOverflow(page, where + view)
    const steps = page.locator('.nav-c button').last()
    await steps.click()
    expect(await focused(page)).toBe('c1')
  }
  expect(page.complaints).toEqual([])
})

test('on paper there is neither bar nor list, and marks keep their lines', async () => {
  const here = await compared()
  const page = await passerBy(here)
  await page.goto(here.path)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.cmp-tools').isVisible()).toBe(false)
  expect(await page.locator('.chg').isVisible()).toBe(false)
  const line = await page
    .locator('.cmp del')
    .first()
    .evaluate(element => getComputedStyle(element).textDecorationLine)
  expect(line).toBe('line-through')
})
