import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { as } from '../support/people.ts'
import { atBrowser, phone, publishes, starts, town } from '../support/town.ts'

const oak = (height: string, age: string) => `An oak is a tree.[^1]

## How high it gets

It grows up to ${height} metres high, and others stand in its shade.

| Tree | Metres |
|---|--:|
| Oak | ${height} |

## How old it gets

1. Some oaks live for ${age} years
2. Most do not

> [!NOTE]
> ${'Nobody has counted all of them. '.repeat(4)}

\`\`\`js
const trees = ['a line that is far wider than a phone', 'as lines of programs are', '${age}']
\`\`\`

[^1]: A broad-leaved one.
`

/** Oak with three revisions, by three people; Mo, who may take any of them back, is at a browser. */
async function past(options: Parameters<typeof atBrowser>[2]) {
  const here = await town()
  const [ada, bo, eve] = [
    await as(here.wiki, 'member', { name: 'Ada' }),
    await as(here.wiki, 'member', { name: 'بو العربي' }),
    await as(here.wiki, 'member', { name: 'Eve' }),
  ]
  const page = await starts(ada, 'Oak', oak('40', '500'))
  await publishes(bo, page, oak('45', '500'), 1, 'قياس جديد')
  await publishes(eve, page, oak('45', 'nine hundred'), 2, 'Older')
  const { page: mo } = await atBrowser(here, 'Mo', { role: 'moderator', ...options })
  return { here, mo }
}

async function faultless(page: Tab, where: string) {
  await expectAccessible(page, where)
  await expectNoOverflow(page, where)
}

test.each([
  ['on a phone, in the dark', { ...phone, colorScheme: 'dark' as const }],
  ['on a wide screen, from right to left', { viewport: { width: 1280, height: 900 }, locale: 'ar' }],
])(
  'a moderator reads a past, sees who wrote it, and takes two edits back, %s',
  async (_, options) => {
    const { here, mo } = await past(options)
    const follows = async (selector: string, face: RegExp) => {
      await mo.locator(selector).first().click()
      await mo.waitForURL(face)
      await faultless(mo, String(face))
    }
    await mo.goto('/wiki/Oak/history')
    await faultless(mo, 'history')
    await follows('#r2 .when a', /Oak\?revision=2$/)
    await follows('.acts a[href*="/authors"]', /authors\?revision=2$/)
    expect(await mo.locator('.who-list li').count()).toBe(2)
    await mo.goBack()
    await follows('.acts a[href*="/cite"]', /cite\?revision=2$/)
    await mo.goBack()
    await follows('.acts a[href*="/play"]', /play\?revision=2$/)
    expect(await mo.locator('.frame ins').allTextContents()).toEqual(['45', '45'])
    await mo.goto('/wiki/Oak/compare?from=2&to=3')
    await faultless(mo, 'compare')
    await mo.goto('/wiki/Oak?revision=2')
    await follows('.banner-actions a[href*="/undo"]', /undo\?revision=2$/)
    expect(await mo.locator('.cmp del').allTextContents()).toEqual(['45', '45'])
    await mo.locator('form .btn-p').click()
    await mo.waitForURL(/Oak\/history$/)
    await follows('#r4 .do a[href*="/compare"]:visible', /compare\?from=3&to=4$/)
    await mo.goto('/wiki/Oak?revision=1')
    await follows('.banner-actions a[href*="/restore"]', /restore\?revision=1$/)
    await mo.locator('form .btn-p').click()
    await mo.waitForURL(/Oak\/history$/)
    expect(await mo.locator('.rev .tag-warn').count()).toBe(2)
    await mo.goto('/wiki/Oak/suppress?revision=3')
    await faultless(mo, 'suppress')
    const { head } = (await here.wiki.pages.bySlug('Oak'))?.page ?? {}
    expect(head?.number).toBe(5)
    expect(mo.complaints).toEqual([])
  },
  90_000,
)
