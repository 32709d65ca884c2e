import type { Node } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { ySyncPluginKey } from 'y-prosemirror'
import type { XmlFragment } from 'yjs'
import { documentOf } from '../../../shared/document/live.ts'
import { merge } from '../../../shared/document/merge.ts'
import { patch } from '../../../shared/document/patch.ts'
import { bindingOf } from './binding.ts'

/**
 * Brings the text and the draft together again. What was typed here and did not reach the draft, because a change of a
 * colleague failed in the middle, goes in now; everything else is as the draft says.
 */
export function mend(view: EditorView, fragment: XmlFragment, agreed: Node) {
  const binding = bindingOf(view.state)
  const shared = documentOf(fragment)
  const { document } = merge(agreed, view.state.doc, shared)
  if (!document.eq(shared)) binding.mux(() => patch(fragment, document, ySyncPluginKey, shared))
  binding._forceRerender()
}
