import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import type { Owned } from './authorship.ts'
import { draftable, formatOf, setAttribute } from './live-types.ts'

/**
 * Fills an empty fragment with a document, every passage under the client id of whoever it belongs to, so that a draft
 * which is written anew still knows whose its words are.
 */
export function fillOwned(
  fragment: Y.XmlFragment,
  document: Node,
  owners: readonly Owned[],
  clientFor: (person: string | null) => number,
) {
  const ydoc = fragment.doc
  if (!ydoc || fragment.length > 0) throw new Error('only an empty draft is filled; others are patched')
  const units = unitsOf(owners)
  const by = (person: string | null) => (ydoc.clientID = clientFor(person))

  const write = (parent: Y.XmlFragment, nodes: readonly Node[]) => {
    let text: Y.XmlText | undefined
    for (const node of nodes) {
      if (!node.isText) {
        by(node.isInline ? (units.take(1)[0]?.person ?? null) : units.next())
        text = undefined
        const element = new Y.XmlElement(node.type.name)
        for (const [name, value] of Object.entries(node.attrs)) setAttribute(element, name, value)
        parent.insert(parent.length, [element])
        write(element, node.children)
        continue
      }
      by(units.next())
      if (!text) parent.insert(parent.length, [(text = new Y.XmlText())])
      let at = 0
      for (const { size, person } of units.take(node.nodeSize)) {
        by(person)
        text.insert(text.length, (node.text ?? '').slice(at, at + size), formatOf(node.marks))
        at += size
      }
    }
  }
  ydoc.transact(() => write(fragment, draftable(document).children))
}

/** Hands out owners unit by unit; beyond the last one everything is nobody's. */
function unitsOf(owners: readonly Owned[]) {
  const runs = owners.map(({ size, person }) => ({ size, person }))
  let at = 0
  return {
    next: () => runs[at]?.person ?? null,
    take(size: number): Owned[] {
      const taken: Owned[] = []
      for (let left = size; left > 0;) {
        const run = runs[at] ?? { size: left, person: null }
        const part = Math.min(left, run.size)
        if (part > 0) taken.push({ size: part, person: run.person })
        run.size -= part
        left -= part
        if (run.size === 0) at++
      }
      return taken
    },
  }
}
