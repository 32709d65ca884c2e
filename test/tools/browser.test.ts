import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, tab } from '../support/browser.ts'

test('the browser of the tests opens a page and tells what is wrong with it', async () => {
  const page = await tab('http://localhost')
  await page.setContent('<html lang="en"><title>A leaf</title><main><h1>A leaf</h1></main></html>')
  await expectAccessible(page)
  await expectNoOverflow(page)
  await page.setContent('<html lang="en"><title>A leaf</title><main><h1>A leaf</h1><img src="data:,"></main></html>')
  await expect(expectAccessible(page)).rejects.toThrow('Array(1)')
  await page.evaluate(() => reportError(new Error('it hurts')))
  expect(page.complaints).toEqual(['Error: it hurts'])
})
