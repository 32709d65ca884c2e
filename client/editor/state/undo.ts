import type { Plugin } from 'prosemirror-state'
import { defaultDeleteFilter, ySyncPluginKey, yUndoPlugin, yUndoPluginKey } from 'y-prosemirror'
import { UndoManager, type XmlFragment } from 'yjs'
import { bindingOf } from './binding.ts'

/** Nodes that hold writing: undoing the block keeps it where a colleague has typed in it since. */
const written = new Set(['line', 'code_block', 'math', 'figure', 'footnote'])

/** Takes back only what this window did: other people's and the server's changes have other origins. */
export function undoManagerOf(fragment: XmlFragment): UndoManager {
  return new UndoManager(fragment, {
    trackedOrigins: new Set([ySyncPluginKey]),
    deleteFilter: item => defaultDeleteFilter(item, written),
    captureTransaction: transaction => transaction.meta.get('addToHistory') !== false,
  })
}

/**
 * The stock plugin destroys the undo manager whenever plugin views are rebuilt, and with it everything that could be
 * undone. This one leaves the manager to whoever made it.
 */
export function undoPlugin(manager: UndoManager): Plugin {
  const plugin: Plugin = yUndoPlugin({ undoManager: manager })
  plugin.spec.view = view => {
    const binding = bindingOf(view.state)
    const added = ({ stackItem }: Popped) => {
      const state: unknown = yUndoPluginKey.getState(view.state)
      if (typeof state === 'object' && state !== null && 'prevSel' in state) stackItem.meta.set(binding, state.prevSel)
    }
    const popped = ({ stackItem }: Popped) => {
      const before: unknown = stackItem.meta.get(binding)
      if (before) Object.assign(binding, { beforeTransactionSelection: before })
    }
    manager.on('stack-item-added', added)
    manager.on('stack-item-popped', popped)
    return {
      destroy() {
        manager.off('stack-item-added', added)
        manager.off('stack-item-popped', popped)
      },
    }
  }
  return plugin
}

type Popped = { stackItem: { meta: Map<unknown, unknown> } }
