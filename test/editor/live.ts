import type { EditorState, Plugin, Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import * as Y from 'yjs'
import { bindingOf } from '../../client/editor/state/binding.ts'
import { editorState } from '../../client/editor/state/state.ts'
import { minimal } from '../../client/editor/state/minimal.ts'
import { undoManagerOf } from '../../client/editor/state/undo.ts'
import { fragmentOf, seed } from '../../shared/document/live.ts'
import type { Node } from 'prosemirror-model'

const nothing = () => false
const asks = { link: nothing, publish: nothing, help: nothing, moveUp: nothing, moveDown: nothing }

/**
 * An editor without a browser: the real state, plugins and binding, with the few members of a view that the binding
 * asks for. What a browser adds (drawing, focus) has tests of its own.
 */
export function openEditor(update: Uint8Array, options?: Parameters<typeof editorOn>[1]) {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, update)
  return editorOn(ydoc, options)
}

/** The same on a draft that somebody has already. */
export function editorOn(
  ydoc: Y.Doc,
  { more = [], rebuild = minimal }: { more?: Plugin[]; rebuild?: typeof minimal } = {},
) {
  const fragment = fragmentOf(ydoc)
  const undo = undoManagerOf(fragment)
  const view = {
    state: editorState(fragment, undo, asks, more),
    hasFocus: () => false,
    dispatch(transaction: Transaction) {
      const before = view.state
      view.state = before.apply(rebuild(before, transaction))
      for (const update of updates) update.update?.(view, before)
    },
  }
  const updates = view.state.plugins.flatMap(plugin => {
    // Tables draw on a real page; their rules for the document need none.
    const made: unknown = isDrawn(plugin)
      ? undefined
      : plugin.spec.view && Reflect.apply(plugin.spec.view, plugin, [view])
    return isUpdating(made) ? [made] : []
  })
  return {
    ydoc,
    fragment,
    undo,
    view,
    binding: bindingOf(view.state),
    get state() {
      return view.state
    },
    /** Types words at a place in the document. */
    types(words: string, at: number) {
      view.dispatch(view.state.tr.insertText(words, at))
    },
    close() {
      undo.destroy()
      ydoc.destroy()
    },
  }
}
export type Editor = ReturnType<typeof openEditor>

const isDrawn = (plugin: Plugin) => plugin.spec.key === undefined

type Updating = { update?: (view: unknown, before: EditorState) => void }
const isUpdating = (made: unknown): made is Updating => typeof made === 'object' && made !== null && 'update' in made

export const openOn = (document: Node, options?: Parameters<typeof openEditor>[1]) =>
  openEditor(seed(document), options)

/** Carries what each of two editors has to the other. */
export function exchange(one: Editor, other: Editor) {
  const [fromOne, fromOther] = [
    Y.encodeStateAsUpdate(one.ydoc, Y.encodeStateVector(other.ydoc)),
    Y.encodeStateAsUpdate(other.ydoc, Y.encodeStateVector(one.ydoc)),
  ]
  Y.applyUpdate(other.ydoc, fromOne, 'wire')
  Y.applyUpdate(one.ydoc, fromOther, 'wire')
}

/** Two editors of the same draft. */
export function twoOn(document: Node, options?: Parameters<typeof openEditor>[1]): [Editor, Editor] {
  const update = seed(document)
  return [openEditor(update, options), openEditor(update, options)]
}

/** A plugin that keeps decorations where they were put, as comments and carets do. */
export const decorate = (doc: Node, places: readonly number[]) =>
  DecorationSet.create(
    doc,
    places.map(at => Decoration.inline(at, at + 1, {})),
  )
