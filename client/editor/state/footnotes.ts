import { type EditorState, Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { schema } from '../../../shared/document/schema.ts'

/**
 * Keeps the caret on its side of a footnote's edge. To a browser, and to ProseMirror when it compares carets, just
 * inside and just outside of an inline element are one place, so that words would land on the wrong side; a picture of
 * no size beside the caret tells them apart.
 */
export function footnoteEdges(): Plugin {
  return new Plugin({
    props: {
      decorations(state) {
        if (!isAtEdge(state)) return null
        const at = state.selection.from
        return DecorationSet.create(state.doc, [Decoration.widget(at, edge, { key: 'footnote-edge', side: -1 })])
      },
    },
  })
}

const isNote = (node: { type: unknown } | null) => node?.type === schema.nodes.footnote

function isAtEdge({ selection: { $from, empty } }: EditorState): boolean {
  if (!empty) return false
  return isNote($from.parent) ? $from.parentOffset === 0 : isNote($from.nodeBefore) || isNote($from.nodeAfter)
}

function edge() {
  const picture = document.createElement('img')
  picture.className = 'ProseMirror-separator'
  picture.alt = ''
  return picture
}
