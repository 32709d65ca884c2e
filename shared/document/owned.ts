import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { align } from './align.ts'
import type { Owned } from './authorship.ts'
import { draftable, formatOf, isElement, setAttribute } from './live-types.ts'
import { unitText } from './units.ts'
import { words } from './words.ts'

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

/**
 * Whose the words of a document are that was made from a draft in another way than by typing, as by a change of the
 * schema: those that stand in both belong to whoever wrote them, in the same order.
 */
export function ownersCarried(
  fragment: Y.XmlFragment,
  ownerOf: (client: number) => string | null | undefined,
  document: Node,
): Owned[] {
  const before = lettersIn(fragment)
  const parts = (text: string) => {
    let at = 0
    return words(text).map(word => ({ word, at: (at += word.length) - word.length }))
  }
  const text = unitText(document)
  const [was, is] = [parts(before.text), parts(text)]
  const owners: (string | null)[] = Array.from({ length: text.length }, () => null)
  const keys = (list: { word: string }[]) => list.map(({ word }) => word)
  for (const [a, b] of align(keys(was), keys(is), at => was[at]?.word.length ?? 1)) {
    const [from, to] = [was[a], is[b]]
    if (!from || !to) continue
    for (let unit = 0; unit < to.word.length; unit++)
      owners[to.at + unit] = ownerOf(before.clients[from.at + unit] ?? 0) ?? null
  }
  return owners.map(person => ({ size: 1, person }))
}

function lettersIn(fragment: Y.XmlFragment): { text: string; clients: number[] } {
  const clients: number[] = []
  let text = ''
  const visit = (parent: { _start: Y.Item | null }) => {
    for (let item = parent._start; item; item = item.right) {
      if (item.deleted) continue
      const { content } = item
      if (content instanceof Y.ContentString) {
        text += content.str
        for (let at = 0; at < item.length; at++) clients.push(item.id.client)
      } else if (content instanceof Y.ContentType && (isElement(content.type) || content.type instanceof Y.XmlText))
        visit(content.type)
    }
  }
  visit(fragment)
  return { text, clients }
}
