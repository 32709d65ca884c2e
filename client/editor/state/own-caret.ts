import type { EditorView } from 'prosemirror-view'
import { absolutePositionToRelativePosition } from 'y-prosemirror'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { bindingOf } from './binding.ts'
import { cursorIn } from './people.ts'

/** Tells colleagues where one's own caret is, for as long as the text has the focus. */
export function ownCaret(view: EditorView, awareness: Awareness) {
  const leave = () => {
    if (cursorIn(awareness.getLocalState())) awareness.setLocalStateField('cursor', null)
  }
  view.dom.addEventListener('blur', leave)
  return {
    tell() {
      if (!view.hasFocus()) return
      const { type, mapping } = bindingOf(view.state)
      const place = (at: number) => {
        const position: unknown = absolutePositionToRelativePosition(at, type, mapping)
        return position instanceof Y.RelativePosition ? position : null
      }
      const { anchor, head } = view.state.selection
      const now = { anchor: place(anchor), head: place(head) }
      const told = cursorIn(awareness.getLocalState())
      const stays =
        told &&
        Y.compareRelativePositions(Y.createRelativePositionFromJSON(told.anchor), now.anchor) &&
        Y.compareRelativePositions(Y.createRelativePositionFromJSON(told.head), now.head)
      if (!stays) awareness.setLocalStateField('cursor', now)
    },
    end() {
      view.dom.removeEventListener('blur', leave)
      leave()
    },
  }
}
