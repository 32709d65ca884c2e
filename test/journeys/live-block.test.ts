import { expect, test } from 'vitest'
import { expectAccessible, expectNoOverflow, type Tab } from '../support/browser.ts'
import { linesOn, reads } from './live.ts'
import { counts } from './timeline.ts'
import { adaAndBo, atBrowser, caretBehind, copies, isSaved, notice, phone, text } from '../support/town.ts'

const copyable = { permissions: ['clipboard-read', 'clipboard-write'] }

async function suspends(moderator: Tab, handle: string) {
  await moderator.goto(`/people/${handle}`)
  await moderator.getByLabel('Reason').fill('Cool down')
  await moderator.getByLabel('Days').fill('3')
  await moderator.getByRole('button', { name: 'Suspend the account' }).click()
  await moderator.getByText(/This account is suspended until/).waitFor()
}

test('somebody suspended while typing reads on within a second and loses nothing', async () => {
  const { here, member, ada, bo } = await adaAndBo('Ada:\n\nBo:', { ...phone, ...copyable })
  const mo = await atBrowser(here, 'Mo', { role: 'moderator' })
  await caretBehind(bo, 'Bo:')
  await caretBehind(ada, 'Ada:')
  const adas = counts(ada, 'a')
  await text(bo).getByText('a3').waitFor()

  const readOnly = readOnlyAt(ada)
  await suspends(mo.page, member.person.handle)
  const suspended = await here.wiki.accounts.suspensions.history(member.person.id)
  expect((await readOnly) - (suspended[0]?.at ?? 0)).toBeLessThan(1000)
  await adas.end()
  await notice(ada, /Your account is suspended.* “.?Cool down.?”\. .* until \d+ \w+ 20\d\d/).waitFor()

  await expectAccessible(ada)
  await expectNoOverflow(ada)
  await bo.keyboard.type(' goes on.')
  await isSaved(bo)
  await text(ada).getByText('Bo: goes on.').waitFor()
  expect(await copies(ada, 'Copy your text')).toContain('Ada: a1 a2')

  await mo.page.getByRole('button', { name: 'Lift the suspension' }).click()
  await expect.poll(() => text(ada).getAttribute('contenteditable')).toBe('true')
  await reads(bo, await linesOn(ada))
  await text(ada).getByText('Ada: a1').click()
  await ada.keyboard.press('End')
  await ada.keyboard.type(' again')
  await text(bo)
    .getByText(/^Ada: a1 a2 a3.* again$/)
    .waitFor()
}, 60_000)

/** The moment from which the text on this screen takes no more letters. */
const readOnlyAt = (page: Tab) =>
  page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const look = () => {
          if (document.querySelector('.ProseMirror')?.getAttribute('contenteditable') === 'false') resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
  )

test('words that were on their way when somebody was suspended can be copied, and count once they may write again', async () => {
  const { here, member, ada, bo, wire } = await adaAndBo('Ada:\n\nBo:', copyable)
  const mo = await atBrowser(here, 'Mo', { role: 'moderator' })
  await caretBehind(ada, 'Ada:')
  await ada.keyboard.type(' in time')
  await isSaved(ada)
  wire.hold()
  await ada.keyboard.type(' and too late')
  await suspends(mo.page, member.person.handle)
  await notice(ada, 'You can read this draft.').waitFor()
  wire.release()
  expect(await linesOn(bo)).toBe('Ada: in time\nBo:')
  expect(await copies(ada, 'Copy what was not accepted')).toBe('and too late')

  await mo.page.getByRole('button', { name: 'Lift the suspension' }).click()
  await expect.poll(() => text(ada).getAttribute('contenteditable')).toBe('true')
  await reads(bo, 'Ada: in time and too late\nBo:')
}, 60_000)
