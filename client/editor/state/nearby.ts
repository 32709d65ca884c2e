import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, Selection, TextSelection } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'

/** From so many blocks on, those far from the window are left out of the layout. */
const many = 1_000

/** How many blocks on either side of the caret are always laid out. */
const reach = 3

/**
 * Keeps a key on a very long page from waiting for every block of it: the sheet lays out only what is near the window. A
 * block that is not laid out swallows what is typed into it, so the caret's and those around it always are, from the
 * moment they are made.
 */
export function nearby(): Plugin {
  return new Plugin({
    props: {
      attributes: (state): Record<string, string> => (isLong(state.doc) ? { class: 'is-long' } : {}),
      decorations: state => (isLong(state.doc) ? around(state) : null),
      handleKeyDown(view, event) {
        const to = isLong(view.state.doc) ? jump(view.state, event) : undefined
        if (to) view.dispatch(view.state.tr.setSelection(to).scrollIntoView())
        return to !== undefined
      },
    },
  })
}

const isLong = (document: Node) => document.childCount >= many

function around({ doc, selection: { $anchor, $head } }: EditorState): DecorationSet {
  const near = new Set([$anchor, $head].flatMap(end => indicesAround(end.index(0), doc.childCount)))
  const marks = [...near].map(index => {
    const at = doc.resolve(0).posAtIndex(index)
    return Decoration.node(at, at + doc.child(index).nodeSize, { class: 'is-near' })
  })
  return DecorationSet.create(doc, marks)
}

const indicesAround = (index: number, count: number) =>
  Array.from({ length: 2 * reach + 1 }, (_, at) => index - reach + at).filter(at => at >= 0 && at < count)

/** To an end of the page, where a browser finds no letters yet to put the caret among. */
function jump({ doc, selection: { $anchor } }: EditorState, event: KeyboardEvent): Selection | undefined {
  const isJump = event.ctrlKey && !event.altKey && !event.metaKey && ['Home', 'End'].includes(event.key)
  const isMacJump = event.metaKey && !event.altKey && !event.ctrlKey && ['ArrowUp', 'ArrowDown'].includes(event.key)
  if (!isJump && !isMacJump) return undefined
  const to = event.key === 'Home' || event.key === 'ArrowUp' ? Selection.atStart(doc) : Selection.atEnd(doc)
  return event.shiftKey ? TextSelection.between($anchor, to.$head) : to
}
