import type { Node } from 'prosemirror-model'
import type * as Y from 'yjs'
import { arriving, type Change, type Inside } from './changes.ts'
import { diffByBlocks } from './diff.ts'
import { documentOf, draftable, membersOf } from './live.ts'
import { isElement, setAttribute, typeOf } from './live-types.ts'
import { patchInline } from './patch-inline.ts'

/**
 * Makes a live draft hold a document by the smallest edit, in one transaction: afterwards `documentOf(fragment)` equals
 * `draftable(target)`. Words that stay keep their identity, so what others are typing at that moment stays in its place.
 */
export function patch(fragment: Y.XmlFragment, target: Node, origin?: unknown, current = documentOf(fragment)) {
  const wanted = draftable(target)
  const edit = () => {
    if (!membersOf(fragment).some(member => isElement(member))) fragment.insert(0, wanted.children.map(typeOf))
    else patchChildren(fragment, current, diffByBlocks(current, wanted))
  }
  if (fragment.doc) fragment.doc.transact(edit, origin)
  else edit()
}

function patchChildren(parent: Y.XmlFragment, node: Node, changes: readonly Change[]) {
  const members = membersOf(parent)
  // `old` counts the node's children, `place` the members as they were, `index` the members as they are by now.
  let [old, place, index] = [0, 0, 0]
  const next = (): Y.XmlElement | undefined => {
    // Among blocks there may be empty texts, which show as nothing.
    for (; place < members.length; place++, index++) {
      const member = members[place]
      if (isElement(member)) return member
    }
    return undefined
  }
  for (const change of changes) {
    if (change.kind === 'insert' || change.kind === 'move' || change.kind === 'recast') {
      const nodes = arriving(change, node)
      parent.insert(index, nodes.map(typeOf))
      index += nodes.length
      continue
    }
    const count = change.kind === 'change' ? 1 : change.count
    for (let times = 0; times < count; times++, place++, old++) {
      const element = next()
      if (change.kind === 'remove') {
        parent.delete(index, 1)
        continue
      }
      if (element && change.kind === 'change') patchElement(element, node.child(old), change)
      index++
    }
  }
}

function patchElement(element: Y.XmlElement, node: Node, change: Inside) {
  for (const [name, value] of Object.entries(change.attrs)) setAttribute(element, name, value)
  if (change.inline.length > 0) patchInline(element, node, change.inline)
  if (change.content.length > 0) patchChildren(element, node, change.content)
}
