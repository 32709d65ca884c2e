import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow } from '../support/browser.ts'
import { failBatches } from '../realtime/failing.ts'
import { as } from '../support/people.ts'
import { adaAndBo, adaAtOak, atBrowser, caretBehind, notice, opensEdit, starts, text, town } from '../support/town.ts'

test('what is typed while the connection is gone is told, kept, and merged when it returns', async () => {
  const { ada: page, bo, wire } = await adaAndBo('The oak.')
  await caretBehind(page, 'The oak.')
  await page.getByRole('img', { name: 'Also here: Bo' }).waitFor()
  await wire.cut()
  await page.keyboard.type('!!')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Acorns fall.')
  await page.getByRole('button', { name: '2 changes only on this device' }).waitFor()
  await page.getByText('You are offline. Keep writing.').waitFor()
  expect(await page.getByRole('button', { name: 'Publish' }).getAttribute('aria-disabled')).toBe('true')
  await expectAccessible(page)

  await page.getByRole('button', { name: '2 changes only on this device' }).click()
  const panel = page.getByRole('dialog', { name: 'Where your changes are' })
  await panel.getByText('On this device: all 2').waitFor()
  await panel.getByText('On the server: 0 of 2').waitFor()
  await panel.getByText('With Bo: 0 of 2').waitFor()
  await expectAccessible(page)
  // Nothing else may open the line while the button is being pressed.
  await panel.getByText(/Trying again in (?:[5-9]|10) s/).waitFor()
  await wire.mend('finds out')
  await panel.getByRole('button', { name: 'Try now' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Saved on the server at/ }).waitFor()
  await text(bo).getByText('The oak.!!').waitFor()
  await text(bo).getByText('Acorns fall.').waitFor()
}, 60_000)

test('a restore reaches someone who is typing, keeps their words, and clears what could be undone', async () => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'Ada')
  const moderator = await as(here.wiki, 'moderator', { name: 'Mo Derator' })
  const started = await starts(member, 'Oak', 'The oak is old.\n\nIt is a tree.')
  await member.post(`/api/v1/pages/${started.id}/revisions`, { markdown: 'The oak is new.\n\nIt is a tree.', base: 1 })
  await opensEdit(page, started.slug)
  await text(page).getByText('It is a tree.').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' A tall one.')
  await moderator.post(`/api/v1/pages/${started.id}/restorations`, { revision: 1 })
  await page.locator('.ed-ban', { hasText: 'Mo Derator restored an older revision.' }).waitFor()
  await page.keyboard.type(' Still here.')
  await text(page).getByText('The oak is old.').waitFor()
  await text(page).getByText('It is a tree. A tall one. Still here.').waitFor()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await text(page).getByText('The oak is old.').waitFor()
  await text(page).getByText('It is a tree. A tall one.').waitFor()
})

test('words that a restore leaves no place for are offered to their author', async () => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'Ada')
  const moderator = await as(here.wiki, 'moderator', { name: 'Mo Derator' })
  const started = await starts(member, 'Oak', 'The oak is old.')
  await member.post(`/api/v1/pages/${started.id}/revisions`, {
    markdown: 'The oak is old.\n\nA paragraph of spam, nothing else.',
    base: 1,
  })
  await opensEdit(page, started.slug)
  await text(page).getByText('A paragraph of spam').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' But these words are mine.')
  await page.getByRole('button', { name: /^Saved on the server at/ }).waitFor()
  await moderator.post(`/api/v1/pages/${started.id}/restorations`, { revision: 1 })
  await page.locator('.ed-ban', { hasText: 'Words of yours lost their place.' }).waitFor()
  await text(page).getByText('The oak is old.').click()
  await page.keyboard.press('End')
  await page.getByRole('button', { name: 'Put it back here' }).click()
  await text(page)
    .getByText(/these words are mine/)
    .waitFor()
  await page.locator('.ed-rescued').waitFor({ state: 'detached' })
})

test('a fault of the wiki’s disk is told for as long as it lasts, however much is typed meanwhile', async () => {
  const { here, ada: page, wire } = await adaAtOak('The oak.')
  const mend = await failBatches(here.wiki, 'the commit')
  await caretBehind(page, 'The oak.')
  await page.keyboard.type(' It')
  const told = notice(page, 'The wiki cannot save at the moment. Keep writing.')
  await told.waitFor()
  wire.hold()
  const vanished = await page.locator('.ed').evaluateHandle(frame => {
    const times: number[] = []
    const look = () => frame.querySelector('.ed-ban') ?? times.push(performance.now())
    new MutationObserver(look).observe(frame, { childList: true, subtree: true })
    return times
  })
  // Until it is connected again, and the server has not come to refuse anything yet.
  const typesOn = async () => {
    await page.keyboard.type(' is old')
    return page.locator('.ed').getAttribute('class')
  }
  await expect.poll(typesOn, { timeout: 20_000 }).toBe('ed')
  await page.keyboard.type(' and stands for a long time to come.')
  expect(await vanished.jsonValue()).toEqual([])
  await mend()
  wire.release()
  await page.getByRole('button', { name: /^Saved on the server at/ }).waitFor()
  await told.waitFor({ state: 'detached' })
}, 60_000)

test('publishing what is published already is refused in words, and the dialog stays', async () => {
  const { ada: page } = await adaAtOak('The oak.')
  await page.getByRole('button', { name: 'Publish' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Publish now' }).click()
  const alert = dialog.getByRole('alert')
  await alert.locator('p').waitFor()
  expect((await alert.innerText()).length).toBeGreaterThan(10)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.closest('.ProseMirror'))
})

test('someone suspended while writing reads on, and can copy their words', async () => {
  const { here, member, ada: page } = await adaAtOak('The oak.')
  const moderator = await as(here.wiki, 'moderator', { name: 'Mo' })
  await here.wiki.accounts.suspensions.suspend(moderator.person, member.person.handle, { reason: 'Spam', until: null })
  await notice(page, 'You can read this draft.').waitFor()
  expect(await text(page).getAttribute('contenteditable')).toBe('false')
  await expectAccessible(page)
})

test('in Arabic the editor is Arabic, from right to left, and fits a phone', async () => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'سلمى', { viewport: { width: 320, height: 640 }, locale: 'ar' })
  const started = await starts(member, 'شجرة', '## العنوان\n\n- أول\n- ثان', 'ar')
  await page.goto(`/wiki/${started.slug}/edit`)
  await text(page).waitFor()
  await page.getByRole('button', { name: 'نشر' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
  await expectAccessible(page)
  await expectNoOverflow(page)
})

test('publishing waits for keys that are still on a slow wire', async () => {
  const here = await town()
  const { member, page } = await atBrowser(here, 'Ada')
  const started = await starts(member, 'Oak', 'The oak.')
  await page.routeWebSocket(/\/sync\//, route => {
    const server = route.connectToServer()
    route.onMessage(message => void setTimeout(() => server.send(message), 700))
  })
  await opensEdit(page, started.slug)
  await caretBehind(page, 'The oak.')
  await page.keyboard.type(' Slow words.')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click()
  await page.waitForURL(url => url.pathname === `/wiki/${started.slug}`)
  expect(await page.locator('.prose').innerText()).toBe('The oak. Slow words.')
})
