/**
 * How a document is written into Yjs: exactly as y-prosemirror 1.3.7 writes it, because every editor reads it that way.
 * A node is an XmlElement, neighbouring text nodes are one XmlText, a null attribute is not written, a mark is a format
 * of the text. Marks on anything but text have no place there; `draftable` drops them, but keeps a picture's link.
 */
import { encodeAny, toBase64 } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { type AttributeSpec, Fragment, type Mark, type Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { schema } from './schema.ts'

/** Yjs promises types, a hostile update puts anything there. */
export const isElement = (member: unknown): member is Y.XmlElement => member instanceof Y.XmlElement

/** The document as a draft can hold it; a draft filled from it reads back equal. */
export function draftable(node: Node): Node {
  if (node.isText) {
    const text = wellFormed(node.text ?? '')
    return text === node.text ? node : schema.text(text, node.marks)
  }
  if (known.has(node)) return node
  const made = madeDraftable(node)
  known.add(made)
  return made
}

/** Most blocks of most documents come again. */
const known = new WeakSet<Node>()

function madeDraftable(node: Node): Node {
  const children = node.children.map(draftable)
  const same = children.every((child, index) => child === node.child(index))
  const content = same ? node.content : Fragment.fromArray(children)
  if (same && node.marks.length === 0) return node
  const link = node.type === schema.nodes.image ? schema.marks.link.isInSet(node.marks) : undefined
  return node.type.create(link ? { ...node.attrs, href: String(link.attrs['href']) } : node.attrs, content)
}

/** A fresh element that holds a node with everything in it. */
export function typeOf(node: Node): Y.XmlElement {
  const element = new Y.XmlElement(node.type.name)
  for (const [name, value] of Object.entries(node.attrs)) setAttribute(element, name, value)
  element.insert(0, typesOf(node.children))
  return element
}

export function typesOf(nodes: readonly Node[]): (Y.XmlElement | Y.XmlText)[] {
  const types: (Y.XmlElement | Y.XmlText)[] = []
  let texts: Node[] = []
  for (const [index, node] of nodes.entries()) {
    if (!node.isText) {
      types.push(typeOf(node))
      continue
    }
    texts.push(node)
    if (nodes[index + 1]?.isText) continue
    const text = new Y.XmlText()
    text.applyDelta(texts.map(part => ({ insert: part.text ?? '', attributes: formatOf(part.marks) })))
    types.push(text)
    texts = []
  }
  return types
}

/** Null is how an attribute that is not there reads, so it is removed rather than written. */
export function setAttribute(element: Y.XmlElement, name: string, value: unknown) {
  if (value === null || value === undefined) element.removeAttribute(name)
  else attributesOf(element).setAttribute(name, value)
}

/** Yjs types attributes as strings, while it and y-prosemirror keep any JSON value. */
const attributesOf = (element: Y.XmlElement): Y.XmlElement<Record<string, NonNullable<unknown>>> => element

export function formatOf(marks: readonly Mark[]): Record<string, unknown> {
  const format: Record<string, unknown> = {}
  for (const mark of marks) format[markKey(mark)] = mark.attrs
  return format
}

/** A mark that may stand twice on the same text is told apart by a hash of what it says. */
export function markKey(mark: Mark): string {
  if (mark.type.excludes(mark.type)) return mark.type.name
  const hash = digest(encodeAny(mark.toJSON()))
  for (let at = hashSize; at < hash.length; at++) hash[at % hashSize] = (hash[at % hashSize] ?? 0) ^ (hash[at] ?? 0)
  return `${mark.type.name}--${toBase64(hash.slice(0, hashSize))}`
}

/** The name of the mark that a format of the text stands for, if there is one. */
export const markName = (key: string): string => /^(.*)--[a-zA-Z0-9+/=]{8}$/.exec(key)?.[1] ?? key

/** The mark that a format of the text stands for; throws if there is none. */
export function markOf(key: string, value: unknown): Mark {
  const name = markName(key)
  const type = schema.marks[name]
  if (!type) throw new RangeError(`there is no mark ${name}`)
  const attrs = typeof value === 'object' && value !== null ? { ...value } : {}
  const specs = type.spec.attrs ?? {}
  const unknown = Object.keys(attrs).find(one => !Object.hasOwn(specs, one))
  if (unknown !== undefined) throw new RangeError(`${name} has no attribute ${unknown}`)
  const mark = type.create(attrs)
  for (const [one, spec] of Object.entries(specs)) checkAttribute(one, spec, mark.attrs[one])
  if (value === null || markKey(mark) !== key) throw new RangeError(`${key} is no key of a mark`)
  return mark
}

/** Throws where an attribute has a value of the wrong kind. */
export function checkAttribute(name: string, { validate }: AttributeSpec, value: unknown) {
  if (typeof validate === 'function') validate(value)
  else if (validate && !validate.split('|').includes(value === null ? 'null' : typeof value))
    throw new RangeError(`wrong ${name}`)
}

const hashSize = 6

/** Half a character cannot be sent; Yjs would turn it into this sign on the way. */
const wellFormed = (text: string) => text.toWellFormed()
