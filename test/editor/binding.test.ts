import { NodeSelection, Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import { joinTextblockBackward } from 'prosemirror-commands'
import { CellSelection } from 'prosemirror-tables'
import type { DecorationSet, EditorView } from 'prosemirror-view'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { splitLine } from '../../client/editor/commands/enter.ts'
import { toCallout } from '../../client/editor/commands/wrap.ts'
import { move } from '../../client/editor/state/move.ts'
import { checking } from '../../client/editor/state/consistency.ts'
import { mend } from '../../client/editor/state/mend.ts'
import { replaceDifference } from '../../client/editor/state/difference.ts'
import { footnoteEdges } from '../../client/editor/state/footnotes.ts'
import { numbers } from '../../client/editor/state/numbers.ts'
import { stateOf, doc, line } from './support.ts'
import { touches } from '../../client/editor/state/touches.ts'
import { patch } from '../../shared/document/patch.ts'
import { documentOf } from '../../shared/document/live.ts'
import { schema } from '../../shared/document/schema.ts'
import { anyDocument, anyEdit } from '../support/documents.ts'
import { decorate, type Editor, exchange, openOn, twoOn } from './live.ts'

const texts = ({ state }: Editor) => state.doc.children.map(child => child.textContent)
const many = doc(...Array.from({ length: 100 }, (_, index) => line(`line ${index} of the page`)))

test('any change becomes steps that lead to the same document', () => {
  fc.assert(
    fc.property(anyEdit(), ([before, after]) => {
      const change = stateOf(...before.children).tr
      replaceDifference(change, after)
      expect(change.doc.eq(after)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('any document may follow on any other', () => {
  fc.assert(
    fc.property(anyDocument(4), anyDocument(4), (before, after) => {
      const change = stateOf(...before.children).tr
      replaceDifference(change, after)
      expect(change.doc.eq(after)).toBe(true)
    }),
  )
})

test('decorations between two changes of one frame stay where they are', () => {
  const key = new PluginKey<DecorationSet>('marked')
  const marked = new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc: page }) =>
        decorate(
          page,
          Array.from({ length: 100 }, (_place, index) => 3 + index * 15),
        ),
      apply: ({ mapping, doc: page }, set) => set.map(mapping, page),
    },
  })
  const [ada, bo] = twoOn(many, { more: [marked] })
  ada.types('X', 1)
  ada.types('Y', ada.state.doc.content.size - 1)
  exchange(ada, bo)
  expect(bo.state.doc.eq(ada.state.doc)).toBe(true)
  expect(key.getState(bo.state)?.find()).toHaveLength(100)
})

test('undo goes on after the connection was gone, and leaves what came meanwhile', () => {
  const [ada, bo] = twoOn(doc(line('the oak'), line('the elm')))
  ada.types('!', 8)
  ada.undo.stopCapturing()
  bo.types('?', 17)
  ada.types(' old', 4)
  // Everything comes at once, as it does after days without a connection.
  exchange(ada, bo)
  ada.undo.undo()
  ada.undo.undo()
  exchange(ada, bo)
  for (const editor of [ada, bo]) expect(texts(editor)).toEqual(['the oak', 'the elm?'])
})

test('undo brings nothing back that the server has taken away since', () => {
  const ada = openOn(doc(line('the oak')))
  ada.types(' spam', 8)
  const before = documentOf(ada.fragment)
  patch(ada.fragment, doc(line('the oak')), 'server')
  ada.undo.clear()
  expect(before.textContent).toBe('the oak spam')
  ada.undo.undo()
  expect(texts(ada)).toEqual(['the oak'])
  ada.types('!', 8)
  ada.undo.undo()
  ada.undo.redo()
  expect(texts(ada)).toEqual(['the oak!'])
})

test('undo remembers the words around a change that is not to be undone', () => {
  const ada = openOn(doc(line('the oak')))
  ada.types(' old', 8)
  ada.view.dispatch(ada.state.tr.insertText('Mind: ', 1).setMeta('addToHistory', false))
  ada.types('!', ada.state.doc.content.size - 1)
  ada.undo.undo()
  expect(texts(ada)).toEqual(['Mind: the oak old'])
  ada.undo.undo()
  expect(texts(ada)).toEqual(['Mind: the oak'])
  ada.undo.redo()
  ada.undo.redo()
  expect(texts(ada)).toEqual(['Mind: the oak old!'])
  expect(documentOf(ada.fragment).eq(ada.state.doc)).toBe(true)
})

test('cells that are selected stay selected while a colleague writes in them', () => {
  const cell = (words: string) => schema.node('cell', null, [line(words)])
  const row = (...words: string[]) => schema.node('row', null, words.map(cell))
  const [ada, bo] = twoOn(doc(schema.node('table', null, [row('a', 'b'), row('c', 'd')])))
  const at = (page: Editor) => [2, 2 + page.state.doc.child(0).child(0).child(0).nodeSize] as const
  bo.view.dispatch(bo.state.tr.setSelection(CellSelection.create(bo.state.doc, ...at(bo))))
  ada.types('xyz', 4)
  exchange(ada, bo)
  const { selection } = bo.state
  expect(selection instanceof CellSelection).toBe(true)
  expect(bo.state.doc.textBetween(selection.from, selection.to)).toContain('b')
  ada.view.dispatch(ada.state.tr.delete(0, ada.state.doc.child(0).nodeSize).insert(0, line('gone')))
  exchange(ada, bo)
  expect(bo.state.doc.eq(ada.state.doc)).toBe(true)
})

test('a selected rule that a colleague removes leaves a caret, and the editor in step', () => {
  const [ada, bo] = twoOn(doc(line('a'), schema.node('rule'), line('b')))
  bo.view.dispatch(bo.state.tr.setSelection(NodeSelection.create(bo.state.doc, 3)))
  ada.view.dispatch(ada.state.tr.delete(3, 4))
  exchange(ada, bo)
  expect(bo.state.selection instanceof TextSelection).toBe(true)
  ada.types('c', 1)
  exchange(ada, bo)
  expect(texts(bo)).toEqual(['ca', 'b'])
})

test('numbers and the edges of footnotes follow a colleague without writing anything', () => {
  for (const plugin of [numbers(), footnoteEdges()]) expect(plugin.spec.appendTransaction).toBeUndefined()
  const item = (words: string) => line(words, { kind: 'ordered' })
  const [ada, bo] = twoOn(doc(item('one'), item('two')))
  let written = 0
  bo.ydoc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== 'wire') written++
  })
  ada.view.dispatch(ada.state.tr.insert(0, item('zero')))
  exchange(ada, bo)
  expect(written).toBe(0)
})

/** The comparison of the text with the draft, all of it at once. */
const compares = ({ view, fragment }: Editor) => {
  const shown = view as unknown as EditorView
  const check = checking(shown, fragment, agreed => {
    mend(shown, fragment, agreed)
    return true
  })
  return () => {
    for (const _ of check());
  }
}

test('a change of a colleague that failed in the middle is shown at the next comparison', () => {
  const [ada, bo] = twoOn(doc(line('the oak'), line('the elm')))
  const compare = compares(bo)
  const { dispatch } = bo.view
  bo.view.dispatch = () => {
    throw new Error('a plugin has failed')
  }
  ada.types(' old', 4)
  expect(() => exchange(ada, bo)).toThrow('a plugin has failed')
  bo.view.dispatch = dispatch
  expect(texts(bo)).toEqual(['the oak', 'the elm'])
  compare()
  expect(texts(bo)).toEqual(['the old oak', 'the elm'])
  exchange(ada, bo)
  expect(ada.state.doc.eq(bo.state.doc)).toBe(true)
})

test('the comparison keeps a letter that had not reached the draft', () => {
  const [ada, bo] = twoOn(doc(line('the oak'), line('the elm')))
  const compare = compares(bo)
  ada.types(' old', 4)
  const { dispatch } = bo.view
  bo.view.dispatch = () => {
    throw new Error('a plugin has failed')
  }
  expect(() => exchange(ada, bo)).toThrow('a plugin has failed')
  bo.view.dispatch = dispatch
  // The letter is on the screen, and nothing has told the draft.
  bo.view.state = bo.state.apply(bo.state.tr.insertText('!', 17))
  compare()
  expect(texts(bo)).toEqual(['the old oak', 'the elm!'])
  exchange(ada, bo)
  expect(texts(ada)).toEqual(['the old oak', 'the elm!'])
})

test('the comparison writes nothing where there is nothing to mend', () => {
  const ada = openOn(many)
  let written = 0
  ada.ydoc.on('update', () => written++)
  const before = ada.state
  compares(ada)()
  expect([written, ada.state === before]).toEqual([0, true])
})

test('only what changes a line, or what stands around it, touches it', () => {
  const page = doc(line('one'), schema.node('callout', null, [line('two'), line('three')]), line('four'))
  const [ada, bo] = twoOn(page)
  const callout = bo.fragment.get(1)
  const two = callout instanceof Y.XmlElement ? callout.get(0) : undefined
  if (!(two instanceof Y.XmlElement)) throw new Error('no line')
  const isTouched = (change: () => void) => {
    const seen = Y.encodeStateVector(ada.ydoc)
    const updates: Uint8Array[] = []
    const listen = (update: Uint8Array) => void updates.push(update)
    ada.ydoc.on('update', listen)
    change()
    ada.ydoc.off('update', listen)
    const touched = updates.some(update => touches(two, update))
    Y.applyUpdate(bo.ydoc, Y.encodeStateAsUpdate(ada.ydoc, seen), 'wire')
    return touched
  }
  const place = (words: string) => {
    let found = 0
    ada.state.doc.descendants((node, pos) => {
      if (node.isText && node.text?.includes(words)) found = pos
    })
    return found
  }
  const { view } = ada
  expect(isTouched(() => ada.types('x', place('one')))).toBe(false)
  expect(isTouched(() => ada.types('x', place('three')))).toBe(false)
  expect(isTouched(() => ada.types('x', place('two')))).toBe(true)
  expect(isTouched(() => view.dispatch(ada.state.tr.delete(place('two'), place('two') + 1)))).toBe(true)
  expect(isTouched(() => view.dispatch(ada.state.tr.setNodeAttribute(place('two') - 1, 'kind', 'heading')))).toBe(true)
  expect(isTouched(() => view.dispatch(ada.state.tr.setNodeAttribute(place('three') - 1, 'kind', 'bullet')))).toBe(
    false,
  )
  expect(isTouched(() => view.dispatch(ada.state.tr.insert(0, line('before'))))).toBe(false)
  const at = place('two') - 2
  expect(isTouched(() => view.dispatch(ada.state.tr.setNodeAttribute(at, 'kind', 'tip')))).toBe(true)
  expect(isTouched(() => view.dispatch(ada.state.tr.delete(at, at + (ada.state.doc.nodeAt(at)?.nodeSize ?? 0))))).toBe(
    true,
  )
})

const caretIs = ({ state }: Editor) => {
  const { $head } = state.selection
  return `${$head.parent.textBetween(0, $head.parentOffset)}|${$head.parent.textBetween($head.parentOffset, $head.parent.content.size)}`
}

test.each([
  ['put into a callout', (ada: Editor) => toCallout('note')(ada.state, ada.view.dispatch), 'A birch is wh|ite'],
  ['moved', (ada: Editor) => move(ada.fragment, -1)(ada.state, ada.view.dispatch), 'A birch is wh|ite'],
  ['split', (ada: Editor) => splitLine(ada.state, ada.view.dispatch), ' is wh|ite'],
  ['joined', (ada: Editor) => joinTextblockBackward(ada.state, ada.view.dispatch), 'The oakA birch is wh|ite'],
])('the caret goes with its words when a colleague has the line %s', (what, act, caret) => {
  const [ada, bo] = twoOn(doc(line('The oak'), line('A birch is white')))
  const start = 9 + 1
  const puts = (editor: Editor, at: number) =>
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, start + at)))
  puts(ada, what === 'joined' ? 0 : 7)
  puts(bo, 13)
  act(ada)
  exchange(ada, bo)
  expect(caretIs(bo)).toBe(caret)
})

test('the caret goes with words of its own that the colleague did not know', () => {
  const [ada, bo] = twoOn(doc(line('A birch is white')))
  bo.types('off-', 12)
  bo.view.dispatch(bo.state.tr.setSelection(TextSelection.create(bo.state.doc, 16)))
  expect(caretIs(bo)).toBe('A birch is off-|white')
  toCallout('note')(ada.state, ada.view.dispatch)
  exchange(ada, bo)
  expect(caretIs(bo)).toBe('A birch is |white')
})
