import { EditorState } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { markdownShortcuts } from '../../client/editor/input-rules.ts'
import { schema } from '../../shared/document/schema.ts'
import type { Node } from 'prosemirror-model'
import { doc, line, shown } from './support.ts'

/** Types one letter after the other, as a keyboard does. */
function typed(text: string, ...blocks: Node[]): EditorState {
  const plugin = markdownShortcuts()
  let state = EditorState.create({ doc: doc(...blocks), plugins: [plugin] })
  state = state.apply(state.tr.setSelection(TextSelection.atEnd(state.doc)))
  for (const letter of text) {
    const view = {
      composing: false,
      get state() {
        return state
      },
      dispatch(transaction: typeof state.tr) {
        state = state.apply(transaction)
      },
    }
    const { from, to } = state.selection
    const taken: unknown =
      plugin.props.handleTextInput && Reflect.apply(plugin.props.handleTextInput, plugin, [view, from, to, letter])
    if (!taken) state = state.apply(state.tr.insertText(letter, from, to))
  }
  return state
}

test.each([
  ['# ', 'heading1 |'],
  ['### ', 'heading3 |'],
  ['- ', 'bullet |'],
  ['* ', 'bullet |'],
  ['1. ', 'ordered |'],
  ['7. ', 'ordered=7 |'],
  ['[ ] ', 'task |'],
  ['[x] ', 'taskx |'],
  ['> ', 'paragraph> |'],
])('%s makes a line a %s', (signs, expected) => {
  expect(shown(typed(signs, line('')))).toEqual([expected])
})

test('an item under another goes on with its count', () => {
  expect(shown(typed('2. ', line('a', { kind: 'ordered' }), line('')))).toEqual(['ordered a', 'ordered |'])
})

test('``` makes a block of code in a language', () => {
  const state = typed('```ts ', line(''))
  expect([state.doc.child(0).type.name, state.doc.child(0).attrs['language']]).toEqual(['code_block', 'ts'])
})

test('--- makes a rule and goes on below it', () => {
  expect(shown(typed('---x', line('')))).toEqual(['rule', 'paragraph x|'])
})

test.each([
  ['a **b c**', 'strong', 'b c'],
  ['a *b*', 'em', 'b'],
  ['a _b_', 'em', 'b'],
  ['a `b`', 'code', 'b'],
  ['a ~~b~~', 'strike', 'b'],
])('%s is written as %s', (signs, mark, words) => {
  const { doc: document } = typed(signs, line(''))
  const last = document.child(0).lastChild
  expect([last?.text, last?.marks[0]?.type.name, document.textContent]).toEqual([words, mark, `a ${words}`])
})

test('what is typed after a mark is plain again', () => {
  const { doc: document } = typed('**b** c', line(''))
  expect(document.child(0).lastChild?.text).toBe(' c')
  expect(document.child(0).lastChild?.marks).toEqual([])
})

test('signs inside a word or a block of code stay as they are', () => {
  expect(typed('snake_case_name', line('')).doc.textContent).toBe('snake_case_name')
  expect(typed('2*3*4', line('')).doc.textContent).toBe('2*3*4')
  expect(typed('**b**', schema.node('code_block')).doc.textContent).toBe('**b**')
  expect(typed('# ', schema.node('code_block')).doc.child(0).type.name).toBe('code_block')
})
