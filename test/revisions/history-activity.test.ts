import fc from 'fast-check'
import { expect, test } from 'vitest'
import { activityOf } from '../../server/revisions/activity.ts'
import type { Ledger, Line } from '../../server/revisions/ledger.ts'

/** The past of a page whose revisions were published at these times, in this order. */
const pastOf = (times: readonly number[]): Ledger => ({
  lines: times.map((at, index): Line => ({ number: index + 1, at, tags: 0, people: [], sections: [] })),
  people: new Map(),
  sections: new Map(),
  tags: new Map(),
  since: times.length === 0 ? null : Math.min(...times),
  changedAt: Math.max(0, ...times),
})
const activity = (times: readonly number[]) => activityOf(pastOf(times), pastOf(times).lines)

test('weeks begin on Monday, months and quarters on their first', () => {
  const start = (times: number[]) => new Date(activity(times).spans[0]?.from ?? NaN).toISOString()
  const at = Date.UTC(2026, 4, 20, 12)
  const years = (count: number) => [at, at + count * 365.25 * 86_400_000]
  expect([activity(years(1)).unit, start(years(1))]).toEqual(['week', '2026-05-18T00:00:00.000Z'])
  expect([activity(years(5)).unit, start(years(5))]).toEqual(['month', '2026-05-01T00:00:00.000Z'])
  expect([activity(years(15)).unit, start(years(15))]).toEqual(['quarter', '2026-04-01T00:00:00.000Z'])
  expect([activity(years(40)).unit, start(years(40))]).toEqual(['year', '2026-01-01T00:00:00.000Z'])
})

test('every revision is counted once, in spans without gaps and never too many of them, in any order of time', () => {
  const time = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2090, 0, 1) })
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 60 }), times => {
      const { spans } = activity(times)
      expect(spans.length).toBeLessThan(205)
      expect(spans.reduce((sum, { revisions }) => sum + revisions, 0)).toBe(times.length)
      spans.forEach(({ from, until, revisions }, index) => {
        expect(until).toBe(spans[index + 1]?.from ?? until)
        expect(revisions).toBe(times.filter(at => at >= from && at < until).length)
      })
    }),
  )
})

test('a history that claims to be older than it can be shown is shown without its beginning', () => {
  const { spans } = activity([Date.UTC(-5000, 0, 1), Date.UTC(2026, 0, 1), Date.UTC(2025, 0, 1)])
  expect(spans.length).toBeLessThan(205)
  expect(spans.reduce((sum, { revisions }) => sum + revisions, 0)).toBe(2)
})

test('a page without revisions has no activity', () => {
  expect(activity([]).spans).toEqual([])
})
