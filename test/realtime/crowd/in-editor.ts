import { joinBackward, toggleMark } from 'prosemirror-commands'
import type { Node } from 'prosemirror-model'
import { type Command, TextSelection } from 'prosemirror-state'
import { addColumnAfter, addRowAfter } from 'prosemirror-tables'
import { indent, outdent } from '../../../client/editor/commands/depth.ts'
import { splitLine } from '../../../client/editor/commands/enter.ts'
import { toggleKind } from '../../../client/editor/commands/kind.ts'
import { toCallout, unwrap } from '../../../client/editor/commands/wrap.ts'
import { move } from '../../../client/editor/state/move.ts'
import { schema } from '../../../shared/document/schema.ts'
import { openEditor } from '../../editor/live.ts'
import { type Desk, type Handwork, pick } from './desk.ts'
import { gapsIn } from './words.ts'

type Editor = ReturnType<typeof openEditor>

/** Somebody at the real editor: its state, plugins, commands and binding, without the drawing. */
export function inEditor(state: Uint8Array): Desk {
  const editor = openEditor(state)
  return {
    ydoc: editor.ydoc,
    perform(deed, word) {
      editor.undo.stopCapturing()
      if (deed.kind === 'undo') editor.undo.undo()
      else if (deed.kind === 'redo') editor.undo.redo()
      else change(editor, deed, word)
      editor.undo.stopCapturing()
    },
    shows: () => editor.state.doc,
    forgetUndo: () => editor.undo.clear(),
    close: () => editor.undo.destroy(),
  }
}

function change(editor: Editor, { kind, where, at, size }: Handwork, word: () => string) {
  const { view } = editor
  const { doc, tr } = view.state
  const block = pick(textblocksIn(doc), where)
  if (kind === 'remove') return remove(editor, where)
  if (kind === 'table') {
    const cell = () => schema.node('cell', null, [schema.node('line', null, [schema.text(word())])])
    const row = schema.node('row', null, [cell(), cell()])
    return view.dispatch(tr.insert(0, schema.node('table', null, [row])))
  }
  if (!block) return
  const gaps = gapsIn(block.node.textContent)
  const from = at % gaps.length
  const [start, end] = [gaps[from] ?? 0, gaps[Math.min(gaps.length - 1, from + size)] ?? 0]
  const place = block.pos + 1
  if (kind === 'type') return view.dispatch(tr.insertText(word(), place + start))
  if (kind === 'erase') return view.dispatch(tr.delete(place + start, place + end))
  const caret = kind === 'join' ? place : place + start
  const head = kind === 'strong' ? place + end : caret
  view.dispatch(tr.setSelection(TextSelection.create(doc, caret, head)))
  commands(editor, at)[kind]?.(view.state, view.dispatch)
}

const commands = (editor: Editor, at: number): Partial<Record<Handwork['kind'], Command>> => ({
  split: splitLine,
  join: joinBackward,
  heading: toggleKind('heading', 2),
  bullet: toggleKind('bullet'),
  indent,
  outdent,
  strong: toggleMark(schema.marks.strong),
  wrap: toCallout('note'),
  unwrap,
  row: addRowAfter,
  column: addColumnAfter,
  move: move(editor.fragment, at % 2 ? 1 : -1),
})

function remove({ view }: Editor, where: number) {
  const { doc, tr } = view.state
  if (doc.childCount < 2) return
  const index = where % doc.childCount
  let pos = 0
  for (let at = 0; at < index; at++) pos += doc.child(at).nodeSize
  view.dispatch(tr.delete(pos, pos + doc.child(index).nodeSize))
}

function textblocksIn(doc: Node): { node: Node; pos: number }[] {
  const found: { node: Node; pos: number }[] = []
  doc.descendants((node, pos) => {
    if (node.type.name === 'line') found.push({ node, pos })
    return !node.isTextblock
  })
  return found
}
