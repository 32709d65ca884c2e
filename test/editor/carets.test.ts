import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { liveWiki, opens } from '../realtime/support.ts'
import { textsIn } from '../support/drafts.ts'
import { as } from '../support/people.ts'
import { atBrowser, opensEdit, starts, text } from '../support/town.ts'

test('a colleague’s name stands beside their caret for two seconds, harmless and unheard', async () => {
  const wiki = await liveWiki()
  const { member, page } = await atBrowser({ wiki, base: wiki.origin }, 'Ada')
  const started = await starts(member, 'Oak', 'The old oak stands.')
  await opensEdit(page, started.slug)
  const name = `"><img/src=x/onerror=alert(1)>${'\u202e'}${'long'.repeat(12)}`
  const bo = await opens(wiki, await as(wiki, 'member', { name }), started.id)
  const [line] = textsIn(fragmentOf(bo.ydoc))
  if (!line) throw new Error('no line')
  const [anchor, head] = [4, 7].map(at => Y.createRelativePositionFromTypeIndex(line, at))
  bo.provider.awareness.setLocalStateField('cursor', { anchor, head })

  const caret = text(page).locator('.remote-caret')
  await text(page).locator('.remote-caret.is-fresh').waitFor({ state: 'attached' })
  expect(await caret.getAttribute('aria-hidden')).toBe('true')
  expect(await text(page).locator('.remote-selection').innerText()).toBe('old')
  expect((await text(page).innerText()).trim()).toBe('The old oak stands.')
  expect(await text(page).ariaSnapshot()).not.toContain('long')
  const width = await caret.evaluate(mark => parseFloat(getComputedStyle(mark, '::after').width))
  expect(width).toBeLessThanOrEqual(200)
  await text(page).locator('.remote-caret:not(.is-fresh)').waitFor({ state: 'attached' })

  bo.provider.awareness.setLocalStateField('cursor', null)
  await caret.waitFor({ state: 'detached' })
  expect(page.complaints).toEqual([])
})
