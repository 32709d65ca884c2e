import { EditorState, type Plugin } from 'prosemirror-state'
import { initProseMirrorDoc, ySyncPlugin } from 'y-prosemirror'
import type { UndoManager, XmlFragment } from 'yjs'
import { schema } from '../../../shared/document/schema.ts'
import { markdownShortcuts } from '../input-rules.ts'
import { type Asks, keys } from '../keymap.ts'
import { bindingOf } from './binding.ts'
import { caretAhead } from './caret-ahead.ts'
import { footnoteEdges } from './footnotes.ts'
import { leaving } from './leave.ts'
import { nearby } from './nearby.ts'
import { numbers } from './numbers.ts'
import { guardSelection } from './selection.ts'
import { tables } from './tables.ts'
import { undoPlugin } from './undo.ts'

/**
 * The state of an editor on a draft that has synced. Nothing is written into the draft by opening it: the server seeds
 * every page, so no editor ever adds a first line.
 */
export function editorState(fragment: XmlFragment, undo: UndoManager, asks: Asks, more: Plugin[] = []): EditorState {
  const { doc, mapping } = initProseMirrorDoc(fragment, schema)
  const state = EditorState.create({
    doc,
    plugins: [
      ySyncPlugin(fragment, { mapping }),
      caretAhead(),
      ...more,
      undoPlugin(undo),
      leaving(),
      markdownShortcuts(),
      ...keys(asks),
      numbers(),
      nearby(),
      footnoteEdges(),
      tables(),
    ],
  })
  guardSelection(bindingOf(state))
  return state
}
