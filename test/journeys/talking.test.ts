import { expect, test } from 'vitest'
import type { Tab } from '../support/browser.ts'
import { atBrowser, passerBy, starts, town } from '../support/town.ts'

async function startsTopic(page: Tab, title: string, words: string) {
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('What do you want to say?').fill(words)
  await page.getByRole('button', { name: 'Start a topic' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

test.each([
  ['about a page', '/wiki/Oak/discuss'],
  ['on a board', '/forum/general'],
])('a topic %s is seen to grow by everybody who has it open', async (_where, address) => {
  const here = await town()
  await here.wiki.discussions.openBoard('general', 'General', 'Talk that belongs to no page')
  const ada = await atBrowser(here, 'Ada')
  const bo = await atBrowser(here, 'Bo')
  await starts(ada.member, 'Oak', 'The oak.')

  await ada.page.goto(address)
  await startsTopic(ada.page, 'How old is it?', 'It looks **old**.')
  const listening = bo.page.waitForResponse(response => response.url().includes('/posts'))
  await bo.page.goto(ada.page.url())
  await listening

  await bo.page.getByLabel('Your reply').fill('A hundred years.')
  await bo.page.getByRole('button', { name: 'Post reply' }).click()
  const reply = ada.page.getByRole('article', { name: /Bo/ })
  await reply.getByText('A hundred years.').waitFor()

  await reply.getByRole('link', { name: 'Reply' }).click()
  await ada.page.getByText('Answering Bo').waitFor()
  await ada.page.keyboard.type('Who counted?')
  await ada.page.keyboard.press('Control+Enter')
  await bo.page.locator('.kids').getByText('Who counted?').waitFor()
  await ada.page.locator('.kids').getByText('Who counted?').waitFor()

  const reader = await passerBy(here, { javaScriptEnabled: false })
  await reader.goto(ada.page.url())
  expect(await reader.locator('.post .body').allInnerTexts()).toEqual([
    'It looks old.',
    'A hundred years.',
    'Who counted?',
  ])
  expect(await reader.locator('.kids').getByText('Who counted?').count()).toBe(1)
  expect([...ada.page.complaints, ...bo.page.complaints]).toEqual([])
})
