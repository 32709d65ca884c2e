import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, tab } from '../../support/browser.ts'
import { liveWiki } from '../../realtime/support.ts'
import { as } from '../../support/people.ts'
import { starts, types } from '../writers.ts'

async function oak() {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const text =
    '# The oak\n\nThe oak is a [tree](https://example.org) that grows.\n\n- Acorns\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |'
  const page = await starts(ada, 'Oak', text)
  await types(wiki, bo, page.id, 'oak is', ' now and for ever')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, { summary: 'more' })
  return { wiki, ada, bo, page }
}

test('who wrote what is read on a desktop and a phone, in the dark and from right to left', async () => {
  const { wiki } = await oak()
  for (const [where, options, language] of [
    ['desktop', { viewport: { width: 1280, height: 860 } }, 'en'],
    ['dark phone', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, 'en'],
    ['arabic phone', { viewport: { width: 390, height: 844 } }, 'ar'],
  ] as const) {
    const page = await tab(wiki.origin, { ...options, locale: language })
    await page.goto('/wiki/Oak/authors')
    await expectAccessible(page, where)
    await expectNoOverflow(page, where)
    expect(page.complaints).toEqual([])
  }
})

test('pointing at a passage or reaching it by keyboard says who wrote it, and when', async () => {
  const { wiki } = await oak()
  const page = await tab(wiki.origin, { viewport: { width: 1280, height: 860 }, javaScriptEnabled: false })
  await page.goto('/wiki/Oak/authors')
  const passage = page.locator('.pas', { hasText: 'now and for ever' })
  const tip = passage.locator('.pas-tip')
  const height = async () => (await tip.boundingBox())?.height ?? 0
  expect(await height()).toBeLessThan(2)
  await passage.hover()
  expect(await height()).toBeGreaterThan(20)
  await page.mouse.move(0, 0)
  const link = page.getByRole('link', { name: /^Bo, revision 2/ })
  await link.focus()
  expect(await height()).toBeGreaterThan(20)
  expect(await link.getAttribute('href')).toBe('/wiki/Oak/compare?from=1&to=2')
})

test('a choice of author or age shows at once, and stays in the address', async () => {
  const { wiki, bo } = await oak()
  const page = await tab(wiki.origin, { viewport: { width: 1280, height: 860 } })
  await page.goto('/wiki/Oak/authors')
  await page.waitForLoadState('networkidle')
  await page.selectOption('[name=by]', bo.person.handle)
  await expect.poll(() => page.locator('.pas:not(.is-out)').count()).toBe(1)
  expect(new URL(page.url()).searchParams.get('by')).toBe(bo.person.handle)
  const status = async () => (await page.locator('.who-filter [role=status]').textContent())?.trim()
  const said = await status()
  await page.reload()
  expect(await page.locator('.pas:not(.is-out)').count()).toBe(1)
  expect(await status()).toBe(said)
  await page.selectOption('[name=age]', 'older')
  await expect.poll(() => page.locator('.pas:not(.is-out)').count()).toBe(0)
})
