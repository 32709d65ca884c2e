import { expect, test } from 'vitest'
import { chosenOf, creditedIn, linesOf } from '../../client/editor/dialogs/changes.ts'
import { queryAt } from '../../client/editor/suggest/plugin.ts'
import { personIn } from '../../client/editor/state/people.ts'
import type { DraftChangeJson } from '../../shared/drafts/taming.ts'
import { line, stateOf } from './support.ts'

const person = (id: string) => ({ id, handle: id, name: id })
const change = (section: string, by: string, added: number, rest: Partial<DraftChangeJson> = {}): DraftChangeJson => ({
  id: `${section}${by}${added}`,
  kind: 'words',
  section,
  people: [person(by)],
  since: 1,
  words: { added, removed: 0 },
  before: '',
  after: '',
  mine: by === 'ada',
  within: null,
  ...rest,
})

test('what would be published is told by section and people, in words', () => {
  const changes = [
    change('Leaves', 'ada', 2),
    change('Leaves', 'ada', 1),
    change('Leaves', 'bo', 4),
    change('', 'bo', 0),
  ]
  expect(linesOf(changes)).toEqual([
    { section: 'Leaves', names: ['ada'], added: 3, removed: 0 },
    { section: 'Leaves', names: ['bo'], added: 4, removed: 0 },
    { section: '', names: ['bo'], added: 0, removed: 0 },
  ])
  expect(creditedIn(changes)).toEqual(['ada', 'bo'])
  expect(chosenOf(changes, { kind: 'section', section: '' })).toHaveLength(1)
})

test('of one’s own changes those in a new block of somebody else are not published alone', () => {
  const block = change('Leaves', 'bo', 2)
  const changes = [block, change('Leaves', 'ada', 1, { within: block.id }), change('Roots', 'ada', 5)]
  expect(chosenOf(changes, { kind: 'mine' }).map(({ section }) => section)).toEqual(['Roots'])
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
