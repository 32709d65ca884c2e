import { type EditorState, Selection, TextSelection, type Transaction } from 'prosemirror-state'
import { ySyncPluginKey, yUndoPluginKey } from 'y-prosemirror'
import { replaceDifference } from './difference.ts'
import { follow } from './follow.ts'
import { isRemote } from './remote.ts'

/**
 * The same change in the smallest steps. y-prosemirror 1.3.7 answers every remote letter by replacing the whole document,
 * which throws away every decoration, bookmark and node selection in it. While an input method composes a word, the
 * selection is only moved along: setting it would end the composition.
 */
export function minimal(state: EditorState, whole: Transaction, isComposing = false): Transaction {
  if (!isRemote(whole)) return whole
  const small = state.tr
  replaceDifference(small, whole.doc)
  // A node or cell selection is moved along; a text selection was already restored by its place in the shared text.
  if (whole.selectionSet && !isComposing && isText(state.selection) && !isRedrawn(whole)) {
    const told = Selection.fromJSON(small.doc, whole.selection.toJSON())
    const { empty, head } = state.selection
    small.setSelection(empty && !isUndo(whole) ? follow(state.doc, small, head, told) : told)
  }
  copyMeta(whole, small)
  return isUndo(whole) ? small.scrollIntoView() : small
}

/**
 * The states on the way of a remote change, step by step: where two places change at once, ProseMirror may draw all that
 * stands between them anew, and with it the line in which a word is composed.
 */
export function* stepwise(state: EditorState, change: Transaction): Generator<EditorState> {
  let now = state
  for (const step of change.steps) {
    now = now.apply(copyMeta(change, now.tr.step(step)))
    yield now
  }
}

function copyMeta(from: Transaction, to: Transaction): Transaction {
  for (const key of [ySyncPluginKey, yUndoPluginKey, 'addToHistory']) {
    const told: unknown = from.getMeta(key)
    if (told !== undefined) to.setMeta(key, told)
  }
  return to
}

const told = (change: Transaction, name: string): unknown => {
  const meta: unknown = change.getMeta(ySyncPluginKey)
  return typeof meta === 'object' && meta !== null ? Object.entries(meta).find(([key]) => key === name)?.[1] : undefined
}
const isUndo = (change: Transaction) => told(change, 'isUndoRedoOperation') === true
/** Everything was read anew; only the number of letters before the caret was kept, which may be others now. */
const isRedrawn = (change: Transaction) => told(change, 'binding') !== undefined

const isText = (selection: Selection) => selection instanceof TextSelection
