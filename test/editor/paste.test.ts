import { expect, test } from 'vitest'
import { pasted, sliceOf } from '../../client/editor/clipboard.ts'
import { looksLikeMarkdown } from '../../client/editor/paste/looks.ts'
import { fromHtml } from '../../shared/document/from-html.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { line, shown, stateOf } from './support.ts'

test.each([
  '# Oak\n\nA tree.',
  '- one\n- two',
  '1. one\n2. two',
  'See [oak](https://example.org/).',
  '| a | b |\n|---|---|\n| c | d |',
  '```\ncode\n```',
  '- [ ] a task',
  '> quoted\n\n**strong** words',
])('%j is read as Markdown', text => {
  expect(looksLikeMarkdown(text)).toBe(true)
})

test.each(['The oak is a tree.', '- a remark', 'a * b * c', 'snake_case and 2 > 1', 'https://example.org/'])(
  '%j stays as it is',
  text => {
    expect(looksLikeMarkdown(text)).toBe(false)
  },
)

test('words that are pasted flow into the line', () => {
  const state = stateOf(line('The | tree.'))
  const result = state.apply(pasted(state, sliceOf(fromHtml('<p>very <b>old</b></p>'))))
  expect(shown(result)).toEqual(['paragraph The very old| tree.'])
})

test('a heading and items that are pasted stay what they are', () => {
  const state = stateOf(line('|'), line('after'))
  const result = state.apply(pasted(state, sliceOf(fromMarkdown('## Oak\n\n- one\n  - two\n'))))
  expect(shown(result)).toEqual(['heading2 Oak', 'bullet one', 'bullet:1 two|', 'paragraph after'])
})

test('paragraphs that are pasted into one divide it', () => {
  const state = stateOf(line('be|fore'))
  const result = state.apply(pasted(state, sliceOf(fromHtml('<p>one</p><p>two</p>'))))
  expect(shown(result)).toEqual(['paragraph beone', 'paragraph two|fore'])
})
