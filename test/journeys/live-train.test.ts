import { expect, test } from 'vitest'
import { authorsOf, reads, servedOak } from './live.ts'
import { profile } from './profile.ts'
import { caretBehind, isKept, isSaved, opensEdit, phone } from '../support/town.ts'

test('words written on a train are merged on return, also when the browser was closed', async () => {
  const here = await servedOak('The oak is a tree.\n\nIt grows slowly.')
  const adas = await profile(here.base, phone, here.ada)
  const bos = await profile(here.base, {}, here.bo)
  let ada = await adas.open()
  const bo = await bos.open()
  await opensEdit(ada, 'Oak')
  await opensEdit(bo, 'Oak')
  await caretBehind(ada, 'The oak is a tree.')
  await ada.keyboard.type(' An old one.')
  await isSaved(ada)

  // The line goes, and while it is away the server goes as well.
  await adas.line(false)
  await ada.getByRole('button', { name: 'Not connected' }).waitFor()
  await ada.keyboard.type('!?')
  await ada.getByRole('button', { name: '1 change only on this device' }).waitFor()
  await ada.getByText('You are offline. Keep writing.').waitFor()
  await ada.keyboard.press('Enter')
  await ada.keyboard.insertText('شجرة البلوط قديمة')
  await ada.keyboard.press('Enter')
  await ada.keyboard.insertText('橡树很老 🌳👩‍🌾')
  await isKept(ada)
  expect(await here.logged(here.page.id)).toBe('The oak is a tree. An old one.\nIt grows slowly.')

  const asked = new Promise<string>(resolve => {
    ada.once('dialog', dialog => {
      resolve(dialog.type())
      void dialog.dismiss()
    })
  })
  await ada.close({ runBeforeUnload: true })
  expect(await asked).toBe('beforeunload')
  await here.stop('SIGKILL')
  await adas.restart()
  ada = await adas.open()
  await expect(ada.goto('/wiki/Oak/edit')).rejects.toThrow('ERR_CONNECTION_REFUSED')

  await here.start()
  await caretBehind(bo, 'It grows slowly.')
  await bo.keyboard.type(' Very slowly.')
  await isSaved(bo)
  await opensEdit(ada, 'Oak')
  const whole = 'The oak is a tree. An old one.!?\nشجرة البلوط قديمة\n橡树很老 🌳👩‍🌾\nIt grows slowly. Very slowly.'
  await reads(ada, whole)
  await reads(bo, whole)
  await ada.getByRole('button', { name: /^Saved on the server/ }).waitFor()
  expect(await here.logged(here.page.id)).toBe(whole)
  expect(await authorsOf(bo, here.page)).toEqual(['Ada', 'Bo'])
}, 90_000)
