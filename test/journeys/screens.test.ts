import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { as, type Member } from '../support/people.ts'
import { passerBy, publishes, signedIn, starts, text, type Town, town } from '../support/town.ts'

const everything = (words: string) => `## Start here

A licence says **what others may do**. ${words}

- reuse
- adapt
  1. first
  2. second
- [ ] to do

> Quoted words

> [!NOTE]
> Ask before you mix two licences.

| Licence | Credit | Share alike |
|---|---|---|
| CC BY | yes | no |

\`\`\`js
const licence = "CC BY-SA, with a comment that is longer than a phone is wide"
\`\`\`

### Notes

Text[^1] and [[Missing page]] and https://example.org/${'a-long-address/'.repeat(6)}.

[^1]: A note.
`

let here: Town
let admin: Member
let arabic: string
let visitorScreens: string[]
let memberScreens: string[]

beforeAll(async () => {
  here = await town()
  await here.wiki.discussions.openBoard('general', 'General', 'Talk that belongs to no page')
  admin = await as(here.wiki, 'administrator', { handle: 'amina', name: 'Amina Haddad' })
  await as(here.wiki, 'member', {
    name: 'Somebody Waiting',
    state: 'pending',
    email: `${'long.'.repeat(9)}@example.org`,
  })
  const page = await starts(admin, 'Choosing a licence', everything('Without one, almost nothing.'))
  await publishes(admin, page, everything('Without one, nothing at all.'), 1, 'Say what the law leaves')
  const other = await starts(
    admin,
    'اختيار الرخصة',
    '## البداية\n\nالرخصة تقول **ما يجوز** مثل CC BY-SA.\n\n1. أولا',
    'ar',
  )
  arabic = `/wiki/${encodeURIComponent(other.slug)}`
  const gone = await starts(admin, 'Gone', 'Soon gone.')
  await admin.delete(`/api/v1/pages/${gone.id}`, {})
  const { id: topic } = (
    await admin.post(`/api/v1/pages/${page.id}/topics`, { title: 'Old?', body: 'Is *it*?' })
  ).json()
  let parent: string | undefined
  for (const body of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) {
    const post = await admin.post(`/api/v1/topics/${topic}/posts`, { body, ...(parent && { parent }) })
    parent = post.json<{ id: string }>().id
  }
  await admin.post('/api/v1/boards/general/topics', { title: 'Hello', body: 'Who is here?' })

  const slug = '/wiki/Choosing-a-licence'
  visitorScreens = [
    '/',
    slug,
    arabic,
    `${slug}/history`,
    `${slug}/compare?from=1&to=2`,
    `${slug}/compare?from=1&to=2&view=source`,
    `${slug}?revision=1`,
    `${slug}/discuss`,
    `${slug}/edit`,
    `/topics/${topic}`,
    '/forum',
    '/forum/general',
    '/pages',
    '/changes',
    '/search?q=licence',
    '/search?q=nothing-of-the-kind',
    '/sign-in',
    '/sign-up',
    new URL(here.wiki.site.setupLink(here.base) ?? '').href.slice(here.base.length),
    '/people/amina',
    '/wiki/nowhere',
    '/wiki/Gone',
    '/api',
  ]
  memberScreens = [
    '/',
    slug,
    `${slug}?revision=1`,
    `${slug}/history`,
    '/wiki/Gone/history',
    `${slug}/move`,
    `${slug}/delete`,
    `${slug}/discuss`,
    `/topics/${topic}`,
    '/forum/general',
    '/new',
    '/settings',
    '/settings/people',
    '/settings/wiki',
    '/people/amina',
  ]
}, 60_000)
afterAll(() => here.wiki.close())

const looks = [
  ['in the light, left to right', { colorScheme: 'light' as const, language: 'en' }],
  ['in the dark, right to left', { colorScheme: 'dark' as const, language: 'ar' }],
] as const

async function faultless(page: Tab, where: string) {
  await expectAccessible(page, where)
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoOverflow(page, where)
  await page.setViewportSize({ width, height })
}

async function speaks(page: Tab, language: string) {
  await page.context().addCookies([{ name: 'language', value: language, url: here.base }])
  return page
}

test.each(looks)(
  'every screen of a visitor is for everybody and fits a small phone, %s',
  async (_look, { language, ...look }) => {
    const page = await speaks(await passerBy(here, look), language)
    for (const address of visitorScreens) {
      await page.goto(address)
      await faultless(page, address)
    }
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
  },
  90_000,
)

test.each(looks)(
  'every screen of a member is for everybody and fits a small phone, %s',
  async (_look, { language, ...look }) => {
    const page = await speaks(await signedIn(here, admin, look), language)
    for (const address of memberScreens) {
      await page.goto(address)
      await faultless(page, address)
    }
  },
  90_000,
)

test.each(looks)(
  'the editor with its menus and dialogs is for everybody, %s',
  async (_look, { language, ...look }) => {
    const page = await speaks(await signedIn(here, admin, look), language)
    const address = language === 'ar' ? arabic : '/wiki/Choosing-a-licence'
    await page.goto(`${address}/edit`)
    await text(page).waitFor()
    await faultless(page, 'the text')
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('/')
    await page.locator('cl-suggest [role=option]').first().waitFor()
    await faultless(page, 'the slash menu')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Backspace')
    for (const open of ['Control+Enter', 'Control+k', 'Control+/']) {
      await text(page).focus()
      await page.keyboard.press(open)
      await page.getByRole('dialog').waitFor()
      await faultless(page, open)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.locator('cl-save-state button').click()
    await page.getByRole('dialog').waitFor()
    await faultless(page, 'where the words are')
  },
  60_000,
)
