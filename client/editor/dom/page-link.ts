import { DOMSerializer, type Node } from 'prosemirror-model'
import type { NodeViewConstructor } from 'prosemirror-view'
import { titleOf } from '../pages.ts'
import { textOf } from './placed.ts'

/** A link to a page shows what the page is called now, as it will for readers; until that is known, what it was called. */
export const pageLinkView: NodeViewConstructor = node => {
  const { toDOM } = node.type.spec
  if (!toDOM) throw new Error('the schema is not dressed yet')
  const { dom } = DOMSerializer.renderSpec(document, toDOM(node))
  void showTitle(node, dom)
  return { dom }
}

async function showTitle(node: Node, dom: globalThis.Node) {
  const { page, label } = node.attrs
  if (typeof page !== 'string' || textOf(label) !== '') return
  const title = await titleOf(page)
  if (title !== undefined) dom.textContent = title
}
