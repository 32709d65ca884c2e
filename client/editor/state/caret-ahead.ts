import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

/**
 * Lets the editor read one's own caret now. A browser moves the caret first and tells so a moment later: what a colleague
 * changes in between would be drawn with the caret in its old place, and the next letters would go there.
 */
export const readCaret = (view: EditorView) => void view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))

/** A key that comes as quickly after the one that moved the caret works where the caret is, too. */
export function caretAhead(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown(view, { isComposing }) {
          if (!isComposing) readCaret(view)
          return false
        },
      },
    },
  })
}
