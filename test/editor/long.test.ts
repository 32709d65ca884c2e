import { expect, test } from 'vitest'
import { adaAtOak, text } from '../support/town.ts'

const paragraphs = Array.from({ length: 1_200 }, (_, at) => `Paragraph **${at}** stands in a very long page.`)
const plain = paragraphs.map(words => words.replaceAll('*', ''))

/** Ada with Edit open on a page longer than anyone reads. */
async function adaInLongPage() {
  const { ada } = await adaAtOak(paragraphs.join('\n\n'))
  const line = (at: number) => text(ada).locator('> *').nth(at)
  return {
    ada,
    /** Puts the caret behind a line, once it is to be seen. */
    async goesTo(at: number) {
      await line(at).scrollIntoViewIfNeeded()
      await expect.poll(laidOut(ada)).toContain(at)
      await line(at).click()
      await ada.keyboard.press('End')
    },
    lines: (from: number, to?: number) =>
      text(ada).evaluate((shown, ends) => [...shown.children].slice(...ends).map(child => child.textContent), [
        from,
        to,
      ] as const),
  }
}

/** Which lines are laid out, of those with a bold number. */
const laidOut = (page: Awaited<ReturnType<typeof adaAtOak>>['ada']) => () =>
  text(page).evaluate(shown =>
    [...shown.children].flatMap((child, at) =>
      child.querySelector('strong')?.checkVisibility({ contentVisibilityAuto: true }) ? [at] : [],
    ),
  )

test('letters typed at once after Enter in a very long page all arrive', async () => {
  const { ada, goesTo, lines } = await adaInLongPage()
  await goesTo(700)
  const typed = Array.from({ length: 5 }, (_, at) => `Line ${at} was typed at once.`)
  for (const words of typed) await ada.keyboard.type(`\n${words}`)
  expect(await lines(700, 707)).toEqual([plain[700], ...typed, plain[701]])
  expect(ada.complaints).toEqual([])
})

test('a line that becomes another kind in a very long page takes the letters that follow', async () => {
  const { ada, goesTo, lines } = await adaInLongPage()
  await goesTo(700)
  await ada.keyboard.type('\n## Heading\n- one\ntwo\n\nEnd')
  expect(await lines(700, 706)).toEqual([plain[700], 'Heading', 'one', 'two', 'End', plain[701]])
  const kinds = await text(ada).evaluate(shown => [...shown.children].slice(701, 705).map(child => child.tagName))
  expect(kinds).toEqual(['H2', 'UL', 'UL', 'P'])
})

test('at the ends of a very long page the first letters arrive as well', async () => {
  const { ada, lines } = await adaInLongPage()
  await ada.keyboard.press('Control+End')
  await ada.keyboard.type(' The end.\nAfter it.')
  expect(await lines(-2)).toEqual([`${plain.at(-1)} The end.`, 'After it.'])
  await expect.poll(laidOut(ada)).toContain(1_190)
  await ada.keyboard.press('Control+Home')
  await ada.keyboard.type('Start. ')
  expect(await lines(0, 1)).toEqual([`Start. ${plain[0]}`])
})

test('of a very long page only what is near the window and the caret is laid out', async () => {
  const { ada, goesTo } = await adaInLongPage()
  await goesTo(700)
  await expect.poll(async () => (await laidOut(ada)()).length).toBeLessThan(200)
  await ada.locator('.ed-main').evaluate(scroller => scroller.scrollTo({ top: 0, behavior: 'instant' }))
  await expect.poll(laidOut(ada)).toContain(0)
  expect(await laidOut(ada)()).toEqual(expect.arrayContaining([697, 700, 703]))
  expect(await laidOut(ada)()).not.toContain(600)
})
