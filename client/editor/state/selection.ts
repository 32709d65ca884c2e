import type { ProsemirrorBinding } from 'y-prosemirror'

/**
 * y-prosemirror 1.3.7 restores a selected node by its place in the shared text and throws where a colleague has removed
 * it, in the middle of an observer, so the editor stays out of step without a sign. Only text selections are restored
 * that way; `minimal` moves the others along.
 */
export function guardSelection(binding: ProsemirrorBinding) {
  let kept: unknown = null
  Object.defineProperty(binding, 'beforeTransactionSelection', {
    get: () => kept,
    set: (selection: { type: string } | null) => {
      kept = selection?.type === 'text' || selection?.type === 'all' ? selection : null
    },
  })
  // It asks after every change of a colleague, and the answer costs a layout of the whole page: browsers keep what one
  // looks at in its place by themselves.
  binding._isLocalCursorInView = () => false
}
