import { expect, test } from 'vitest'
import { liveWiki, opens } from '../realtime/support.ts'
import type { Tab } from '../support/browser.ts'
import { as } from '../support/people.ts'
import { atBrowser, opensEdit, starts, text } from '../support/town.ts'
import { inputMethod } from './input-method.ts'

/** Ada in her browser, with the caret behind the first line, and Bo, whose words come in at the worst moment. */
async function adaAndBo(...lines: string[]) {
  const wiki = await liveWiki()
  const { member, page } = await atBrowser({ wiki, base: wiki.origin }, 'Ada')
  const started = await starts(member, 'Oak', lines.join('\n\n'))
  const keys = await inputMethod(page)
  await page.addInitScript(deliverInTheGap)
  await opensEdit(page, started.slug)
  const bo = await opens(wiki, await as(wiki, 'member', { name: 'Bo' }), started.id)
  await text(page)
    .getByText(lines[0] ?? '')
    .click()
  await page.keyboard.press('End')
  return {
    page,
    keys,
    shows: async () => (await text(page).locator('p').allInnerTexts()).map(line => line.trim()),
    /** Bo types these words behind others; Ada's browser draws them when it has moved her caret and not yet told so. */
    async boTypes(behind: string, words: string) {
      await page.evaluate(() => (globalThis as unknown as Gap).holdForTheGap())
      bo.types(behind, words)
      await page.waitForFunction(() => (globalThis as unknown as Gap).heldForTheGap() > 0)
    },
  }
}

const isDelivered = (page: Tab) => page.waitForFunction(() => (globalThis as unknown as Gap).heldForTheGap() === 0)

const stories = {
  'into the same line': {
    lines: ['The old oak stands'],
    behind: 'The',
    words: ' very',
    typed: 'here ',
    shown: ['The very old oak here stands'],
  },
  'into another line': {
    lines: ['The old oak stands', 'Another line'],
    behind: 'Another',
    words: ' longer',
    typed: 'here ',
    shown: ['The old oak here stands', 'Another longer line'],
  },
  'into a line that is written from right to left': {
    lines: ['تقف شجرة البلوط هنا'],
    behind: 'تقف',
    words: ' اليوم',
    typed: 'الآن ',
    shown: ['تقف اليوم شجرة البلوط الآن هنا'],
  },
}

test.each(Object.entries(stories))(
  'one’s own caret stays where it went while a colleague’s words come %s',
  async (_, { lines, behind, words, typed, shown }) => {
    const { page, shows, boTypes } = await adaAndBo(...lines)
    await boTypes(behind, words)
    await page.evaluate(() => getSelection()?.modify('move', 'backward', 'word'))
    await isDelivered(page)
    await page.keyboard.type(typed)
    await expect.poll(shows).toEqual(shown)
    expect(page.complaints).toEqual([])
  },
)

test('a word is composed on where its writer moved the caret while a colleague’s words come in', async () => {
  const { page, keys, shows, boTypes } = await adaAndBo('The old oak stands', 'Another line')
  await keys.composes('にほん')
  await boTypes('Another', ' longer')
  await keys.composes('にほん', 1)
  await isDelivered(page)
  expect(await keys.story()).toEqual({ begun: 1, ended: 0, isSameText: true })
  expect(await page.evaluate(() => getSelection()?.focusOffset)).toBe('The old oak stands'.length + 1)
  await keys.commits('日本')
  await expect.poll(shows).toEqual(['The old oak stands日本', 'Another longer line'])
})

test('Enter divides a line where the caret is, however quickly it comes after the key that moved it', async () => {
  const { page, shows } = await adaAndBo('The old oak stands')
  await page.evaluate(() => {
    getSelection()?.modify('move', 'backward', 'word')
    const key = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key))
  })
  expect(await shows()).toEqual(['The old oak', 'stands'])
})

interface Gap {
  holdForTheGap(): void
  heldForTheGap(): number
}

/** Holds up what comes in until the caret has moved, and lets it in before the editor is told of that. */
function deliverInTheGap() {
  const held: (() => void)[] = []
  let isHolding = false
  class Held extends WebSocket {
    override set onmessage(hear: ((event: MessageEvent) => void) | null) {
      super.onmessage = (event: MessageEvent<ArrayBuffer>) => {
        const [kind, step] = new Uint8Array(event.data)
        const deliver = () => hear?.call(this, event)
        if (isHolding && kind === 0 && step === 2) held.push(deliver)
        else deliver()
      }
    }
  }
  globalThis.WebSocket = Held
  // The editor listens at the document, so this comes first.
  const deliver = ({ isTrusted }: Event) => {
    if (!isTrusted || held.length === 0) return
    isHolding = false
    for (const one of held.splice(0)) one()
  }
  addEventListener('selectionchange', deliver, true)
  Object.assign(globalThis, { holdForTheGap: () => (isHolding = true), heldForTheGap: () => held.length })
}
