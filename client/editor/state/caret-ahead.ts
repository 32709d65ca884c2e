import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

/**
 * Whether the browser has moved one's own caret already and has not told the editor yet. A change that is drawn in this
 * instant would put the caret back to where it was, and the next letters go there.
 */
export function isCaretAhead(view: EditorView): boolean {
  const { selection } = view.state
  const { anchorNode, anchorOffset, focusNode, focusOffset } = view.dom.ownerDocument.getSelection() ?? {}
  if (!(selection instanceof TextSelection) || !view.hasFocus() || !anchorNode || !focusNode) return false
  if (!view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return false
  const [anchor, head] = [view.posAtDOM(anchorNode, anchorOffset ?? 0), view.posAtDOM(focusNode, focusOffset ?? 0)]
  return anchor !== selection.anchor || head !== selection.head
}
