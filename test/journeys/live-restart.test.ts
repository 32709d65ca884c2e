import { expect, test } from 'vitest'
import { bothEdit, reads, servedOak } from './live.ts'
import { counts, reached, seenBy, watches } from './timeline.ts'
import { isSaved, signedIn, text } from '../support/town.ts'

test('a deploy and a crash under two people who type lose no word, and nobody is told anything untrue', async () => {
  const here = await servedOak('Ada:\n\nBo:')
  const ada = await signedIn(here, here.ada)
  const bo = await bothEdit(here, ada)
  for (const page of [ada, bo]) await watches(page)
  const [adas, bos] = [counts(ada, 'a'), counts(bo, 'b')]

  const ended: { at: number; text: string }[] = []
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await text(bo)
      .getByText(`a${adas.last + 4} `)
      .waitFor()
    await here.stop(signal)
    ended.push({ at: Date.now(), text: await here.logged(here.page.id) })
    for (const page of [ada, bo]) await page.locator('.save-off').waitFor()
    await here.start()
    for (const page of [ada, bo]) await isSaved(page)
  }
  const whole = `Ada:${await adas.end()}\nBo:${await bos.end()}`
  for (const page of [ada, bo]) {
    await isSaved(page)
    await reads(page, whole)
  }
  expect(await here.logged(here.page.id)).toBe(whole)

  const rows = await here.history(here.page.id)
  for (const [page, name] of [
    [ada, 'a'],
    [bo, 'b'],
  ] as const) {
    const seen = await seenBy(page)
    const claims = seen.filter(({ line }) => line.startsWith('Saved'))
    expect(claims.length).toBeGreaterThan(5)
    // What the line called saved was in the log by then …
    for (const { at, line, text } of claims) {
      const held = reached(rows.findLast(row => row.at <= at)?.text ?? '', name)
      expect(held, `${line}: ${text}`).toBeGreaterThanOrEqual(reached(text, name))
    }
    // … and had not been lost when the process ended.
    for (const { at, text } of ended) {
      const claimed = reached(claims.findLast(claim => claim.at <= at)?.text ?? '', name)
      expect(claimed).toBeGreaterThan(0)
      expect(reached(text, name)).toBeGreaterThanOrEqual(claimed)
    }
    expect(seen.some(({ line }) => /^\d+ changes? only on this device$/.test(line))).toBe(true)
    expect(page.complaints.filter(words => !/WebSocket|ERR_CONNECTION/.test(words))).toEqual([])
  }
}, 120_000)
