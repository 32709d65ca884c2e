import { type EditorState, Plugin } from 'prosemirror-state'
import { ProsemirrorBinding, ySyncPluginKey } from 'y-prosemirror'

/** What ties this state to the shared draft. */
export function bindingOf(state: EditorState): ProsemirrorBinding {
  const known: unknown = ySyncPluginKey.getState(state)
  if (typeof known === 'object' && known !== null && 'binding' in known && known.binding instanceof ProsemirrorBinding)
    return known.binding
  throw new Error('the state belongs to no draft')
}

/** The plugins of y-prosemirror come without a type. */
export function pluginFrom(made: unknown): Plugin {
  if (made instanceof Plugin) return made
  throw new TypeError('this is no plugin')
}
