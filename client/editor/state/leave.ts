import { type EditorState, Plugin, PluginKey } from 'prosemirror-state'

const key = new PluginKey<boolean>('leave')

/** Escape, then Tab leaves the text, so that Tab can indent and the keyboard is still no trap. */
export function leaving(): Plugin<boolean> {
  return new Plugin<boolean>({
    key,
    state: {
      init: () => false,
      apply(transaction, is) {
        const told: unknown = transaction.getMeta(key)
        return told === true || (is && !transaction.docChanged && !transaction.selectionSet)
      },
    },
    props: {
      handleKeyDown(view, event) {
        if (event.key === 'Escape') view.dispatch(view.state.tr.setMeta(key, true))
        return false
      },
    },
  })
}

/** Tab is then left to the browser, which moves the focus on. */
export const isLeaving = (state: EditorState): boolean => key.getState(state) === true
