import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { apply, diff } from '../../../shared/document/diff.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { told as compared } from '../../../shared/document/hunks.ts'
import { told } from './told.ts'

/**
 * Real edits, and edits of real texts in other scripts, each looked at by a person who said what the change is. A file
 * holds the source and its licence, the text before and after as Markdown, and the change as it is to be told.
 */
const cases = readdirSync(import.meta.dirname)
  .filter(name => name.endsWith('.md'))
  .map(name => {
    const [, before = '', after = '', expected = ''] = readFileSync(join(import.meta.dirname, name), 'utf8').split(
      /\n=== (?:before|after|told)\n\n/,
    )
    const title = name.replace('.md', '').replaceAll('-', ' ')
    return { title, before: fromMarkdown(before), after: fromMarkdown(after), expected: expected.trim().split('\n') }
  })

describe('a reader is told of', () => {
  test.each(cases)('$title', ({ before, after, expected }) => {
    expect(told(compared(before, after).blocks)).toEqual(expected)
    expect(apply(diff(before, after), before).eq(after)).toBe(true)
  })
})

test('there are enough edits to tell a good difference from a bad one', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60)
})
