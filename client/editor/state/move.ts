import type { Command } from 'prosemirror-state'
import { ySyncPluginKey } from 'y-prosemirror'
import { XmlElement, type XmlFragment } from 'yjs'
import { blocksIn } from '../commands/blocks.ts'
import { typesOf } from '../../../shared/document/live-types.ts'

/**
 * Moves the selected blocks past their neighbour. It is the neighbour that is written anew on the other side, in the
 * shared draft itself: the blocks that move keep the identity of their text, so what a colleague types in them at that
 * moment goes along, and so does the caret.
 */
export function move(fragment: XmlFragment, by: -1 | 1): Command {
  return (state, dispatch) => {
    const blocks = blocksIn(state)
    const [first, last] = [blocks[0], blocks.at(-1)]
    if (!first || !last) return false
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
    if (!parent || parent.length !== $first.parent.childCount) return false
    if (dispatch) {
      const to = by < 0 ? from + blocks.length : index
      fragment.doc?.transact(() => {
        parent.delete(from, 1)
        parent.insert(to, typesOf([neighbour]))
      }, ySyncPluginKey)
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
