import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, tab } from '../support/browser.ts'
import { as, type Member } from '../support/people.ts'
import { type Told, rewrite, told } from './told.ts'

let story: Told
let base: string
let root: Member
const rich = `Lead.

## Where

- one
- two

| a | b |
| - | - |
| ${'long '.repeat(20)} | 2 |

> [!WARNING]
> Mind the ${'gap'.repeat(40)}.

\`\`\`js
const line = '${'x'.repeat(200)}'
\`\`\`

Text with a note.[^1] See [[Nowhere]] and https://example.org/${'path/'.repeat(30)}

[^1]: The note.
`
beforeAll(async () => {
  story = await told()
  const { wiki, ada, mo } = story
  root = await as(wiki, 'administrator', { name: '<b>Root</b>' })
  await rewrite(story, mo, rich, 'A "rich" <i>text</i>')
  const gone = await wiki.revisions.startPage(ada.person, { title: 'Gone', language: 'en' })
  await rewrite({ ...story, page: gone }, ada, 'Soon.')
  await wiki.pages.remove(mo.person, gone.id)
  await wiki.http.listen({ port: 0, host: '127.0.0.1' })
  const address = wiki.http.server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => story.wiki.close())

const screens = [
  '/',
  '/pages',
  '/changes',
  '/wiki/Oak',
  '/wiki/Oak/history',
  '/wiki/Oak/compare?from=1&to=2',
  '/wiki/Oak/compare?from=1&to=2&view=source',
  '/wiki/Oak?revision=1',
  '/wiki/Oak/move',
  '/wiki/Oak/delete',
  '/new?title=Oak',
  '/wiki/Gone',
  '/wiki/Gone/history',
  '/wiki/Nowhere',
]

async function open(language: string, theme: 'light' | 'dark', width: number) {
  const reader = await tab(base, { colorScheme: theme, viewport: { width, height: 800 } })
  const [name = '', value = ''] = root.cookie.split('=')
  await reader.context().addCookies([
    { name, value, url: base },
    { name: 'language', value: language, url: base },
  ])
  return reader
}

// What axe finds on a wide screen, in English by day and in Arabic by night, is looked for in journeys/screens.
test.each([
  ['fr', 'dark', 390],
  ['ar', 'light', 320],
] as const)(
  'no screen has a fault that axe finds, nor scrolls sideways there or on a wide screen: %s, %s, %i px',
  { timeout: 120_000 },
  async (language, theme, width) => {
    const reader = await open(language, theme, width)
    for (const screen of screens) {
      await reader.goto(screen)
      await expectNoOverflow(reader, screen)
      await expectAccessible(reader, screen)
      await reader.setViewportSize({ width: 1280, height: 800 })
      await expectNoOverflow(reader, screen)
      await reader.setViewportSize({ width, height: 800 })
    }
    expect(reader.complaints.filter(one => !/status of (404|410)/.test(one))).toEqual([])
  },
)

test('keys act outside text, are listed by ? and can be turned off', async () => {
  const reader = await open('en', 'light', 1280)
  await reader.goto('/wiki/Oak', { waitUntil: 'networkidle' })
  await reader.keyboard.press('/')
  await expect.poll(() => reader.evaluate(() => document.activeElement?.id)).toBe('q')
  await reader.keyboard.type('h?')
  expect(await reader.inputValue('#q')).toBe('h?')
  await reader.evaluate(() => (document.activeElement as HTMLElement).blur())
  await reader.keyboard.press('?')
  const dialog = reader.getByRole('dialog')
  // Out of the document, not only closed: until then its checkbox still has the focus, and keys in it are no keys.
  const gone = () => reader.locator('dialog').waitFor({ state: 'detached' })
  await dialog.waitFor()
  await expectAccessible(reader)
  await dialog.getByRole('checkbox').uncheck()
  await reader.keyboard.press('Escape')
  await gone()
  await reader.keyboard.press('h')
  expect(new URL(reader.url()).pathname).toBe('/wiki/Oak')
  await reader.keyboard.press('?')
  await dialog.getByRole('checkbox').check()
  await reader.keyboard.press('Escape')
  await gone()
  await reader.keyboard.press('h')
  await reader.waitForURL('**/wiki/Oak/history')
})

test('a reader without JavaScript chooses language and theme', async () => {
  const reader = await tab(base, { javaScriptEnabled: false })
  await reader.goto('/wiki/Oak')
  await reader.getByRole('contentinfo').getByRole('button', { name: 'Dark' }).click()
  expect(await reader.getAttribute('html', 'data-theme')).toBe('dark')
  await reader.getByRole('contentinfo').getByRole('button', { name: 'العربية' }).click()
  expect(await reader.getAttribute('html', 'dir')).toBe('rtl')
  expect(new URL(reader.url()).pathname).toBe('/wiki/Oak')
})
