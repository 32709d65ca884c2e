/**
 * The bridge between a live draft and a document. It never changes the draft: y-prosemirror's own converters delete
 * what does not fit the schema, in the name of whoever happened to look.
 */
import { Fragment, type Mark, type Node, type NodeType } from 'prosemirror-model'
import * as Y from 'yjs'
import { isElement, markOf, typesOf, draftable } from './live-types.ts'
import { emptyDocument, schema } from './schema.ts'

export { draftable } from './live-types.ts'

/** The one root name that a draft uses. */
export const rootName = 'page'

/** Something in a draft that y-prosemirror would delete, or that no editor could have written. */
export type Fault = {
  kind: 'root' | 'type' | 'node' | 'attribute' | 'content' | 'mark' | 'text' | 'depth' | 'address'
  message: string
}

/** A draft holds what no document may hold. */
export class InvalidDraft extends Error {
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    // A hostile update can be wrong a million times; one log line is enough.
    const messages = [...new Set(faults.map(fault => fault.message))]
    super(`the draft is no document: ${messages.slice(0, 3).join('; ')}${messages.length > 3 ? '; …' : ''}`)
    this.name = 'InvalidDraft'
    this.faults = faults.slice(0, 20)
  }
}

export const fragmentOf = (ydoc: Y.Doc): Y.XmlFragment => ydoc.getXmlFragment(rootName)

/** The document in a draft, equal to what y-prosemirror shows; throws `InvalidDraft` where that would delete. */
export function documentOf(fragment: Y.XmlFragment): Node {
  const faults: Fault[] = []
  const children = childrenOf(fragment, faults, 0)
  const match = schema.topNodeType.contentMatch.matchFragment(children)
  if (!match) faults.push({ kind: 'content', message: `doc cannot hold ${children.toString().slice(0, 60)}` })
  if (faults.length > 0) throw new InvalidDraft(faults)
  // An editor shows an empty line where everything was deleted from two sides at once.
  return children.childCount === 0 ? emptyDocument() : schema.topNodeType.create(null, children)
}

/** Fills an empty fragment with a document. */
export function fill(fragment: Y.XmlFragment, document: Node) {
  if (fragment.length > 0) throw new Error('only an empty draft is filled; others are patched')
  fragment.insert(0, typesOf(draftable(document).children))
}

/** The first update of a draft that holds this document. */
export function seed(document: Node): Uint8Array {
  const ydoc = new Y.Doc()
  fill(fragmentOf(ydoc), document)
  const update = Y.encodeStateAsUpdate(ydoc)
  ydoc.destroy()
  return update
}

/** No valid document nests deeper; a hostile one could nest until the stack gives in. */
export const deepestNesting = 12

/** The node in an element, or nothing and the reason among the faults. */
export function nodeOf(element: Y.XmlElement, faults: Fault[], depth: number): Node | undefined {
  const type = typeNamed(element.nodeName)
  if (!type) {
    faults.push({ kind: 'node', message: `there is no node ${element.nodeName}` })
    return undefined
  }
  if (depth > deepestNesting) {
    faults.push({ kind: 'depth', message: 'nested too deep' })
    return undefined
  }
  const content = childrenOf(element, faults, depth + 1)
  const attrs = attributesOf(element)
  const unknown = Object.keys(attrs).find(name => !Object.hasOwn(type.spec.attrs ?? {}, name))
  if (unknown !== undefined) faults.push({ kind: 'attribute', message: `${type.name} has no attribute ${unknown}` })
  try {
    if (!type.validContent(content)) {
      faults.push({ kind: 'content', message: `${type.name} cannot hold ${content.toString().slice(0, 60)}` })
      return undefined
    }
    return type.create(attrs, content)
  } catch (error) {
    faults.push({ kind: 'attribute', message: `${type.name}: ${error instanceof Error ? error.message : 'wrong'}` })
    return undefined
  }
}

/**
 * The attributes that are set, whatever their types. Yjs itself would take the one called `__proto__` for the prototype of
 * the others, where it is not seen and yet read.
 */
export const attributesOf = (element: Y.XmlElement): Record<string, unknown> =>
  Object.fromEntries(
    [...element._map].flatMap(([name, item]): [string, unknown][] =>
      item.deleted ? [] : [[name, item.content.getContent()[item.length - 1]]],
    ),
  )

export function childrenOf(parent: Y.XmlFragment, faults: Fault[], depth: number): Fragment {
  const nodes: Node[] = []
  for (const child of membersOf(parent)) {
    if (isElement(child)) {
      const node = nodeOf(child, faults, depth)
      if (node) nodes.push(node)
    } else if (child instanceof Y.XmlText && isElement(parent)) nodes.push(...textsOf(child, faults))
    else faults.push({ kind: 'type', message: 'only elements, and text inside them, make a document' })
  }
  return Fragment.fromArray(nodes)
}

/** What a fragment holds; Yjs promises types, a hostile update puts anything there. */
export const membersOf = (parent: Y.XmlFragment): unknown[] => parent.toArray()

export function textsOf(text: Y.XmlText, faults: Fault[]): Node[] {
  if (Object.keys(text.getAttributes()).length > 0) faults.push({ kind: 'text', message: 'text has no attributes' })
  const nodes: Node[] = []
  for (const part of deltaOf(text)) {
    if (typeof part.insert !== 'string') {
      faults.push({ kind: 'text', message: 'text holds something else than text' })
      continue
    }
    if (part.attributes && Object.getPrototypeOf(part.attributes) !== Object.prototype)
      faults.push({ kind: 'mark', message: 'a mark that hides others' })
    const marks: Mark[] = []
    for (const [key, value] of Object.entries(part.attributes ?? {})) {
      try {
        marks.push(markOf(key, value))
      } catch (error) {
        faults.push({ kind: 'mark', message: error instanceof Error ? error.message : 'wrong mark' })
      }
    }
    if (part.insert !== '') nodes.push(schema.text(part.insert, marks))
  }
  return nodes
}

type Part = { insert: unknown; attributes?: Record<string, unknown> }
export function deltaOf(text: Y.XmlText): Part[] {
  const delta: unknown = text.toDelta()
  return Array.isArray(delta) ? delta.filter(isPart) : []
}
const isPart = (part: unknown): part is Part => typeof part === 'object' && part !== null && 'insert' in part

export function typeNamed(name: string): NodeType | undefined {
  return name === 'text' || name === 'doc' ? undefined : schema.nodes[name]
}
