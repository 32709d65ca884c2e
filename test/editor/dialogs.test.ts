import { expect, test } from 'vitest'
import { changesSince } from '../../client/editor/dialogs/changes.ts'
import { queryAt } from '../../client/editor/suggest/plugin.ts'
import { personIn } from '../../client/editor/state/people.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { line, stateOf } from './support.ts'

test('what would be published is told by section, in words', () => {
  const head = fromMarkdown('Above.\n\n## Leaves\n\nThe oak is old.\n\n## Roots\n\nDeep.')
  const draft = fromMarkdown(
    'Above.\n\n## Leaves\n\nThe oak is very old indeed.\n\n## Roots\n\nDeep.\n\nNew words here.',
  )
  expect(changesSince(head, draft)).toEqual([
    { section: 'Leaves', added: 2, removed: 0 },
    { section: 'Roots', added: 3, removed: 0 },
  ])
  expect(changesSince(head, head)).toEqual([])
})

test.each([
  ['/', 'block', ''],
  ['/ta', 'block', 'ta'],
  ['words /code bl', 'block', 'code bl'],
  ['see [[Oak tr', 'page', 'Oak tr'],
  ['[[', 'page', ''],
])('%j before the caret asks for a %s', (typed, kind, text) => {
  expect(queryAt(stateOf(line(`${typed}|`)))).toMatchObject({ kind, text })
})

test.each(['and/or', 'https://example.org/a', '/one two three', '[[Oak]] ', 'a / b'])(
  '%j before the caret asks for nothing',
  typed => {
    expect(queryAt(stateOf(line(`${typed}|`)))).toBeUndefined()
  },
)

test('a person in presence has a hue, never a style from the network', () => {
  const user = { name: 'Ada Lovelace', handle: 'ada', colour: 3, color: 'red;background:url(x)' }
  expect(personIn({ user })).toMatchObject({ initials: 'AL', firstName: 'Ada', hue: 3, colour: undefined })
  expect(personIn({ user: { ...user, colour: 9 } })).toMatchObject({ hue: undefined, colour: undefined })
  expect(personIn({ user: { ...user, colour: 0, color: '#aabbcc' } })?.colour).toBe('#aabbcc')
  expect(personIn({ user: { name: 7 } })).toBeUndefined()
  expect(personIn(null)).toBeUndefined()
})
