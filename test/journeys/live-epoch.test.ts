import { expect, test } from 'vitest'
import { dataFolder, wiki } from '../support/process.ts'
import { authorsOf, bothEdit, linesOn, reads, servedOak } from './live.ts'
import { profile } from './profile.ts'
import { caretBehind, isKept, isSaved, opensEdit, signedIn, text, typesOnATrain } from '../support/town.ts'
import { slowWire } from '../support/wire.ts'

test('when a backup is brought back, what open editors and offline ones still hold is merged again', async () => {
  const here = await servedOak('Ada:\n\nBo:')
  const adas = await profile(here.base, {}, here.ada)
  let ada = await adas.open()
  const bo = await bothEdit(here, ada)
  for (const page of [ada, bo]) {
    await page.keyboard.type(' before')
    await isSaved(page)
  }
  const file = dataFolder('wiki.backup')
  expect(await wiki(here.folder, ['backup', file])).toMatchObject({ code: 0 })

  await ada.keyboard.type(', after')
  await bo.keyboard.type(', after')
  await isSaved(ada)
  await isSaved(bo)
  await adas.line(false)
  await ada.keyboard.type(', on a train')
  await isKept(ada)
  await adas.restart()

  await here.stop('SIGTERM')
  await bo.locator('.save-off').waitFor()
  await bo.keyboard.type(', alone')
  expect(await wiki(here.folder, ['restore', file, '--force'])).toMatchObject({ code: 0 })
  expect(await here.logged(here.page.id)).toBe('Ada: before\nBo: before')
  await here.start()
  await isSaved(bo)
  await text(bo).getByText('Bo: before, after, alone').waitFor()

  ada = await adas.open()
  await opensEdit(ada, 'Oak')
  const whole = 'Ada: before, after, on a train\nBo: before, after, alone'
  await reads(ada, whole)
  await reads(bo, whole)
  await caretBehind(bo, 'Bo: before, after, alone')
  await bo.keyboard.type('!')
  await reads(ada, `${whole}!`)
  expect(await here.logged(here.page.id)).toBe(`${whole}!`)
  expect(await bo.locator('.ed-rescued').count()).toBe(0)
  expect(await ada.locator('.ed-rescued').count()).toBe(0)
  expect(await authorsOf(bo, here.page)).toEqual(['Ada', 'Bo'])
}, 120_000)

test('a draft that is written anew while nobody is there takes in who was offline meanwhile', async () => {
  const here = await servedOak('Ada:\n\nBo:', { LIVE_SQUASH_CLIENTS: '3', LIVE_UNLOAD_SECONDS: '1' })
  const ada = await signedIn(here, here.ada)
  const wire = await slowWire(ada)
  await opensEdit(ada, 'Oak')
  await caretBehind(ada, 'Ada:')
  await ada.keyboard.type(' before')
  await isSaved(ada)
  await typesOnATrain(ada, wire, ', on a train')

  // Every visit that writes leaves a mark in the draft; when there are too many it is written anew.
  let line = 'Bo:'
  for (const word of ['one', 'two', 'three']) {
    const bo = await signedIn(here, here.bo)
    await opensEdit(bo, 'Oak')
    await caretBehind(bo, line)
    await bo.keyboard.type(` ${word}`)
    await isSaved(bo)
    line = `${line} ${word}`
    await bo.close()
  }
  await expect.poll(() => here.epoch(here.page.id)).toBe(2)

  await wire.mend()
  const whole = 'Ada: before, on a train\nBo: one two three'
  await reads(ada, whole)
  await isSaved(ada)
  expect(await here.logged(here.page.id)).toBe(whole)
  const bo = await signedIn(here, here.bo)
  await opensEdit(bo, 'Oak')
  await caretBehind(bo, 'Bo: one two three')
  await bo.keyboard.type(' four')
  await reads(ada, `${whole} four`)
  await caretBehind(ada, 'Ada: before, on a train')
  await ada.keyboard.type(', home')
  await reads(bo, 'Ada: before, on a train, home\nBo: one two three four')
  expect(await linesOn(ada)).toBe(await linesOn(bo))
  expect(await authorsOf(bo, here.page)).toEqual(['Ada', 'Bo'])
}, 120_000)
