import { expect, test } from 'vitest'
import { plainer } from '../../client/editor/commands/backspace.ts'
import { indent, outdent, toggleQuote } from '../../client/editor/commands/depth.ts'
import { leaveCode, leaveInset, splitLine } from '../../client/editor/commands/enter.ts'
import { insertFootnote, insertRule, insertTable, toVerbatim } from '../../client/editor/commands/insert.ts'
import { setStart, toggleChecked, toggleKind } from '../../client/editor/commands/kind.ts'
import { removeLink, setLink } from '../../client/editor/commands/marks.ts'
import { toCallout, toDetails, unwrap } from '../../client/editor/commands/wrap.ts'
import { schema } from '../../shared/document/schema.ts'
import { after, line, shown, stateOf } from './support.ts'

test('a line becomes a heading and a paragraph again', () => {
  const state = after(stateOf(line('The fi|rst year')), toggleKind('heading', 2))
  expect(shown(state)).toEqual(['heading2 The fi|rst year'])
  expect(shown(after(state, toggleKind('heading', 3)))).toEqual(['heading3 The fi|rst year'])
  expect(shown(after(state, toggleKind('heading', 2)))).toEqual(['paragraph The fi|rst year'])
})

test('all selected lines become items', () => {
  const state = stateOf(line('o|ne'), line('two', { kind: 'heading' }), line('th|ree'))
  expect(shown(after(state, toggleKind('bullet')))).toEqual(['bullet o|ne', 'bullet two', 'bullet th|ree'])
})

test('an item goes one step deeper than the item above and no further', () => {
  const state = stateOf(line('one', { kind: 'bullet' }), line('tw|o', { kind: 'bullet' }))
  const once = after(state, indent)
  expect(shown(once)).toEqual(['bullet one', 'bullet:1 tw|o'])
  expect(indent(once)).toBe(false)
  expect(shown(after(once, outdent))).toEqual(['bullet one', 'bullet tw|o'])
})

test('the first line cannot be indented', () => {
  expect(indent(stateOf(line('one|')))).toBe(false)
})

test('Enter goes on with an item that is not ticked and does not restart the count', () => {
  expect(shown(after(stateOf(line('a|b', { kind: 'task', checked: true })), splitLine))).toEqual(['taskx a', 'task |b'])
  expect(shown(after(stateOf(line('ab|', { kind: 'ordered', start: 7 })), splitLine))).toEqual([
    'ordered=7 ab',
    'ordered |',
  ])
})

test('Enter after a heading goes on with a paragraph, before it with an empty one above', () => {
  expect(shown(after(stateOf(line('Title|', { kind: 'heading' })), splitLine))).toEqual([
    'heading2 Title',
    'paragraph |',
  ])
  expect(shown(after(stateOf(line('|Title', { kind: 'heading' })), splitLine))).toEqual([
    'paragraph',
    'heading2 |Title',
  ])
})

test('Enter on an empty item leaves the list step by step', () => {
  const state = stateOf(line('one', { kind: 'bullet' }), line('|', { kind: 'bullet', indent: 1, quote: 1 }))
  const first = after(state, splitLine)
  expect(shown(first)).toEqual(['bullet one', 'bullet> |'])
  const second = after(first, splitLine)
  expect(shown(second)).toEqual(['bullet one', 'paragraph> |'])
  expect(shown(after(second, splitLine))).toEqual(['bullet one', 'paragraph |'])
})

test('Backspace takes off kind, then indent, then quotation, and only then joins', () => {
  const state = stateOf(line('one'), line('|two', { kind: 'bullet', indent: 1, quote: 1 }))
  const first = after(state, plainer)
  expect(shown(first)).toEqual(['paragraph one', 'paragraph:1> |two'])
  const second = after(first, plainer)
  expect(shown(second)).toEqual(['paragraph one', 'paragraph> |two'])
  const third = after(second, plainer)
  expect(shown(third)).toEqual(['paragraph one', 'paragraph |two'])
  expect(plainer(third)).toBe(false)
})

test('a quotation is put on and taken off', () => {
  const state = after(stateOf(line('a|b'), line('c|d')), toggleQuote)
  expect(shown(state)).toEqual(['paragraph> a|b', 'paragraph> c|d'])
  expect(shown(after(state, toggleQuote))).toEqual(['paragraph a|b', 'paragraph c|d'])
})

test('tasks are ticked together', () => {
  const state = stateOf(line('a|', { kind: 'task', checked: true }), line('b|', { kind: 'task' }))
  expect(shown(after(state, toggleChecked))).toEqual(['taskx a|', 'taskx b|'])
})

test('an ordered item begins the count where it is told', () => {
  expect(shown(after(stateOf(line('a|', { kind: 'ordered' })), setStart(5)))).toEqual(['ordered=5 a|'])
  expect(setStart(5)(stateOf(line('a|')))).toBe(false)
})

test('a callout takes the selected lines with it and gives them back', () => {
  const state = after(stateOf(line('before'), line('o|ne'), line('tw|o')), toCallout('tip'))
  expect(shown(state).map(row => row.replaceAll('|', ''))).toEqual([
    'paragraph before',
    'callout',
    '  paragraph one',
    '  paragraph two',
  ])
  expect(state.doc.child(1).attrs['kind']).toBe('tip')
  expect(after(state, toCallout('warning')).doc.child(1).attrs['kind']).toBe('warning')
  const out = after(state, unwrap)
  expect(out.doc.childCount).toBe(3)
  expect(out.doc.child(1).textContent).toBe('one')
})

test('the first line of details is its summary', () => {
  const state = after(stateOf(line('Wh|y'), line('be|cause')), toDetails)
  expect(shown(state).map(row => row.replaceAll('|', ''))).toEqual([
    'details',
    '  paragraph Why',
    '  paragraph because',
  ])
  expect(toDetails(stateOf(schema.node('rule')))).toBe(false)
})

test('Enter on the empty last line of a callout goes on below it', () => {
  const state = stateOf(schema.node('callout', null, [line('note'), line('|')]), line('after'))
  expect(shown(after(state, splitLine))).toEqual(['callout', '  paragraph note', 'paragraph |', 'paragraph after'])
})

test('a table takes the place of an empty line and has the caret in its first cell', () => {
  const state = after(stateOf(line('a'), line('|')), insertTable(2, 2))
  expect(shown(state)).toEqual([
    'paragraph a',
    'table',
    '  row',
    '    header_cell',
    '      paragraph |',
    '    header_cell',
    '      paragraph',
    '  row',
    '    cell',
    '      paragraph',
    '    cell',
    '      paragraph',
    'paragraph',
  ])
})

test('a rule goes below a line that has words', () => {
  expect(shown(after(stateOf(line('a|b'), line('c')), insertRule))).toEqual(['paragraph ab', 'rule', 'paragraph |c'])
})

test('a table does not fit into a cell, nor a rule into the summary of details', () => {
  const cell = after(stateOf(line('|')), insertTable(1, 1))
  expect(insertTable(2, 2)(cell)).toBe(false)
  expect(insertRule(stateOf(schema.node('details', null, [line('|')])))).toBe(false)
})

test('a footnote holds the selected words and Enter goes on behind it', () => {
  const state = after(stateOf(line('trees |are| old')), insertFootnote)
  expect(state.doc.child(0).child(1).type.name).toBe('footnote')
  expect(state.doc.child(0).child(1).textContent).toBe('are')
  const out = after(state, leaveInset)
  expect(out.selection.$from.parent.type.name).toBe('line')
})

test('lines become one block of code, and a second blank line leaves it', () => {
  const state = after(stateOf(line('let a|'), line('let b|')), toVerbatim('code_block'))
  expect(state.doc.child(0).textContent).toBe('let a\nlet b')
  const atEnd = stateOf(schema.node('code_block', null, [schema.text('x\n|')]))
  expect(shown(after(atEnd, leaveCode))).toEqual(['code_block x', 'paragraph |'])
})

test('a link is set on words, changed as a whole and taken off', () => {
  const state = after(stateOf(line('see the |oak| here')), setLink('https://example.org/'))
  const mark = state.doc.child(0).child(1).marks[0]
  expect([mark?.type.name, mark?.attrs['href']]).toEqual(['link', 'https://example.org/'])
  expect(after(state, removeLink).doc.child(0).childCount).toBe(1)
})

test('a link that could run something is refused', () => {
  for (const href of ['javascript:alert(1)', ' java\tscript:alert(1)', 'data:text/html,x', ''])
    expect(setLink(href)(stateOf(line('the |oak|')))).toBe(false)
})
