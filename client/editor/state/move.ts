import { type Command, TextSelection } from 'prosemirror-state'
import { ySyncPluginKey } from 'y-prosemirror'
import { XmlElement, type XmlFragment } from 'yjs'
import { moveBlock } from '../../../shared/document/moving.ts'
import { blocksIn } from '../commands/blocks.ts'

/** Moves the selected blocks past their neighbour, in the shared draft itself; see `moveBlock` for what stays whole. */
export function move(fragment: XmlFragment, by: -1 | 1): Command {
  return (state, dispatch, view) => {
    const blocks = blocksIn(state)
    const [first] = blocks
    if (!first) return false
    const $first = state.doc.resolve(first.pos)
    const index = $first.index()
    const from = by < 0 ? index - 1 : index + blocks.length
    const neighbour = $first.parent.maybeChild(from)
    // The first line of details is their summary and stays.
    const isSummary = $first.parent.type.name === 'details' && Math.min(from, index) === 0
    if (!neighbour || isSummary) return false
    const parent = parentAt(
      fragment,
      Array.from({ length: $first.depth }, (_, depth) => $first.index(depth)),
    )
    if (!parent) return false
    if (!dispatch) return true
    const { anchor, head } = state.selection
    fragment.doc?.transact(() => {
      const order = blocks.map((_, at) => (by < 0 ? index + at : index + blocks.length - 1 - at))
      for (const at of order) moveBlock(parent, at, by)
    }, ySyncPluginKey)
    const shift = by * neighbour.nodeSize
    if (view) {
      const { doc, tr } = view.state
      dispatch(
        tr.setSelection(TextSelection.between(doc.resolve(anchor + shift), doc.resolve(head + shift))).scrollIntoView(),
      )
    }
    return true
  }
}

/** The shared type that holds the children of the node reached by these indices. */
function parentAt(fragment: XmlFragment, path: readonly number[]): XmlFragment | undefined {
  let parent: XmlFragment = fragment
  for (const index of path) {
    const child = parent.get(index)
    if (!(child instanceof XmlElement)) return undefined
    parent = child
  }
  return parent
}
