import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import type { Tab } from '../support/browser.ts'
import { authorsOf, linesOn, reads } from './live.ts'
import {
  atBrowser,
  caretBehind,
  isSaved,
  opensEdit,
  passerBy,
  starts,
  text,
  town,
  typesOnATrain,
} from '../support/town.ts'
import { signsIn, signsOut } from './signing.ts'
import { slowWire } from '../support/wire.ts'

test('several tabs of one person write one text, online and after the line was gone in one of them', async () => {
  const here = await town()
  const { member, page: one } = await atBrowser(here, 'Ada')
  const two = await anotherTab(one)
  const bo = await atBrowser(here, 'Bo')
  const oak = await starts(member, 'Oak', 'One:\n\nTwo:\n\nBo:')
  const wire = await slowWire(two)
  for (const page of [one, two, bo.page]) await opensEdit(page, 'Oak')
  await caretBehind(one, 'One:')
  await caretBehind(two, 'Two:')
  await one.keyboard.type(' left')
  await two.keyboard.type(' right')
  for (const page of [one, two, bo.page]) await reads(page, 'One: left\nTwo: right\nBo:')

  await wire.cut()
  await two.keyboard.type(' alone')
  await one.bringToFront()
  await one.keyboard.type(' meanwhile')
  await isSaved(one)
  await wire.mend()
  const whole = 'One: left meanwhile\nTwo: right alone\nBo:'
  for (const page of [one, two, bo.page]) await reads(page, whole)
  await isSaved(two)
  for (const page of [one, two]) {
    await page.reload()
    await text(page).waitFor()
    await isSaved(page)
    expect(await linesOn(page)).toBe(whole)
  }
  expect(await authorsOf(one, oak)).toEqual(['Ada'])
}, 60_000)

test('two people one after the other in one browser neither see nor sign each other’s words', async () => {
  const here = await town()
  const ada = await as(here.wiki, 'member', { name: 'Ada' })
  const bo = await as(here.wiki, 'member', { name: 'Bo' })
  const oak = await starts(ada, 'Oak', 'The oak.')
  const page = await passerBy(here)
  const wire = await slowWire(page)
  await signsIn(page, ada.person.handle)
  await opensEdit(page, 'Oak')
  await caretBehind(page, 'The oak.')
  await page.keyboard.type(' Adas.')
  await isSaved(page)
  await typesOnATrain(page, wire, ' Adas secret.')
  page.once('dialog', dialog => void dialog.accept())
  await page.goto('/')
  await wire.mend()
  await signsOut(page)

  await signsIn(page, bo.person.handle)
  await opensEdit(page, 'Oak')
  expect(await linesOn(page)).toBe('The oak. Adas.')
  await caretBehind(page, 'The oak. Adas.')
  await page.keyboard.type(' Bos.')
  await isSaved(page)
  expect(await authorsOf(page, oak)).toEqual(['Ada', 'Bo'])
  await page.goto('/wiki/Oak')
  expect(await page.locator('.prose').innerText()).toBe('The oak. Adas. Bos.')
  await signsOut(page)

  await signsIn(page, ada.person.handle)
  await opensEdit(page, 'Oak')
  await text(page).getByText('Adas secret.').waitFor()
  await isSaved(page)
  expect(await authorsOf(page, oak)).toEqual(['Ada'])
}, 60_000)

async function anotherTab(page: Tab): Promise<Tab> {
  const other = await page.context().newPage()
  other.setDefaultTimeout(10_000)
  return Object.assign(other, { complaints: [] })
}
