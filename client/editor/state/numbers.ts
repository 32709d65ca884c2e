import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { numbering } from '../../../shared/document/structure.ts'

/** Shows each ordered item with the number a reader will see, as a real list that begins there. */
export function numbers(): Plugin<DecorationSet> {
  const plugin: Plugin<DecorationSet> = new Plugin({
    state: {
      init: (_, state) => numbered(state.doc),
      apply: (transaction, shown) => (transaction.docChanged ? numbered(transaction.doc) : shown),
    },
    props: { decorations: state => plugin.getState(state) },
  })
  return plugin
}

function numbered(doc: Node): DecorationSet {
  const found: Decoration[] = []
  const look = (parent: Node, start: number) => {
    const numbers = parent.children.some(child => child.attrs['kind'] === 'ordered') ? numbering(parent) : undefined
    parent.forEach((child, offset, index) => {
      const item = numbers?.get(index)
      const at = start + offset
      if (item) found.push(Decoration.node(at, at + child.nodeSize, { start: String(item.number) }))
      if (!child.inlineContent && child.childCount > 0) look(child, at + 1)
    })
  }
  look(doc, 0)
  return DecorationSet.create(doc, found)
}
