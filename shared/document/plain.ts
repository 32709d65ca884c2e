import { Fragment, Mark, type Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { fitting } from './fitting.ts'
import { joined } from './inline.ts'
import { deepestNesting, type Fault, InvalidDraft } from './live.ts'
import { isElement, markName } from './live-types.ts'
import { schema } from './schema.ts'

/** A document as plain JSON, of whatever version of the schema. */
export interface PlainNode {
  type: string
  attrs?: Record<string, unknown>
  content?: PlainNode[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  text?: string
}

/** Which of a draft's items are read; without one, all that are not deleted. */
export interface View {
  /** Whether a letter of a text, or else the item as a whole, is shown. Yjs joins letters to one item as it likes. */
  shows(item: Y.Item, id: Y.ID): boolean
  /** Whether something that is not shown stays, where it holds what is. */
  holds(item: Y.Item): boolean
}

const everything: View = { shows: item => !item.deleted, holds: () => false }

/** What a live draft holds, without asking whether any schema knows it; throws `InvalidDraft` for what is no document. */
export function plainOf(fragment: Y.XmlFragment, view = everything): PlainNode {
  return { type: 'doc', content: childrenOf(fragment, view, { depth: 0, keepsAll: false }) }
}

function childrenOf(parent: Y.XmlFragment, view: View, { depth, keepsAll }: { depth: number; keepsAll: boolean }) {
  if (depth > deepestNesting) throw refused('depth', 'nested too deep')
  const nodes: PlainNode[] = []
  for (let item = parent._start; item; item = item.right) {
    const isShown = view.shows(item, item.id)
    if (!isShown && !view.holds(item)) continue
    const type = item.content instanceof Y.ContentType ? item.content.type : undefined
    if (type instanceof Y.XmlText) for (const text of textIn(type, view)) join(nodes, text)
    else if (!isElement(type)) throw refused('type', 'only elements, and text inside them, make a document')
    else {
      // A table that is kept for the sake of some words keeps its shape.
      const shape = { depth: depth + 1, keepsAll: !isShown && shapes.includes(type.nodeName) }
      const content = childrenOf(type, view, shape)
      if (!isShown && !keepsAll && !content.some(holdsAnything)) continue
      const attrs = attributesOf(type, view)
      nodes.push({
        type: type.nodeName,
        ...(Object.keys(attrs).length > 0 && { attrs }),
        ...(content.length > 0 && { content }),
      })
    }
  }
  return nodes
}

const shapes = ['table', 'row']
const holdsAnything = ({ text, type, content = [] }: PlainNode): boolean =>
  text !== undefined || ![...shapes, 'cell', 'header_cell'].includes(type) || content.some(holdsAnything)

/** The newest value that is shown; what is not leaves the one before. */
function attributesOf(element: Y.XmlElement, view: View): Record<string, unknown> {
  const attrs: [string, unknown][] = []
  for (const [name, newest] of element._map) {
    let item: Y.Item | null = newest
    while (item && !view.shows(item, item.id)) item = item.left
    if (item) attrs.push([name, item.content.getContent()[item.length - 1]])
  }
  // Not set one by one: `__proto__` would change all of them.
  return Object.fromEntries(attrs)
}

function textIn(text: Y.XmlText, view: View): PlainNode[] {
  const nodes: PlainNode[] = []
  const formats = new Map<string, unknown>()
  for (let item = text._start; item; item = item.right) {
    const { content } = item
    if (!(content instanceof Y.ContentString) && !view.shows(item, item.id)) continue
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) formats.delete(content.key)
      else formats.set(content.key, content.value)
    } else if (content instanceof Y.ContentString) {
      const letters = lettersIn(item, content.str, view)
      if (letters === '') continue
      const marks = [...formats].map(([key, value]) => ({ type: markName(key), attrs: isObject(value) ? value : {} }))
      join(nodes, { type: 'text', text: letters, ...(marks.length > 0 && { marks }) })
    } else throw refused('text', 'text holds something else than text')
  }
  return nodes
}

/** Neighbouring texts under the same marks are one, as in every document. */
function join(nodes: PlainNode[], node: PlainNode) {
  const last = nodes.at(-1)
  const isSame = last?.text !== undefined && JSON.stringify(last.marks) === JSON.stringify(node.marks)
  if (isSame) last.text = `${last.text ?? ''}${node.text ?? ''}`
  else nodes.push(node)
}

function lettersIn(item: Y.Item, letters: string, view: View): string {
  if (view === everything) return item.deleted ? '' : letters
  let shown = ''
  for (let at = 0; at < letters.length; at++)
    if (view.shows(item, Y.createID(item.id.client, item.id.clock + at))) shown += letters[at] ?? ''
  return shown
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * The document that this stands for in today's schema. What the schema demands and is missing is added, since two people
 * may have emptied something together; whatever else is wrong throws `InvalidDraft`.
 */
export function fromPlain(plain: PlainNode): Node {
  try {
    const document = nodeFrom(plain)
    document.check()
    return document
  } catch (error) {
    throw error instanceof InvalidDraft ? error : refused('content', error instanceof Error ? error.message : 'wrong')
  }
}

function nodeFrom({ type: name, attrs = {}, content = [], marks = [], text }: PlainNode): Node {
  if (text !== undefined) return schema.text(text, marksFrom(marks))
  const type = schema.nodes[name]
  if (!type) throw refused('node', `there is no node ${name}`)
  const unknown = Object.keys(attrs).find(attribute => !Object.hasOwn(type.spec.attrs ?? {}, attribute))
  if (unknown !== undefined) throw refused('attribute', `${name} has no attribute ${unknown}`)
  const children = content.map(nodeFrom)
  const bare = type.create(attrs)
  const inside = fitting(bare, type.inlineContent ? joined(children) : Fragment.fromArray(children))
  if (!inside) throw refused('content', `${name} cannot hold that`)
  return bare.copy(inside)
}

function marksFrom(marks: NonNullable<PlainNode['marks']>): readonly Mark[] {
  return marks.reduce<readonly Mark[]>((set, { type: name, attrs }) => {
    const type = schema.marks[name]
    if (!type) throw refused('mark', `there is no mark ${name}`)
    return type.create(attrs).addToSet(set)
  }, Mark.none)
}

const refused = (kind: Fault['kind'], message: string) => new InvalidDraft([{ kind, message }])
