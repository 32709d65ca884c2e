import { NodeSelection, Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import { addColumnAfter } from 'prosemirror-tables'
import type { DecorationSet } from 'prosemirror-view'
import { XmlElement } from 'yjs'
import { yUndoPluginKey } from 'y-prosemirror'
import { expect, test } from 'vitest'
import { toggleKind } from '../../client/editor/commands/kind.ts'
import { splitLine } from '../../client/editor/commands/enter.ts'
import { toCallout } from '../../client/editor/commands/wrap.ts'
import { isRemote } from '../../client/editor/state/remote.ts'
import { move } from '../../client/editor/state/move.ts'
import { tables } from '../../client/editor/state/tables.ts'
import { documentOf } from '../../shared/document/live.ts'
import { schema } from '../../shared/document/schema.ts'
import { doc, line } from './support.ts'
import { decorate, exchange, openOn, twoOn } from './live.ts'

const texts = (document: { children: readonly { textContent: string }[] }) =>
  document.children.map(child => child.textContent)
const many = doc(...Array.from({ length: 100 }, (_, index) => line(`line ${index} of the page`)))

function marked() {
  const key = new PluginKey<DecorationSet>('marked')
  const plugin = new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => decorate(state.doc, state.doc.children.map((_child, index) => 2 + index * 4).slice(0, 100)),
      apply: (transaction, set) => set.map(transaction.mapping, transaction.doc),
    },
  })
  return { key, plugin }
}

test('a hundred decorations survive a remote letter', () => {
  const { key, plugin } = marked()
  const [ada, bo] = twoOn(many, { more: [plugin] })
  const before = key.getState(bo.state)?.find().length
  ada.types('X', 300)
  exchange(ada, bo)
  expect(bo.state.doc.eq(ada.state.doc)).toBe(true)
  expect(before).toBe(100)
  expect(key.getState(bo.state)?.find()).toHaveLength(100)
})

test('without the smallest step not one of them would', () => {
  const { key, plugin } = marked()
  const [ada, bo] = twoOn(many, { more: [plugin], rebuild: (_state, transaction) => transaction })
  ada.types('X', 300)
  exchange(ada, bo)
  expect(key.getState(bo.state)?.find()).toHaveLength(0)
})

test('remote changes of every shape arrive whole', () => {
  const [ada, bo] = twoOn(doc(line('one'), line('two'), line('three')))
  const both = () => {
    exchange(ada, bo)
    expect(bo.state.doc.eq(ada.state.doc)).toBe(true)
    expect(documentOf(bo.fragment).eq(bo.state.doc)).toBe(true)
  }
  ada.view.dispatch(ada.state.tr.insert(5, schema.node('callout', null, [line('note')])))
  both()
  ada.view.dispatch(ada.state.tr.delete(3, 8))
  both()
  ada.view.dispatch(ada.state.tr.replaceWith(0, ada.state.doc.content.size, [schema.node('rule'), line('x')]))
  both()
  ada.view.dispatch(
    ada.state.tr.insert(
      0,
      schema.node('table', null, [schema.node('row', null, [schema.node('cell', null, [line('c')])])]),
    ),
  )
  both()
})

test('undo takes back only one’s own words', () => {
  const [ada, bo] = twoOn(doc(line('the oak')))
  ada.types(' old', 4)
  exchange(ada, bo)
  bo.types(' very', 4)
  exchange(ada, bo)
  expect(texts(ada.state.doc)).toEqual(['the very old oak'])
  ada.undo.undo()
  exchange(ada, bo)
  expect(texts(ada.state.doc)).toEqual(['the very oak'])
  expect(texts(bo.state.doc)).toEqual(['the very oak'])
  ada.undo.redo()
  expect(texts(ada.state.doc)).toEqual(['the very old oak'])
})

test('undo keeps a paragraph that a colleague has written in', () => {
  const [ada, bo] = twoOn(doc(line('one')))
  ada.view.dispatch(ada.state.tr.insert(5, line('')))
  exchange(ada, bo)
  bo.types('by bo', 6)
  exchange(ada, bo)
  ada.undo.undo()
  exchange(ada, bo)
  expect(texts(bo.state.doc)).toEqual(['one', 'by bo'])
})

test('undo survives plugins being rebuilt', () => {
  const ada = openOn(doc(line('the oak')))
  ada.types('!', 8)
  const plugin = ada.state.plugins.find(one => one.spec.key === yUndoPluginKey)
  const made: unknown = plugin?.spec.view && Reflect.apply(plugin.spec.view, plugin, [ada.view])
  if (typeof made === 'object' && made !== null && 'destroy' in made && typeof made.destroy === 'function')
    made.destroy()
  ada.undo.undo()
  expect(texts(ada.state.doc)).toEqual(['the oak'])
})

test('a heading made while a colleague types in the line loses none of their letters', () => {
  const [ada, bo] = twoOn(doc(line('Title')))
  toggleKind('heading', 2)(ada.state, ada.view.dispatch)
  bo.types(' of the page', 6)
  exchange(ada, bo)
  expect(texts(ada.state.doc)).toEqual(['Title of the page'])
  expect(bo.state.doc.child(0).attrs['kind']).toBe('heading')
})

test('Enter keeps the identity of the words before the caret', () => {
  const [ada, bo] = twoOn(doc(line('one two'), line('after')))
  const first = ada.fragment.get(0)
  ada.view.dispatch(ada.state.tr.setSelection(TextSelection.create(ada.state.doc, 4)))
  splitLine(ada.state, ada.view.dispatch)
  bo.types('zero ', 1)
  exchange(ada, bo)
  expect(texts(ada.state.doc)).toEqual(['zero one', ' two', 'after'])
  expect(ada.fragment.get(0)).toBe(first)
})

test('a line that moves takes along what a colleague types in it', () => {
  const [ada, bo] = twoOn(doc(line('one'), line('two'), line('three')))
  ada.view.dispatch(ada.state.tr.setSelection(TextSelection.create(ada.state.doc, 12)))
  const moved = ada.fragment.get(2)
  expect(move(ada.fragment, -1)(ada.state, ada.view.dispatch)).toBe(true)
  bo.types(' and more', 16)
  exchange(ada, bo)
  expect(texts(ada.state.doc)).toEqual(['one', 'three and more', 'two'])
  expect(ada.fragment.get(1)).toBe(moved)
  expect(ada.state.selection.$from.parent.textContent).toBe('three and more')
  ada.undo.undo()
  expect(texts(ada.state.doc)).toEqual(['one', 'two', 'three and more'])
})

test('a selected formula that a colleague removes stops nothing', () => {
  const formula = schema.node('math_inline', { tex: 'x' })
  const [ada, bo] = twoOn(doc(schema.node('line', null, [schema.text('a'), formula, schema.text('b')])))
  bo.view.dispatch(bo.state.tr.setSelection(NodeSelection.create(bo.state.doc, 2)))
  ada.view.dispatch(ada.state.tr.delete(2, 3))
  exchange(ada, bo)
  expect(bo.state.doc.eq(ada.state.doc)).toBe(true)
  ada.types('c', 1)
  exchange(ada, bo)
  expect(texts(bo.state.doc)).toEqual(['cab'])
})

test('a selected formula stays selected while a colleague types before it', () => {
  const formula = schema.node('math_inline', { tex: 'x' })
  const [ada, bo] = twoOn(doc(schema.node('line', null, [schema.text('a'), formula])))
  bo.view.dispatch(bo.state.tr.setSelection(NodeSelection.create(bo.state.doc, 2)))
  ada.types('zz', 1)
  exchange(ada, bo)
  expect(bo.state.selection instanceof NodeSelection && bo.state.selection.node.type.name).toBe('math_inline')
})

test('the caret stays between the same letters while a colleague types before it', () => {
  const [ada, bo] = twoOn(doc(line('the oak')))
  bo.view.dispatch(bo.state.tr.setSelection(TextSelection.create(bo.state.doc, 5)))
  ada.types('This is ', 1)
  exchange(ada, bo)
  expect(bo.state.doc.textBetween(0, bo.state.selection.from)).toBe('This is the ')
})

test('a table that a colleague changes is not mended by everyone who looks on', () => {
  const cell = () => schema.node('cell', null, [line('c')])
  const uneven = doc(
    schema.node('table', null, [
      schema.node('row', null, [cell(), cell()]),
      schema.node('row', null, [cell(), cell()]),
    ]),
  )
  const [ada, bo] = twoOn(uneven)
  let written = 0
  bo.ydoc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== 'wire') written++
  })
  ada.fragment.doc?.transact(() => {
    const row = ada.fragment.get(0) instanceof XmlElement ? ada.fragment.get(0) : undefined
    if (row instanceof XmlElement) row.get(0).delete(0, 1)
  })
  exchange(ada, bo)
  expect(written).toBe(0)
  expect(
    tables().spec.appendTransaction?.([bo.state.tr.setMeta('y-sync$', { isChangeOrigin: true })], bo.state, bo.state),
  ).toBeNull()
})

test('columns added from two sides at once converge on one table', () => {
  const cell = () => schema.node('cell', null, [line('c')])
  const [ada, bo] = twoOn(doc(schema.node('table', null, [schema.node('row', null, [cell(), cell()])])))
  for (const editor of [ada, bo]) {
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, 4)))
    addColumnAfter(editor.state, editor.view.dispatch)
  }
  exchange(ada, bo)
  exchange(ada, bo)
  expect(ada.state.doc.eq(bo.state.doc)).toBe(true)
  expect(ada.state.doc.child(0).child(0).childCount).toBe(4)
})

test('opening a draft writes nothing into it', () => {
  const ada = openOn(doc(line('the oak')))
  let written = 0
  ada.ydoc.on('update', () => written++)
  ada.view.dispatch(ada.state.tr.setSelection(TextSelection.create(ada.state.doc, 3)))
  expect(written).toBe(0)
  expect(isRemote(ada.state.tr)).toBe(false)
})

test('a callout takes over the words of its lines', () => {
  const ada = openOn(doc(line('one'), line('two')))
  ada.view.dispatch(ada.state.tr.setSelection(TextSelection.create(ada.state.doc, 2, 7)))
  toCallout('note')(ada.state, ada.view.dispatch)
  expect(documentOf(ada.fragment).child(0).textContent).toBe('onetwo')
})
