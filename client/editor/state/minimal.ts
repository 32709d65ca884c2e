import { Slice } from 'prosemirror-model'
import { type EditorState, Selection, TextSelection, type Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import { ySyncPluginKey, yUndoPluginKey } from 'y-prosemirror'
import { isRemote } from './remote.ts'

/**
 * The same change as the smallest step. y-prosemirror 1.3.7 answers every remote letter by replacing the whole document,
 * which throws away every decoration, bookmark and node selection in it. While an input method composes a word, the
 * selection is only moved along: setting it would end the composition.
 */
export function minimal(state: EditorState, whole: Transaction, isComposing = false): Transaction {
  if (!isRemote(whole)) return whole
  const small = state.tr
  replaceDifference(small, whole)
  // A node or cell selection is moved along; a text selection was already restored by its place in the shared text.
  if (whole.selectionSet && !isComposing && isText(state.selection)) {
    small.setSelection(Selection.fromJSON(small.doc, whole.selection.toJSON()))
  }
  for (const key of [ySyncPluginKey, yUndoPluginKey, 'addToHistory']) {
    const told: unknown = whole.getMeta(key)
    if (told !== undefined) small.setMeta(key, told)
  }
  return whole.scrolledIntoView ? small.scrollIntoView() : small
}

const isText = (selection: Selection) => selection instanceof TextSelection

function replaceDifference(small: Transaction, whole: Transaction) {
  const [old, now] = [small.doc, whole.doc]
  const start = old.content.findDiffStart(now.content)
  const ends = old.content.findDiffEnd(now.content)
  if (start === null || !ends) return
  const overlap = Math.max(0, start - Math.min(ends.a, ends.b))
  const [endOld, endNow] = [ends.a + overlap, ends.b + overlap]
  const step = new ReplaceStep(start, endOld, now.slice(start, endNow))
  if (small.maybeStep(step).failed || !small.doc.eq(now)) replaceBlocks(small, whole)
}

/** Where the difference cuts through different depths: whole blocks, from the first that differs to the last. */
function replaceBlocks(small: Transaction, whole: Transaction) {
  const [old, now] = [small.doc, whole.doc]
  let [first, fromEnd] = [0, 0]
  const least = Math.min(old.childCount, now.childCount)
  while (first < least && old.child(first).eq(now.child(first))) first++
  while (fromEnd < least - first && old.child(old.childCount - 1 - fromEnd).eq(now.child(now.childCount - 1 - fromEnd)))
    fromEnd++
  const place = (children: readonly { nodeSize: number }[], count: number) =>
    children.slice(0, count).reduce((sum, child) => sum + child.nodeSize, 0)
  const from = place(old.children, first)
  const [to, toNow] = [place(old.children, old.childCount - fromEnd), place(now.children, now.childCount - fromEnd)]
  if (from === to && from === toNow) return
  small.step(new ReplaceStep(from, to, new Slice(now.slice(from, toNow).content, 0, 0)))
}
