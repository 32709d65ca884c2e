import type { EditorState } from 'prosemirror-state'
import { ProsemirrorBinding, ySyncPluginKey } from 'y-prosemirror'

/** What ties this state to the shared draft. */
export function bindingOf(state: EditorState): ProsemirrorBinding {
  const known: unknown = ySyncPluginKey.getState(state)
  if (typeof known === 'object' && known !== null && 'binding' in known && known.binding instanceof ProsemirrorBinding)
    return known.binding
  throw new Error('the state belongs to no draft')
}
