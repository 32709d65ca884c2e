import { type Command, TextSelection } from 'prosemirror-state'
import { joinTextblockBackward } from 'prosemirror-commands'
import type { Node } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import { insertBreak, splitLine } from '../../client/editor/commands/enter.ts'
import { toCallout, toDetails, unwrap } from '../../client/editor/commands/wrap.ts'
import { move } from '../../client/editor/state/move.ts'
import { ownersOf } from '../../shared/document/owners.ts'
import { kinds } from '../../shared/realtime/messages.ts'
import { editorOn } from '../editor/live.ts'
import { as, type Member } from '../support/people.ts'
import { type Editor, type LiveWiki, liveWiki, opens, rescuedFor, until } from './support.ts'

/** Two people with the same page open, who both see it as these lines. */
async function twoPeople(...lines: string[]) {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const page = await wiki.page(...lines)
  return { wiki, page, ada: await person(wiki, ada, page), bo: await person(wiki, bo, page) }
}

async function person(wiki: LiveWiki, member: Member, page: string) {
  const live = await opens(wiki, member, page)
  const editor = editorOn(live.ydoc)
  const placeOf = (words: string) => {
    let found = -1
    editor.state.doc.descendants((node, pos) => {
      const at = node.isTextblock ? node.textContent.indexOf(words) : -1
      if (at >= 0 && found < 0) found = pos + 1 + at
    })
    if (found < 0) throw new Error(`nothing says ${words}`)
    return found
  }
  return {
    member,
    live,
    editor,
    types: (words: string, behind: string) => editor.types(words, placeOf(behind) + behind.length),
    typesAtStart: (words: string, line: string) => editor.types(words, placeOf(line)),
    removes(words: string) {
      const at = placeOf(words)
      editor.view.dispatch(editor.state.tr.delete(at, at + words.length))
    },
    /** Does something with the caret behind these words, or before them. */
    does(command: Command, words: string, side: 'behind' | 'before' = 'behind') {
      const at = placeOf(words) + (side === 'behind' ? words.length : 0)
      editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, at)))
      expect(command(editor.state, editor.view.dispatch)).toBe(true)
    },
  }
}
type Person = Awaited<ReturnType<typeof person>>

/** Holds back what the server says, as a slow line does, until it is let in. */
function holdsBack({ provider }: Editor) {
  const own = provider.messageHandlers[kinds.sync]
  provider.messageHandlers[kinds.sync] = () => {}
  return () => {
    if (own) provider.messageHandlers[kinds.sync] = own
    provider.disconnect()
    provider.connect()
  }
}

/** One of them does something and another types, neither having heard of the other; whoever is first comes in first. */
async function atOnce(first: { by: Person; what: () => void }, second: { by: Person; what: () => void }) {
  const release = holdsBack(second.by.live)
  first.what()
  await first.by.live.saved()
  second.what()
  await second.by.live.saved()
  release()
}

const linesIn = (document: Node) => {
  const lines: string[] = []
  document.descendants(node => {
    if (node.isTextblock) lines.push(node.textContent)
    return !node.isTextblock
  })
  return lines
}

/** Everyone sees these lines, and so does the log. */
async function agree(wiki: LiveWiki, page: string, people: Person[], expected: string[]) {
  for (const { editor } of people) await expect.poll(() => linesIn(editor.state.doc)).toEqual(expected)
  expect(linesIn((await wiki.drafts.load(wiki.db.read, page)).document())).toEqual(expected)
  for (const one of people) expect(await rescuedFor(one.member, page)).toEqual([])
}

interface Act {
  what: string
  /** What makes the page ready for it. */
  before?: (bo: Person) => void
  act: (bo: Person) => void
  /** The lines of the page then, by what the line about the birch says. */
  lines: (birch: string) => string[]
}
const wraps = (by: Person) => by.does(toCallout('note'), 'A birch')
const apart = (birch: string) => ['The old oak', birch, 'An elm']
const acts: Act[] = [
  { what: 'is put into a callout', act: wraps, lines: apart },
  { what: 'is made into details', act: bo => bo.does(toDetails, 'A birch'), lines: apart },
  { what: 'is taken out of a callout', before: wraps, act: bo => bo.does(unwrap, 'A birch'), lines: apart },
  {
    what: 'is joined to the one before',
    act: bo => bo.does(joinTextblockBackward, 'A birch', 'before'),
    lines: birch => [`The old oak${birch}`, 'An elm'],
  },
  {
    what: 'is moved up',
    act: bo => bo.does(move(bo.editor.fragment, -1), 'A birch'),
    lines: birch => [birch, 'The old oak', 'An elm'],
  },
  {
    what: 'is moved down',
    act: bo => bo.does(move(bo.editor.fragment, 1), 'A birch'),
    lines: birch => ['The old oak', 'An elm', birch],
  },
]
const typings: [string, (ada: Person) => void, string][] = [
  [
    'in its middle',
    ada => [...' tree'].reduce((behind, letter) => (ada.types(letter, behind), behind + letter), 'A birch'),
    'A birch tree is white',
  ],
  ['at its end', ada => ada.types(' and slender', 'is white'), 'A birch is white and slender'],
  ['at its start', ada => ada.typesAtStart('Look: ', 'A birch'), 'Look: A birch is white'],
  [
    'instead of a word of it',
    ada => {
      ada.removes('white')
      ada.types('silver', 'birch is ')
    },
    'A birch is silver',
  ],
]

describe.each(acts)('while a line $what', ({ before, act, lines }) => {
  test.each(typings)('what a colleague types %s goes along', async (_name, types, birch) => {
    for (const isTypistFirst of [false, true]) {
      const { wiki, page, ada, bo } = await twoPeople('The old oak', 'A birch is white', 'An elm')
      before?.(bo)
      await bo.live.saved()
      await until(ada.live.ydoc, () => ada.editor.state.doc.eq(bo.editor.state.doc))
      const acting = { by: bo, what: () => act(bo) }
      const typing = { by: ada, what: () => types(ada) }
      await (isTypistFirst ? atOnce(typing, acting) : atOnce(acting, typing))
      await agree(wiki, page, [ada, bo], lines(birch))
    }
  })
})

const enters = (person: Person) => person.does(splitLine, 'A birch')
const halves: [string, (ada: Person) => void, string[]][] = [
  ['in the first half', ada => ada.types(' tall', 'A'), ['A tall birch', ' is white']],
  ['in the second half', ada => ada.types(' very', 'is'), ['A birch', ' is very white']],
  ['at its end', ada => ada.types(' today', 'white'), ['A birch', ' is white today']],
  ['at its start', ada => ada.typesAtStart('Look: ', 'A birch'), ['Look: A birch', ' is white']],
  ['instead of the last word', ada => ada.removes('white'), ['A birch', ' is ']],
]

test.each(halves)('Enter in the middle of a line takes along what a colleague types %s', async (_name, types, then) => {
  for (const isTypistFirst of [false, true]) {
    const { wiki, page, ada, bo } = await twoPeople('The old oak', 'A birch is white', 'An elm')
    const acting = { by: bo, what: () => enters(bo) }
    const typing = { by: ada, what: () => types(ada) }
    await (isTypistFirst ? atOnce(typing, acting) : atOnce(acting, typing))
    await agree(wiki, page, [ada, bo], ['The old oak', ...then, 'An elm'])
  }
})

test('a formula put into a line leaves a colleague’s words where they are typed', async () => {
  const { wiki, page, ada, bo } = await twoPeople('A birch is white')
  const acting = { by: bo, what: () => bo.does(insertBreak, 'A birch') }
  await atOnce(acting, { by: ada, what: () => ada.types(' very', 'is') })
  await agree(wiki, page, [ada, bo], ['A birch is very white'])
})

test('two who press Enter at one place double no word', async () => {
  const { wiki, page, ada, bo } = await twoPeople('A birch is white')
  await atOnce({ by: ada, what: () => enters(ada) }, { by: bo, what: () => enters(bo) })
  await expect.poll(() => linesIn(ada.editor.state.doc).toSorted()).toEqual(['', ' is white', 'A birch'])
  await agree(wiki, page, [ada, bo], linesIn(ada.editor.state.doc))
})

test('who has heard of Enter writes where they write', async () => {
  const { wiki, page, ada, bo } = await twoPeople('A birch is white')
  enters(bo)
  await until(ada.live.ydoc, () => ada.editor.state.doc.childCount === 2)
  bo.types(' grows', 'A birch')
  await agree(wiki, page, [ada, bo], ['A birch grows', ' is white'])
})

test('what was carried along belongs to whoever typed it', async () => {
  const { wiki, page, ada, bo } = await twoPeople('A birch is white')
  await atOnce({ by: bo, what: () => wraps(bo) }, { by: ada, what: () => ada.types(' very', 'is') })
  await agree(wiki, page, [ada, bo], ['A birch is very white'])
  const draft = await wiki.drafts.load(wiki.db.read, page)
  const words = ownersOf(draft.fragment, draft.ownerOf).filter(({ person }) => person === ada.member.person.id)
  expect(words.reduce((sum, { size }) => sum + size, 0)).toBe(' very'.length)
})

test('who goes on typing before hearing of the move finds the words in their order', async () => {
  for (let round = 0; round < 4; round++) {
    const { wiki, page, ada, bo } = await twoPeople('A birch is white')
    const release = holdsBack(ada.live)
    wraps(bo)
    await bo.live.saved()
    for (const [index, letter] of [...' and slender'].entries()) {
      ada.types(letter, 'A birch is white' + ' and slender'.slice(0, index))
      if (index % 4 === 3) await ada.live.saved()
    }
    await ada.live.saved()
    release()
    await agree(wiki, page, [ada, bo], ['A birch is white and slender'])
  }
})

test('words for a line that is removed for good are kept for their author, as before', async () => {
  const { wiki, page, ada, bo } = await twoPeople('The old oak', 'A birch is white')
  const at = bo.editor.state.doc.child(0).nodeSize
  const acting = {
    by: bo,
    what: () => bo.editor.view.dispatch(bo.editor.state.tr.delete(at, bo.editor.state.doc.content.size)),
  }
  await atOnce(acting, { by: ada, what: () => ada.types(' very', 'is') })
  expect(await rescuedFor(ada.member, page)).toMatchObject([{ text: 'very ' }])
  expect(linesIn((await wiki.drafts.load(wiki.db.read, page)).document())).toEqual(['The old oak'])
})
